/** Dormant account waking: nothing moved for a long time, then much leaves within a short one, at once or in pieces. */
import type { Finding } from "../kernel/alerts.ts";
import type { Address } from "../kernel/ids.ts";
import { blockOf } from "../kernel/position.ts";
import type { Place, TokenFacts } from "./rows.ts";
import type { Thresholds } from "./thresholds.ts";
import { DAY_SECONDS, pointsOfYuan } from "./thresholds.ts";

/** A movement from or to an account. */
export interface AccountMovement extends Place {
  readonly token: Address;
  readonly amount: bigint;
  readonly isOut: boolean;
}

export interface AccountHistory {
  readonly account: Address;
  /** In order: the last one before the window, all within it, all of the range. */
  readonly movements: readonly AccountMovement[];
}

export interface Accounts {
  readonly histories: readonly AccountHistory[];
  readonly tokens: ReadonlyMap<Address, TokenFacts>;
  /** Movements before this position were looked at before. */
  readonly fromPosition: string;
}

export function findWaking(
  { histories, tokens, fromPosition }: Accounts,
  limits: Thresholds["dormantWaking"],
): Finding[] {
  const findings = new Map<string, Finding>();
  for (const history of histories)
    history.movements.forEach((movement, index) => {
      if (!movement.isOut || BigInt(movement.position) < BigInt(fromPosition)) return;
      const token = tokens.get(movement.token);
      const finding = token === undefined ? undefined : lookAt(history, { index, token }, limits);
      if (finding !== undefined && !findings.has(finding.key)) findings.set(finding.key, finding);
    });
  return [...findings.values()];
}

function lookAt(
  { account, movements }: AccountHistory,
  { index, token }: { index: number; token: TokenFacts },
  limits: Thresholds["dormantWaking"],
): Finding | undefined {
  const last = movements[index];
  if (last === undefined) return undefined;
  const wokeAt = movements.findIndex(({ time }) => time > last.time - limits.windowSeconds);
  const woke = movements[wokeAt];
  const before = movements[wokeAt - 1];
  if (woke === undefined || before === undefined) return undefined;
  const idleDays = Math.floor((woke.time - before.time) / DAY_SECONDS);
  if (idleDays < limits.idleDays) return undefined;
  const moved = movements
    .slice(wokeAt, index + 1)
    .filter((one) => one.isOut && one.token === token.address)
    .reduce((sum, { amount }) => sum + amount, 0n);
  const floor = pointsOfYuan(limits.floorYuan, token.pointsPerYuan);
  if (moved <= floor) return undefined;
  return {
    key: `dormant_waking/${account}/${token.address}/${woke.transactionHash}`,
    rule: "dormant_waking",
    merchantId: token.merchantId,
    token: token.address,
    account,
    facts: {
      symbol: token.symbol,
      account,
      idleDays,
      moved: String(moved),
      windowSeconds: limits.windowSeconds,
      idleDaysMin: limits.idleDays,
      floor: String(floor),
    },
    blockNumber: blockOf(last.position),
    time: last.time,
    transactionHash: last.transactionHash,
  };
}
