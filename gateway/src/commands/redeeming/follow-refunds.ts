/** Points that are to go back of captured holds are sent back, once each, as soon as the chain lets them. */
import { callOf, merchantPoint } from "../../chain/contracts.ts";
import { refOf } from "../../chain/text-ref.ts";
import { LedgerError } from "../../kernel/errors.ts";
import { readCommandRow } from "../../store/commands.ts";
import { withDatabase } from "../../store/failures.ts";
import { insertLoyaltyEvent } from "../../store/loyalty-events.ts";
import type { PointHold } from "../../store/point-holds.ts";
import { readHold } from "../../store/point-holds.ts";
import type { PointRefund } from "../../store/point-refunds.ts";
import { claimRefunds, moveRefund } from "../../store/point-refunds.ts";
import type { Tx } from "../../store/database.ts";
import type { Problem } from "../../store/tables-redeeming.ts";
import { accept } from "../accept.ts";
import type { Plan } from "../accept.ts";
import { tillFor } from "../find-signer.ts";
import { tellGoodsRefunded } from "../goods/tell-goods.ts";
import type { Rooms } from "../rooms.ts";
import type { AskedFor } from "./follow-holds.ts";
import { LEASE_MS } from "./follow-holds.ts";

const PORTION = 50;
const LOOK_MS = 400;
/** What the hold itself is still waited for. */
const WAIT_MS = 1_000;
/** A paused token or a merchant that winds down will not have changed its mind within seconds. */
const BACK_OFF_MS = 10_000;

export async function followRefunds(rooms: Rooms, askedFor: AskedFor): Promise<boolean> {
  const claim = { now: rooms.clock.now(), leaseMs: LEASE_MS, limit: PORTION };
  const refunds = await withDatabase(() => claimRefunds(rooms.db, claim));
  for (const refund of refunds) {
    const hold = await withDatabase(() => readHold(rooms.db, refund.holdId));
    if (hold === undefined) continue;
    if (refund.state === "sent") await followSent(rooms, hold, refund);
    else await send(rooms, hold, refund, askedFor);
  }
  return refunds.length === PORTION;
}

/** The call that gives them back; `beside` of the plan writes whose command it is. */
export async function planRefund(rooms: Rooms, hold: PointHold, points: bigint): Promise<Plan> {
  const { token, account, merchantId, chainRef } = hold;
  const call = callOf(token, merchantPoint.encodeFunctionData("refund", [account, refOf(chainRef), points]));
  const signer = await tillFor(rooms, merchantId, account);
  const kind = `${hold.kind === "goods" ? "goods" : "checkout"}.refund`;
  return { kind, merchantId, calls: [call], signer, trial: { ...call, from: signer } };
}

async function send(rooms: Rooms, hold: PointHold, refund: PointRefund, askedFor: AskedFor): Promise<void> {
  const now = rooms.clock.now();
  const { id, attempts } = refund;
  if (hold.state === "released" || hold.state === "failed") {
    await moveRefund(rooms.db, { id, from: "due", to: "void", lookAt: now });
    return;
  }
  if (hold.state !== "captured") {
    await moveRefund(rooms.db, { id, from: "due", to: "due", lookAt: now + WAIT_MS });
    return;
  }
  try {
    await accept(rooms, askedFor(hold.merchantId, `refund:${id}:${attempts}`), async () => ({
      ...(await planRefund(rooms, hold, refund.points)),
      beside: async (tx, command) => {
        const isOurs = await moveRefund(tx, { id, from: "due", to: "sent", command, lookAt: now });
        if (!isOurs) throw new LedgerError("return_exists", { ref: hold.businessRef, returnRef: refund.refundRef });
      },
    }));
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const problem = { code: error.code, facts: error.facts };
    await moveRefund(rooms.db, { id, from: "due", to: "due", problem, lookAt: now + BACK_OFF_MS });
  }
}

async function followSent(rooms: Rooms, hold: PointHold, refund: PointRefund): Promise<void> {
  const now = rooms.clock.now();
  const { id, command: commandId } = refund;
  const command = commandId === null ? undefined : await withDatabase(() => readCommandRow(rooms.db, commandId));
  if (command?.state === "confirmed")
    return withDatabase(() =>
      rooms.db.transaction().execute(async (tx) => {
        if (await moveRefund(tx, { id, from: "sent", to: "done", lookAt: now }))
          await tellRefund(tx, hold, refund, now);
      }),
    );
  if (command?.state !== "failed") {
    await moveRefund(rooms.db, { id, from: "sent", to: "sent", lookAt: now + LOOK_MS });
    return;
  }
  const problem: Problem = { code: command.error_code ?? "internal", facts: command.error_facts ?? {} };
  await moveRefund(rooms.db, { id, from: "sent", to: "due", problem, lookAt: now + BACK_OFF_MS });
}

/** In the transaction that makes it done. */
export async function tellRefund(tx: Tx, hold: PointHold, refund: PointRefund, now: number): Promise<void> {
  if (hold.kind === "goods") return tellGoodsRefunded(tx, hold.id, now);
  await insertLoyaltyEvent(tx, {
    merchantId: hold.merchantId,
    name: "deduction.refunded",
    key: `hold:${hold.id}:refunded:${refund.refundRef}`,
    data: {
      orderRef: hold.businessRef,
      returnRef: refund.refundRef,
      account: hold.account,
      points: refund.points.toString(),
      amountFen: refund.amountFen?.toString() ?? "0",
      cashFen: refund.cashFen?.toString() ?? "0",
    },
    now,
  });
}
