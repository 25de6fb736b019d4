/**
 * Expired points are given back: an act of its own with who, when and why, never more than what expired of that account
 * and epoch, and on the chain an issue under `reinstate:<ref>` whose new life is short unless asked otherwise.
 */
import type { Calendar } from "../../kernel/calendar.ts";
import { epochAt } from "../../kernel/calendar.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Address, Points } from "../../kernel/ids.ts";
import { epochOfLives } from "../../loyalty/expiry.ts";
import { readCommand } from "../../outbox/read.ts";
import { insertLoyaltyEvent } from "../../store/loyalty-events.ts";
import { readTokenOfMerchant } from "../../store/read-issuers.ts";
import type { NewReinstatement, ReinstatementRow } from "../../store/reinstatements.ts";
import {
  insertReinstatement,
  lockLeft,
  lockSettled,
  readReinstatement,
  settleReinstatement,
} from "../../store/reinstatements.ts";
import type { Accepted } from "../accept.ts";
import { accept } from "../accept.ts";
import type { Asked } from "../asked.ts";
import { chainNow } from "../chain-time.ts";
import { showCustomer } from "../create-customer.ts";
import { tillFor } from "../find-signer.ts";
import type { Rooms } from "../rooms.ts";

export interface ReinstateRequest {
  readonly merchantId: number;
  readonly reinstatementRef: string;
  readonly account?: Address | undefined;
  readonly customerId?: string | undefined;
  /** That the points expired from. */
  readonly epoch: number;
  readonly points: Points;
  readonly reason: string;
  /** Borders of the merchant's calendar that they live through. */
  readonly lives: number;
}

/** This epoch and the next: at least one whole one. */
export const LIVES_DEFAULT = 2;

export async function reinstate(rooms: Rooms, asked: Asked, request: ReinstateRequest): Promise<Accepted> {
  const account = await accountOf(rooms, asked, request);
  const known = await repetition(rooms, { ...request, account });
  if (known !== undefined) return known;
  try {
    return await accept(rooms, asked, () => plan(rooms, asked, { ...request, account }));
  } catch (error) {
    // A twin of this request may have been quicker.
    const twin = error instanceof LedgerError ? await repetition(rooms, { ...request, account }) : undefined;
    if (twin === undefined) throw error;
    return twin;
  }
}

async function accountOf(rooms: Rooms, { caller }: Asked, request: ReinstateRequest): Promise<Address> {
  const { account, customerId } = request;
  if (account !== undefined && customerId === undefined) return account;
  if (customerId !== undefined && account === undefined) return (await showCustomer(rooms, caller, customerId)).address;
  throw new LedgerError("request_invalid", { field: "customerId", problem: "give either customerId or account" });
}

type Resolved = ReinstateRequest & { readonly account: Address };

async function plan(rooms: Rooms, { caller }: Asked, request: Resolved) {
  const { merchantId, account, epoch, points, reinstatementRef: ref, reason, lives } = request;
  const terms = await readTokenOfMerchant(rooms.db, merchantId);
  if (terms === undefined) throw new LedgerError("not_found", { what: `token of merchant ${merchantId}` });
  const token = terms.address;
  const rule = { calendar: terms.calendar as Calendar, utcOffsetSeconds: terms.utc_offset_seconds };
  await tillFor(rooms, merchantId, token);
  const intoEpoch = epochOfLives(epochAt(rule, await chainNow(rooms)), lives);
  const row: NewReinstatement = {
    merchant_id: merchantId,
    ref,
    token,
    account,
    epoch,
    points: String(points),
    into_epoch: intoEpoch,
    lives,
    reason,
    asked_by: caller.organisation,
    key_id: caller.keyId,
  };
  const item = { to: account, points, orderRef: `reinstate:${ref}` };
  return {
    kind: "reinstate",
    merchantId,
    issue: { token, epoch: intoEpoch, items: [item] },
    beside: async (tx: Parameters<typeof lockLeft>[0], commandId: string) => {
      const left = await lockLeft(tx, { token, account, epoch });
      if (points > left)
        throw new LedgerError("reinstatement_exceeds", { account, epoch, points: String(points), left: String(left) });
      if (!(await insertReinstatement(tx, { ...row, command_id: commandId, now: rooms.clock.now() })))
        throw new LedgerError("reinstatement_exists", { reinstatementRef: ref });
    },
  };
}

/** The same name and content is the same act; another content is refused. */
async function repetition({ db }: Rooms, request: Resolved): Promise<Accepted | undefined> {
  const row = await readReinstatement(db, request.merchantId, request.reinstatementRef);
  if (row === undefined) return undefined;
  if (!isSame(row, request))
    throw new LedgerError("reinstatement_exists", { reinstatementRef: request.reinstatementRef });
  const command = await readCommand(db, row.command_id);
  return command === undefined ? undefined : { command, isReplay: true };
}

function isSame(row: ReinstatementRow, { account, epoch, points, reason, lives }: Resolved): boolean {
  const isSameAmount = row.epoch === epoch && row.points === String(points) && row.lives === lives;
  return isSameAmount && row.account === account && row.reason === reason;
}

const SETTLED_AT_ONCE = 100;

/** Says what came of those that were asked for; a failed one frees what it would have taken. True when there is more. */
export async function settleReinstatements({ db, clock }: Rooms): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const settled = await lockSettled(tx, SETTLED_AT_ONCE);
    for (const row of settled) {
      await settleReinstatement(tx, row.seq, row.outcome);
      if (row.outcome === "failed") continue;
      await insertLoyaltyEvent(tx, {
        merchantId: row.merchant_id,
        name: "points.reinstated",
        key: `reinstatement:${row.merchant_id}:${row.ref}`,
        data: {
          reinstatementRef: row.ref,
          account: row.account,
          token: row.token,
          points: row.points,
          epoch: row.epoch,
          intoEpoch: row.into_epoch,
          reason: row.reason,
        },
        now: clock.now(),
      });
    }
    return settled.length === SETTLED_AT_ONCE;
  });
}
