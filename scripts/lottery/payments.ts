/** Whether prizes and tickets went where they had to: escrow in, prizes out, holds captured or let go. */
import type { Address } from "../../gateway/src/kernel/ids.ts";
import type { Draw, Verifier } from "./draw.ts";
import { ownerOf, prizesOf, readDraw, tierOf } from "./draw.ts";
import type { HoldEnd, LotteryRecord, Of } from "./record.ts";
import { holdKey, isBefore } from "./record.ts";

/** Of `IMerchantPoint.RedemptionKind`. */
const WIND_DOWN_KIND = 3;

export function verifyPayments(verifier: Verifier, draw: Draw): void {
  verifyEscrow(verifier, draw);
  verifyReceivers(verifier, draw);
  verifyMoves(verifier, draw);
  verifySettled(verifier, draw);
}

/** The prizes of a transaction's announcements came in with it, each size in its own epoch. */
function verifyEscrow({ record, deployment, checks }: Verifier, { drawId, announced }: Draw): void {
  const { lottery } = deployment.contracts;
  const hash = announced.transactionHash;
  const expected = new Map<string, bigint>();
  for (const event of said(record, hash))
    if (event.type === "lottery.DrawAnnounced")
      for (const { token, epoch, points, count } of event.tiers)
        add(expected, keyOf(token, epoch, lottery), points * count);
  const found = new Map<string, bigint>();
  for (const { address, epoch, to, value } of record.moves.get(hash) ?? [])
    if (to === lottery) add(found, keyOf(address, epoch, to), value);
  checks.same("escrow", `draw ${drawId}`, { expected: listed(expected), found: listed(found) });
}

/** Each prize once: to its number's owner; to the merchant when it has none, when nobody came for it, or without a draw. */
function verifyReceivers({ record, checks }: Verifier, draw: Draw): void {
  const { drawId, terms, drawn, voided, paid } = draw;
  const seen = new Set<bigint>();
  for (const one of paid) {
    const where = `prize ${one.index} of draw ${drawId}`;
    checks.same("paid once", where, { expected: false, found: seen.has(one.index) });
    seen.add(one.index);
    checks.same("prize", where, { expected: true, found: one.index < BigInt(prizesOf(draw)) });
    const number = drawn?.numbers[Number(one.index)];
    const owner = number === undefined ? undefined : ownerOf(draw, number);
    if (one.isWinner) {
      checks.same("winner", where, { expected: owner, found: one.to });
      continue;
    }
    checks.same("merchant's part", where, { expected: record.controllerAt(terms.token, one), found: one.to });
    const isLate = record.timeOf(one) >= terms.claimEnd;
    const isRight = voided !== undefined || (drawn !== undefined && (owner === undefined || isLate));
    checks.same("back to the merchant by right", where, { expected: true, found: isRight });
  }
}

/** What the escrow sent in a transaction is what prizes were said to be paid in it, of whatever draw. */
function verifyMoves({ record, deployment, checks }: Verifier, { drawId, paid }: Draw): void {
  for (const hash of new Set(paid.map(({ transactionHash }) => transactionHash))) {
    const expected = new Map<string, bigint>();
    for (const event of said(record, hash))
      if (event.type === "lottery.PrizePaid") {
        const { token, epoch, points } = tierOf(readDraw(record, event.drawId), event.index);
        add(expected, keyOf(token, epoch, event.to), points);
      }
    const found = new Map<string, bigint>();
    for (const { address, epoch, from, to, value } of record.moves.get(hash) ?? [])
      if (from === deployment.contracts.lottery) add(found, keyOf(address, epoch, to), value);
    checks.same("points paid out", `draw ${drawId} in ${hash}`, { expected: listed(expected), found: listed(found) });
  }
}

/** A purchase is settled once; it was captured only when there was a draw, or turned in for collateral. */
function verifySettled({ record, checks }: Verifier, draw: Draw): void {
  const { drawId, terms, tickets, settled, drawn, voided } = draw;
  const seen = new Set<bigint>();
  for (const one of settled) {
    const where = `purchase ${one.purchaseId} of draw ${drawId}`;
    checks.same("settled once", where, { expected: false, found: seen.has(one.purchaseId) });
    seen.add(one.purchaseId);
    const ticket = tickets[Number(one.purchaseId)];
    const ends = (ticket && record.ends.get(holdKey(terms.token, ticket.buyer, ticket.ref))) ?? [];
    const before = ends.filter((end) => isBefore(end, one));
    checks.same("hold ended", where, { expected: true, found: before.length > 0 });
    checks.same("captured", where, { expected: one.isCaptured, found: wasTaken(before, voided) });
    const isOver = (drawn ?? voided) !== undefined;
    checks.same("settled after the end", where, { expected: true, found: isOver });
  }
}

/** Captured and not given back; of a void draw only what its holder turned in for collateral stays taken. */
function wasTaken(ends: readonly HoldEnd[], voided: Of<"DrawVoided"> | undefined): boolean {
  return ends.some((end) => end.type === "point.Redeemed" && (voided === undefined || end.kind === WIND_DOWN_KIND));
}

/** Everything that the lottery said in a transaction, of whatever draw. */
function said(record: LotteryRecord, hash: string) {
  return [...record.draws.values()].flat().filter(({ transactionHash }) => transactionHash === hash);
}

const keyOf = (token: Address, epoch: bigint, to: Address): string => `of ${token} from epoch ${epoch} to ${to}`;

function add(sums: Map<string, bigint>, key: string, points: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + points);
}

function listed(sums: ReadonlyMap<string, bigint>): string {
  return [...sums]
    .map(([key, points]) => `${points} ${key}`)
    .sort()
    .join(", ");
}
