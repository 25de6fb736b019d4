/** Accounts: what they hold, what expires, what it is worth. */
import { z } from "zod";
import { ACCOUNT_KINDS, listAccounts } from "../../queries/account-list.ts";
import { showAccount } from "../../queries/accounts.ts";
import { listSwaps } from "../../queries/swaps.ts";
import { listTransfersOf } from "../../queries/transfers.ts";
import { listedAccountOut } from "../figure-schemas.ts";
import { accountParams, amountOut, lotOut, page, readingOf, swapOut, transferOut } from "../read-schemas.ts";
import { route } from "../route.ts";
import { addressIn, addressOut, blockOut, pageOut, pageQuery, timestampOut } from "../schemas.ts";

const tag = "Accounts";
const roles = "public";

const heldOut = z
  .strictObject({
    token: addressOut,
    name: z.string(),
    symbol: z.string(),
    merchantId: z.int(),
    balance: amountOut,
    lots: z.array(lotOut),
    nextExpiry: z.strictObject({ points: amountOut, expiresAt: timestampOut.nullable() }).nullable(),
    debt: amountOut,
    isFrozen: z.boolean(),
    value: amountOut.nullable().meta({ description: "At the accept price in force; null when the pool is not open." }),
  })
  .meta({ id: "Holding" });

const accountOut = z
  .strictObject({
    address: addressOut,
    firstSeenAt: timestampOut.nullable(),
    parts: z.array(z.strictObject({ part: z.string(), id: z.int(), name: z.string() })),
    alp: amountOut,
    isAlpHolder: z.boolean(),
    totalValue: amountOut,
    holdings: z.array(heldOut),
    block: blockOut,
  })
  .meta({ id: "Account" });

export const accountsReadRoutes = [
  route({
    method: "get",
    path: "/v1/accounts",
    operationId: "listAccounts",
    summary: "Accounts, the last active first",
    description:
      "With a token those that ever held it, by their last movement of it. A customer is whoever has no part in the alliance.",
    tag,
    roles,
    query: z.strictObject({ ...pageQuery, kind: z.enum(ACCOUNT_KINDS).optional(), token: addressIn.optional() }),
    output: pageOut(listedAccountOut),
    run: ({ query }, rooms) =>
      listAccounts(readingOf(rooms), { ...query, contracts: rooms.deployment.contracts }, query),
  }),
  route({
    method: "get",
    path: "/v1/accounts/:address",
    operationId: "getAccount",
    summary: "Balances of an account with their lots and next expiry",
    tag,
    roles,
    params: accountParams,
    output: accountOut,
    run: ({ params }, rooms) => showAccount(readingOf(rooms), params.address),
  }),
  route({
    method: "get",
    path: "/v1/accounts/:address/transfers",
    operationId: "listAccountTransfers",
    summary: "What the account sent and received, newest first",
    tag,
    roles,
    params: accountParams,
    query: page,
    output: pageOut(transferOut),
    run: ({ params, query }, rooms) => listTransfersOf(readingOf(rooms), params.address, query),
  }),
  route({
    method: "get",
    path: "/v1/accounts/:address/swaps",
    operationId: "listAccountSwaps",
    summary: "Swaps of the account, newest first",
    tag,
    roles,
    params: accountParams,
    query: page,
    output: pageOut(swapOut),
    run: ({ params, query }, rooms) => listSwaps(readingOf(rooms), { account: params.address }, query),
  }),
];
