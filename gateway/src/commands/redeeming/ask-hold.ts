/** A hold is asked of the chain together with the rows that say what it is for, once a business number. */
import { LedgerError } from "../../kernel/errors.ts";
import type { Hex32 } from "../../kernel/ids.ts";
import type { Tx } from "../../store/database.ts";
import type { HoldName } from "../../store/point-holds.ts";
import { insertHold } from "../../store/point-holds.ts";
import { findReplay } from "../../store/replays.ts";
import type { Accepted } from "../accept.ts";
import { accept } from "../accept.ts";
import type { Asked } from "../asked.ts";
import { relayerFor } from "../find-signer.ts";
import type { Rooms } from "../rooms.ts";
import { presentHold } from "./follow-hold.ts";
import type { WantedHold } from "./plan-hold.ts";
import { planHold } from "./plan-hold.ts";
import { replayOf } from "./replay-of.ts";

export interface HoldAsk {
  readonly name: HoldName;
  readonly contentHash: Hex32;
  /** Checks what was asked for; runs only when it is new. */
  readonly make: () => Promise<{
    readonly hold: WantedHold;
    /** Writes what the hold is for; what it throws undoes everything. */
    readonly beside: (tx: Tx, holdId: string) => Promise<void>;
  }>;
}

export async function askHold(rooms: Rooms, asked: Asked, ask: HoldAsk): Promise<Accepted> {
  const { organisation } = asked.caller;
  // The key first: a key that served another request is named as such, whatever the number says.
  const isKeyKnown = (await findReplay(rooms.db, { ...asked, organisation })) !== undefined;
  const known = isKeyKnown ? undefined : await twinOf(rooms, asked, ask);
  if (known !== undefined) return known;
  try {
    return await accept(rooms, asked, async () => {
      const { hold, beside } = await ask.make();
      const { call, releaseAt } = await planHold(rooms, hold);
      const { token, merchantId } = hold.merchant;
      const signer = await relayerFor(rooms, hold.account);
      return {
        kind: ask.name.kind === "goods" ? "goods.hold" : "checkout.hold",
        merchantId,
        calls: [call],
        signer,
        trial: { ...call, from: signer },
        beside: async (tx, holdCommand) => {
          const { account, points, chainRef } = hold;
          const { contentHash } = ask;
          const about = { organisation, token, account, chainRef, points, releaseAt, holdCommand, contentHash };
          const holdId = await insertHold(tx, { ...ask.name, ...about, now: rooms.clock.now() });
          if (holdId === undefined) throw existing(ask.name);
          await beside(tx, holdId);
        },
      };
    });
  } catch (error) {
    // A twin under another key may have been quicker: then the chain or the store refuses what has already happened.
    const twin = error instanceof LedgerError ? await twinOf(rooms, asked, ask) : undefined;
    if (twin === undefined) throw error;
    return twin;
  }
}

function existing({ kind, businessRef }: HoldName): LedgerError {
  if (kind === "deduction") return new LedgerError("order_exists", { orderRef: businessRef });
  return new LedgerError("redemption_exists", { ref: businessRef });
}

/** The command of the same request under another key; undefined for a new number, or one whose hold has failed. */
async function twinOf(rooms: Rooms, asked: Asked, ask: HoldAsk): Promise<Accepted | undefined> {
  const hold = await presentHold(rooms, ask.name);
  if (hold === undefined || hold.state === "failed") return undefined;
  if (hold.contentHash !== ask.contentHash) throw existing(ask.name);
  return replayOf(rooms, hold.holdCommand, asked.waitMs);
}
