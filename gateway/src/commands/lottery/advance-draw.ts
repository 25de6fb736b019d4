/**
 * What carries a draw on once its sales are over: close, reveal, settle, pay. None of it needs anybody's power on the
 * chain, so a relayer sends it; the routine does it by itself, and these commands do it at once.
 */
import { callOf, lottery } from "../../chain/contracts.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Hex32 } from "../../kernel/ids.ts";
import { readDraw } from "../../store/read-draws.ts";
import type { DrawRow } from "../../store/tables-draws.ts";
import type { Accepted } from "../accept.ts";
import { accept } from "../accept.ts";
import type { Asked } from "../asked.ts";
import { findMember } from "../council/read-council.ts";
import { relayerFor } from "../find-signer.ts";
import type { Rooms } from "../rooms.ts";
import { openSecret } from "./secrets.ts";

export type DrawStep =
  | { readonly step: "close" | "keepEntropy" | "voidDraw" }
  | { readonly step: "reveal"; readonly secret: Hex32 }
  | { readonly step: "settle"; readonly purchaseIds: readonly number[] }
  | { readonly step: "claim"; readonly index: number }
  | { readonly step: "sweep"; readonly indexes: readonly number[] };

function encode(drawId: number, step: DrawStep): string {
  switch (step.step) {
    case "close":
    case "keepEntropy":
    case "voidDraw":
      return lottery.encodeFunctionData(step.step as "close", [drawId]);
    case "reveal":
      return lottery.encodeFunctionData("reveal", [drawId, step.secret]);
    case "settle":
      return lottery.encodeFunctionData("settle", [drawId, [...step.purchaseIds]]);
    case "claim":
      return lottery.encodeFunctionData("claim", [drawId, step.index]);
    case "sweep":
      return lottery.encodeFunctionData("sweep", [drawId, [...step.indexes]]);
  }
}

/** Throws `not_found` for a draw that has not been read from the chain. */
export async function findDraw({ db }: Pick<Rooms, "db">, drawId: number): Promise<DrawRow> {
  const draw = await readDraw(db, drawId);
  if (draw === undefined) throw new LedgerError("not_found", { what: `draw ${drawId}` });
  return draw;
}

export function advanceDraw(rooms: Rooms, asked: Asked, drawId: number, step: DrawStep): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { merchant_id: merchantId, token } = await findDraw(rooms, drawId);
    const call = callOf(rooms.deployment.contracts.lottery, encode(drawId, step));
    const signer = await relayerFor(rooms, token);
    const kind = `lottery.${step.step}`;
    return { kind, merchantId, calls: [call], signer, trial: { ...call, from: signer } };
  });
}

/** Reveals the secret of the caller's own part: of the merchant whose draw it is, or of the member that witnessed it. */
export function revealSecret(rooms: Rooms, asked: Asked, drawId: number): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const draw = await findDraw(rooms, drawId);
    const secret = await openSecret(rooms, await ownCommitment(rooms, asked, draw));
    if (secret === undefined) throw new LedgerError("draw_secret_missing", { drawId });
    const call = callOf(rooms.deployment.contracts.lottery, encode(drawId, { step: "reveal", secret }));
    const signer = await relayerFor(rooms, draw.token);
    const merchantId = draw.merchant_id;
    return { kind: "lottery.reveal", merchantId, calls: [call], signer, trial: { ...call, from: signer } };
  });
}

async function ownCommitment(rooms: Rooms, { caller }: Asked, draw: DrawRow): Promise<Hex32> {
  if (caller.role === "merchant" && caller.merchantId === draw.merchant_id) return draw.commitment;
  if (caller.role === "member" && caller.memberId !== undefined && draw.witness_commitment !== null) {
    const { representative } = await findMember(rooms, caller.memberId);
    if (representative === draw.witness) return draw.witness_commitment;
  }
  throw new LedgerError("forbidden", { needed: `a key of the merchant of draw ${draw.draw_id}, or of its witness` });
}
