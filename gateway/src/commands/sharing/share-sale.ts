/** A till shares a sale with the program, or refunds a part of one. */
import { callOf, sharingProgram } from "../../chain/contracts.ts";
import { hashOf } from "../../chain/text-ref.ts";
import type { Fen, Hex32 } from "../../kernel/ids.ts";
import type { Accepted } from "../accept.ts";
import { accept } from "../accept.ts";
import type { Asked } from "../asked.ts";
import { tillFor } from "../find-signer.ts";
import type { Whose } from "../loyalty/whose.ts";
import { accountOf } from "../loyalty/whose.ts";
import type { Rooms } from "../rooms.ts";

/** Refs are the whole program's: the merchant's number keeps two merchants' orders apart. */
export function saleRefOf(merchantId: number, saleRef: string): Hex32 {
  return hashOf(`sharing:${merchantId}:${saleRef}`);
}

export interface SaleRequest extends Whose {
  readonly merchantId: number;
  readonly saleRef: string;
  readonly amountFen: Fen;
}

export function shareSale(rooms: Rooms, asked: Asked, request: SaleRequest): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { merchantId, saleRef, amountFen } = request;
    const consumer = await accountOf(rooms, asked.caller, request);
    const args = [merchantId, consumer, amountFen, saleRefOf(merchantId, saleRef)] as const;
    const call = callOf(
      rooms.deployment.contracts.sharingProgram,
      sharingProgram.encodeFunctionData("share", [...args]),
    );
    const signer = await tillFor(rooms, merchantId, consumer);
    return { kind: "sharing.sale", merchantId, calls: [call], signer, trial: { ...call, from: signer } };
  });
}

export interface SaleRefundRequest {
  readonly merchantId: number;
  readonly saleRef: string;
  readonly amountFen: Fen;
}

export function refundSale(rooms: Rooms, asked: Asked, request: SaleRefundRequest): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { merchantId, saleRef, amountFen } = request;
    const ref = saleRefOf(merchantId, saleRef);
    const data = sharingProgram.encodeFunctionData("refund", [ref, amountFen]);
    const call = callOf(rooms.deployment.contracts.sharingProgram, data);
    const signer = await tillFor(rooms, merchantId, rooms.deployment.contracts.sharingProgram);
    return { kind: "sharing.refund", merchantId, calls: [call], signer, trial: { ...call, from: signer } };
  });
}

export interface CollectRequest extends Whose {
  readonly merchantId: number;
}

/** What a consumer owed the merchant for refunds and has earned since goes to the deposit; anybody may carry it there. */
export function collectDebt(rooms: Rooms, asked: Asked, request: CollectRequest): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { merchantId } = request;
    const account = await accountOf(rooms, asked.caller, request);
    const data = sharingProgram.encodeFunctionData("collect", [merchantId, account]);
    const call = callOf(rooms.deployment.contracts.sharingProgram, data);
    const signer = await tillFor(rooms, merchantId, account);
    return { kind: "sharing.collect", merchantId, calls: [call], signer, trial: { ...call, from: signer } };
  });
}
