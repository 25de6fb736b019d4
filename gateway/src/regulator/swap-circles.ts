/**
 * Circular swaps and rings: points that come back to the account and token they began with, by swaps alone (one
 * account) or by swaps and transfers (several). Movements are edges between (account, token) places; a circle is a way
 * back in time from where an edge starts to where it ends.
 */
import type { Finding } from "../kernel/alerts.ts";
import type { Address } from "../kernel/ids.ts";
import { blockOf } from "../kernel/position.ts";
import type { Place } from "./rows.ts";
import type { Thresholds } from "./thresholds.ts";

interface At {
  readonly account: Address;
  readonly token: Address;
}

/** A swap (another token, same account, worth `hub` ALP wei) or a transfer (another account, same token). */
export interface Edge extends Place {
  readonly from: At;
  readonly to: At;
  readonly hub?: bigint;
}

export interface EdgeHistory {
  /** In order: two windows before the range, and the range itself. */
  readonly edges: readonly Edge[];
  readonly symbols: ReadonlyMap<Address, string>;
  readonly fromPosition: string;
}

/** Steps of one search: an account that swaps a thousand times a day must not hold the desk up. */
const STEPS_MAX = 1_000;
const HOPS_MAX = 8;
const ALP = 10n ** 18n;

interface Circle {
  readonly edges: readonly Edge[];
  readonly closing: Edge;
  readonly accounts: readonly Address[];
  /** The same circle walked again has the same name. */
  readonly name: string;
}

const nodeOf = ({ account, token }: At): string => `${account}/${token}`;

export function findSwapCircles(history: EdgeHistory, limits: Thresholds["swapCircles"]): Finding[] {
  const hubMin = BigInt(limits.minAlp) * ALP;
  const edges = history.edges.filter(({ hub }) => hub === undefined || hub >= hubMin);
  const into = new Map<string, Edge[]>();
  const circles = new Map<string, Circle[]>();
  const findings = new Map<string, Finding>();
  for (const edge of edges) {
    const circle = searchBack(edge, into, limits);
    const known = into.get(nodeOf(edge.to));
    if (known === undefined) into.set(nodeOf(edge.to), [edge]);
    else known.push(edge);
    if (circle === undefined) continue;
    // A circle walked on and on closes at each of its places in turn: a return is one to the same place.
    const place = `${circle.name}/${nodeOf(edge.to)}`;
    const same = circles.get(place) ?? [];
    circles.set(place, [...same, circle]);
    if (BigInt(edge.position) < BigInt(history.fromPosition)) continue;
    const times = 1 + same.filter(({ closing }) => closing.time > edge.time - limits.windowSeconds).length;
    const finding = tell({ circle, times, hubMin }, history.symbols, limits);
    if (finding !== undefined && !findings.has(finding.key)) findings.set(finding.key, finding);
  }
  return [...findings.values()];
}

/** The latest way from the edge's end to its start, of edges before it and within the window. */
function searchBack(
  closing: Edge,
  into: ReadonlyMap<string, Edge[]>,
  limits: Thresholds["swapCircles"],
): Circle | undefined {
  const goal = nodeOf(closing.to);
  const earliest = closing.time - limits.windowSeconds;
  let steps = 0;
  const walk = (at: string, before: bigint, path: readonly Edge[]): readonly Edge[] | undefined => {
    if (path.length > HOPS_MAX) return undefined;
    for (const edge of (into.get(at) ?? []).toReversed()) {
      steps += 1;
      if (edge.time <= earliest || steps > STEPS_MAX) return undefined;
      if (BigInt(edge.position) >= before) continue;
      const from = nodeOf(edge.from);
      const longer = [edge, ...path];
      if (from === goal) return longer;
      if (path.some((one) => nodeOf(one.to) === from)) continue;
      const found = walk(from, BigInt(edge.position), longer);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const edges = walk(nodeOf(closing.from), BigInt(closing.position), [closing]);
  if (edges === undefined || edges.filter(({ hub }) => hub !== undefined).length < 2) return undefined;
  const accounts = [...new Set(edges.map(({ from }) => from.account))].sort();
  if (accounts.length > limits.accountsMax) return undefined;
  const tokens = [...new Set(edges.map(({ from }) => from.token))].sort();
  return { edges, closing, accounts, name: `${accounts.join("+")}/${tokens.join("+")}` };
}

function tell(
  { circle, times, hubMin }: { circle: Circle; times: number; hubMin: bigint },
  symbols: ReadonlyMap<Address, string>,
  limits: Thresholds["swapCircles"],
): Finding | undefined {
  const { edges, closing, accounts, name } = circle;
  const isAlone = accounts.length === 1;
  const timesMin = isAlone ? limits.timesAlone : limits.timesInRing;
  if (times < timesMin) return undefined;
  const hubs = edges.flatMap(({ hub }) => (hub === undefined ? [] : [hub]));
  const rule = isAlone ? "circular_swaps" : "swap_ring";
  const path = [...edges.map(({ from }) => from), closing.to].map(({ token }) => symbols.get(token) ?? token);
  return {
    key: `${rule}/${name}/${Math.floor(closing.time / limits.windowSeconds)}`,
    rule,
    token: closing.to.token,
    account: closing.to.account,
    facts: {
      account: closing.to.account,
      accounts: accounts.join(", "),
      accountCount: accounts.length,
      path: path.join(" → "),
      times,
      timesMin,
      windowSeconds: limits.windowSeconds,
      hub: String(hubs.reduce((least, hub) => (hub < least ? hub : least))),
      hubMin: String(hubMin),
    },
    blockNumber: blockOf(closing.position),
    time: closing.time,
    transactionHash: closing.transactionHash,
  };
}
