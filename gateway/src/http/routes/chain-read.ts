/** Blocks, transactions in business words, search, and where the read side stands. */
import { z } from "zod";
import { nameOrder } from "../../commands/name-order.ts";
import { showRawTransaction } from "../../commands/show-raw-transaction.ts";
import { ACTIONS } from "../../kernel/action-names.ts";
import type { Hex32 } from "../../kernel/ids.ts";
import { listLabels } from "../../queries/labels.ts";
import { showOverview } from "../../queries/overview.ts";
import { search } from "../../queries/search.ts";
import { showStatus } from "../../queries/status.ts";
import { listBlocks, listTransactions, showBlock, showTransaction } from "../../queries/transactions.ts";
import { rawTransactionOut } from "../figure-schemas.ts";
import { amountOut, blockInfoOut, page, readingOf, supplyOut, transactionOut } from "../read-schemas.ts";
import { route } from "../route.ts";
import { addressOut, blockOut, hex32In, pageOut, pageQuery, textIn } from "../schemas.ts";

const tag = "Chain";
const roles = "public";

const overviewOut = z
  .strictObject({
    totals: z.strictObject({
      merchants: z.int(),
      activeMerchants: z.int(),
      members: z.int(),
      accounts: z.int(),
      transactions: z.int(),
      transfers: z.int(),
      swaps: z.int(),
    }),
    points: z.array(
      z.strictObject({
        token: addressOut,
        name: z.string(),
        symbol: z.string(),
        merchantId: z.int(),
        holderCount: z.int(),
        supply: supplyOut,
        outstanding: amountOut,
      }),
    ),
    block: blockOut,
  })
  .meta({ id: "Overview" });

const statusOut = z
  .strictObject({
    chainId: z.int(),
    genesisHash: z.string(),
    contracts: z.record(z.string(), addressOut),
    head: z.int().nullable().meta({ description: "The node's head; null while no node answers." }),
    blocksBehind: z.int().nullable(),
    block: blockOut,
  })
  .meta({ id: "Status" });

const hitOut = z
  .strictObject({
    kind: z.enum([
      "account",
      "point",
      "merchant",
      "block",
      "transaction",
      "issue",
      "redemption",
      "member",
      "proposal",
      "order",
      "checkout",
      "goodsRedemption",
      "command",
    ]),
    id: z.string().meta({
      description:
        "What its page is found by: the address, the block number, the id, the transaction's hash (also of an issue or redemption).",
      example: "17",
    }),
    label: z.string(),
    path: z.string(),
  })
  .meta({ id: "SearchHit" });

const labelOut = z
  .strictObject({
    address: addressOut,
    kind: z.enum(["contract", "merchant", "pointToken", "till", "representative", "node"]),
    name: z.string().meta({ example: "乡村基" }),
  })
  .meta({ id: "Label", description: "What an address is known as." });

const blockBy = z
  .string()
  .regex(/^([0-9]{1,9}|0x[0-9a-fA-F]{64})$/, "must be a block number or hash")
  .transform((text) => (text.startsWith("0x") ? (text.toLowerCase() as Hex32) : Number(text)));

export const chainReadRoutes = [
  route({
    method: "get",
    path: "/v1/labels",
    operationId: "getLabels",
    summary: "The name of every address that has one: contracts, merchants, tokens, tills, members, nodes",
    tag,
    roles,
    output: z.strictObject({ labels: z.array(labelOut), block: blockOut }).meta({ id: "Labels" }),
    run: (_input, rooms) => listLabels(readingOf(rooms), rooms.deployment.contracts),
  }),
  route({
    method: "get",
    path: "/v1/overview",
    operationId: "getOverview",
    summary: "The alliance at one glance",
    tag,
    roles,
    output: overviewOut,
    run: (_input, rooms) => showOverview(readingOf(rooms)),
  }),
  route({
    method: "get",
    path: "/v1/blocks",
    operationId: "listBlocks",
    summary: "Blocks, newest first",
    tag,
    roles,
    query: page,
    output: pageOut(blockInfoOut),
    run: ({ query }, rooms) => listBlocks(readingOf(rooms), query),
  }),
  route({
    method: "get",
    path: "/v1/blocks/:numberOrHash",
    operationId: "getBlock",
    summary: "One block with its first 200 transactions",
    tag,
    roles,
    params: z.strictObject({ numberOrHash: blockBy }),
    output: z
      .strictObject({ shown: blockInfoOut, transactions: z.array(transactionOut), block: blockOut })
      .meta({ id: "BlockDetail" }),
    run: ({ params }, rooms) => showBlock(readingOf(rooms), params.numberOrHash),
  }),
  route({
    method: "get",
    path: "/v1/transactions",
    operationId: "listTransactions",
    summary: "Transactions in business words, newest first",
    tag,
    roles,
    query: z.strictObject({ ...pageQuery, action: z.enum([...ACTIONS, "other", "reverted"]).optional() }),
    output: pageOut(transactionOut),
    run: ({ query }, rooms) => listTransactions(readingOf(rooms), query.action, query),
  }),
  route({
    method: "get",
    path: "/v1/transactions/:hash",
    operationId: "getTransaction",
    summary: "One transaction in business words",
    tag,
    roles,
    params: z.strictObject({ hash: hex32In }),
    output: z.strictObject({ transaction: transactionOut, block: blockOut }).meta({ id: "TransactionDetail" }),
    run: ({ params }, rooms) => showTransaction(readingOf(rooms), params.hash),
  }),
  route({
    method: "get",
    path: "/v1/transactions/:hash/raw",
    operationId: "getRawTransaction",
    summary: "One transaction as the chain has it: call and logs, raw and decoded",
    tag,
    roles,
    params: z.strictObject({ hash: hex32In }),
    output: rawTransactionOut,
    run: ({ params }, rooms) => showRawTransaction(rooms, params.hash),
  }),
  route({
    method: "get",
    path: "/v1/search",
    operationId: "search",
    summary: "Find by address, hash, block number, merchant, member, token symbol, proposal or order number",
    description:
      "With the key of a merchant or till also its own orders, checkouts, redemptions and issues by their names.",
    tag,
    roles,
    query: z.strictObject({ q: textIn(128) }),
    output: z.strictObject({ items: z.array(hitOut), block: blockOut }).meta({ id: "SearchResult" }),
    run: ({ query, caller }, rooms) =>
      search(readingOf(rooms), { text: query.q, hashed: nameOrder(query.q), merchantId: caller?.merchantId }),
  }),
  route({
    method: "get",
    path: "/v1/status",
    operationId: "getStatus",
    summary: "The chain, its contracts, and how far the read side has come",
    tag,
    roles,
    output: statusOut,
    run: async (_input, rooms) => {
      const { chainId, genesisHash, contracts } = rooms.deployment;
      const head = await rooms.chain.headNumber().catch(() => null);
      return showStatus(readingOf(rooms), { chainId, genesisHash, contracts, head });
    },
  }),
];
