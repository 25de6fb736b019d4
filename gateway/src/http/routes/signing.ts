/** What a customer's own wallet must sign (EIP-712), so that wallets need not know the contracts. Nothing is stored. */
import { z } from "zod";
import {
  prepareComposite,
  prepareHold,
  prepareOrder,
  prepareRedeem,
  prepareTransfer,
  prepareTurnIn,
} from "../../commands/prepare-signing.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import { addressIn, addressOut, pointsIn } from "../schemas.ts";
import { kindIn, refIn } from "../write-schemas.ts";

const typed = {
  domain: z.strictObject({ name: z.string(), version: z.string(), chainId: z.int(), verifyingContract: addressOut }),
  types: z.record(z.string(), z.array(z.strictObject({ name: z.string(), type: z.string() }))),
  primaryType: z.string(),
  message: z.record(z.string(), z.union([z.string(), z.int(), z.boolean()])),
};

export const typedDataOut = z
  .strictObject({
    ...typed,
    request: z
      .record(z.string(), z.union([z.string(), z.int(), z.boolean()]))
      .meta({ description: "The fields to send along with account and signature, as signed." }),
  })
  .meta({ id: "TypedData", description: "For eth_signTypedData_v4." });

const hex = z.string().regex(/^0x([0-9a-f]{2})*$/);
const compositeOut = z
  .strictObject({
    ...typed,
    domain: z.strictObject({ name: z.string(), version: z.string(), chainId: z.int() }),
    parts: z
      .array(z.strictObject({ digest: hex, prefix: hex, suffix: hex }))
      .meta({ description: "In the order asked. A part's signature is prefix ‖ your signature ‖ suffix." }),
  })
  .meta({ id: "CompositeTypedData", description: "For eth_signTypedData_v4: one signature for all parts." });

const partIn = z.strictObject({
  ...typed,
  domain: z.strictObject({
    name: z.string().max(200),
    version: z.string().max(20),
    chainId: z.int(),
    verifyingContract: addressIn,
  }),
});

const validFor = z.int().min(60).max(86_400).default(3_600).meta({ description: "Seconds the signature is good for." });
const base = { method: "post", tag: "Signing", roles: "public", readOnly: true, output: typedDataOut } as const;
const redemption = { token: addressIn, account: addressIn, points: pointsIn, kind: kindIn, ref: refIn, validFor };

export const signingRoutes: readonly Route[] = [
  route({
    ...base,
    path: "/v1/signing/redeem",
    operationId: "prepareRedeem",
    summary: "What to sign to redeem points",
    body: z.strictObject(redemption),
    run: (input, rooms) => prepareRedeem(rooms, input.body),
  }),
  route({
    ...base,
    path: "/v1/signing/hold",
    operationId: "prepareHold",
    summary: "What to sign to put points on hold",
    body: z.strictObject({ ...redemption, seconds: z.int().min(1).max(2_592_000).default(3_600) }),
    run: (input, rooms) => prepareHold(rooms, input.body),
  }),
  route({
    ...base,
    path: "/v1/signing/transfer",
    operationId: "prepareTransfer",
    summary: "What to sign to send points",
    body: z.strictObject({ token: addressIn, account: addressIn, to: addressIn, points: pointsIn, validFor }),
    run: (input, rooms) => prepareTransfer(rooms, input.body),
  }),
  route({
    ...base,
    path: "/v1/signing/turn-in",
    operationId: "prepareTurnIn",
    summary: "What to sign to turn in points of a merchant that winds down",
    body: z.strictObject({
      merchantId: z.int().min(1),
      account: addressIn,
      points: pointsIn,
      ref: refIn,
      validFor,
    }),
    run: (input, rooms) => prepareTurnIn(rooms, input.body),
  }),
  route({
    ...base,
    path: "/v1/signing/swap",
    operationId: "prepareSwap",
    summary: "What to sign to swap points",
    body: z.strictObject({
      account: addressIn,
      tokenIn: addressIn,
      tokenOut: addressIn,
      amountIn: pointsIn,
      amountOut: pointsIn,
      exactOut: z.boolean().default(false),
      validFor,
    }),
    run: (input, rooms) => prepareOrder(rooms, input.body),
  }),
  route({
    ...base,
    path: "/v1/signing/composite",
    operationId: "prepareComposite",
    summary: "What to sign once for several consents, such as a swap and a hold of what it gives",
    description:
      "Takes typed data from the other addresses here (without `request`) and gives one message whose signature stands for " +
      "all of them. Each part serves alone and once, as if it had been signed by itself.",
    body: z.strictObject({ parts: z.array(partIn).min(2).max(8) }),
    output: compositeOut,
    run: (input, rooms) => Promise.resolve(prepareComposite(rooms, input.body)),
  }),
];
