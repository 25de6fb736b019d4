/** Issue burst: far more issued within a window than this merchant's own mean, and enough to matter. */
import type { Finding } from "../kernel/alerts.ts";
import { dayAt } from "../kernel/calendar.ts";
import type { Calendar } from "../kernel/calendar.ts";
import type { Address, Hex32 } from "../kernel/ids.ts";
import { blockOf } from "../kernel/position.ts";
import type { TokenFacts } from "./rows.ts";
import type { Thresholds } from "./thresholds.ts";
import { DAY_SECONDS, pointsOfYuan } from "./thresholds.ts";

/** A window is looked at in so many steps: a burst is found at most a sixtieth of the window late. */
export const SLOTS_PER_WINDOW = 60;

/** What a token issued to accounts in one sixtieth of the window, up to the block that is looked at. */
export interface IssueSlot {
  readonly token: Address;
  /** ⌊unix seconds / slot seconds⌋ */
  readonly slot: number;
  readonly points: bigint;
  readonly lastPosition: string;
  readonly lastHash: Hex32;
  readonly lastTime: number;
}

export interface IssueHistory {
  /** All slots of the window before and of the range itself. */
  readonly slots: readonly IssueSlot[];
  readonly days: readonly { readonly token: Address; readonly day: number; readonly issued: bigint }[];
  readonly tokens: ReadonlyMap<Address, TokenFacts>;
  /** Slots that end before this position were looked at before. */
  readonly fromPosition: string;
}

export function slotSecondsOf({ windowSeconds }: Thresholds["issueBurst"]): number {
  return windowSeconds / SLOTS_PER_WINDOW;
}

export function findIssueBursts(history: IssueHistory, limits: Thresholds["issueBurst"]): Finding[] {
  const bySlot = Map.groupBy(history.slots, ({ token }) => token);
  const findings = new Map<string, Finding>();
  for (const [address, slots] of bySlot) {
    const token = history.tokens.get(address);
    if (token === undefined) continue;
    const days = new Map(history.days.filter((day) => day.token === address).map(({ day, issued }) => [day, issued]));
    for (const last of slots) {
      if (BigInt(last.lastPosition) < BigInt(history.fromPosition)) continue;
      const finding = lookAt({ token, slots, days, last }, limits);
      // The first slot that passes the threshold tells; later ones of the same window are the same burst.
      if (finding !== undefined && !findings.has(finding.key)) findings.set(finding.key, finding);
    }
  }
  return [...findings.values()];
}

interface Look {
  readonly token: TokenFacts;
  readonly slots: readonly IssueSlot[];
  readonly days: ReadonlyMap<number, bigint>;
  readonly last: IssueSlot;
}

function lookAt({ token, slots, days, last }: Look, limits: Thresholds["issueBurst"]): Finding | undefined {
  const issued = slots
    .filter(({ slot }) => slot > last.slot - SLOTS_PER_WINDOW && slot <= last.slot)
    .reduce((sum, { points }) => sum + points, 0n);
  const floor = pointsOfYuan(limits.floorYuan, token.pointsPerYuan);
  const rule = { calendar: token.calendar as Calendar, utcOffsetSeconds: token.utcOffsetSeconds };
  const today = dayAt(rule, last.lastTime - limits.windowSeconds);
  const first = Math.max(today - limits.trailingDays, dayAt(rule, token.createdAt));
  let before = 0n;
  for (let day = first; day < today; day += 1) before += days.get(day) ?? 0n;
  // Of a merchant's first day there is no mean: the floor alone decides.
  const daysCounted = Math.max(0, today - first);
  const mean =
    daysCounted === 0 ? 0n : (before * BigInt(limits.windowSeconds)) / (BigInt(daysCounted) * BigInt(DAY_SECONDS));
  if (issued < floor || issued <= mean * BigInt(limits.factor)) return undefined;
  return {
    key: `issue_burst/${token.address}/${Math.floor(last.lastTime / limits.windowSeconds)}`,
    rule: "issue_burst",
    merchantId: token.merchantId,
    token: token.address,
    facts: {
      symbol: token.symbol,
      issued: String(issued),
      mean: String(mean),
      windowSeconds: limits.windowSeconds,
      trailingDays: daysCounted,
      factor: limits.factor,
      floor: String(floor),
    },
    blockNumber: blockOf(last.lastPosition),
    time: last.lastTime,
    transactionHash: last.lastHash,
  };
}
