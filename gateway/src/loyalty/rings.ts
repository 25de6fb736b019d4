/** Circles among a few accounts: what goes out from one comes back to it by way of others. */
import type { Address } from "../kernel/ids.ts";

export interface Edge {
  readonly from: Address;
  readonly to: Address;
}

/** Longer circles are a market, not a ring. */
export const RING_MAX = 6;

/** The shortest circle through `start` of 2 to RING_MAX accounts, `start` first; undefined when there is none. */
export function findRing(edges: readonly Edge[], start: Address): readonly Address[] | undefined {
  const next = Map.groupBy(
    edges.filter(({ from, to }) => from !== to),
    ({ from }) => from,
  );
  let paths: readonly (readonly Address[])[] = [[start]];
  const seen = new Set<Address>([start]);
  for (let length = 1; length <= RING_MAX; length += 1) {
    const longer: (readonly Address[])[] = [];
    for (const path of paths)
      for (const { to } of next.get(path.at(-1) ?? start) ?? []) {
        if (to === start) return path;
        if (seen.has(to)) continue;
        seen.add(to);
        longer.push([...path, to]);
      }
    paths = longer;
  }
  return undefined;
}
