/** What the regulator did, and how merchants leave: public, like every use of power. */
import { z } from "zod";
import { showExit } from "../../queries/exits.ts";
import { listFrozenAccounts, listMeasures, listOrders, listPauses } from "../../queries/supervision.ts";
import { exitFields, frozenOut, measureOut, orderOut, pauseOut } from "../governance-schemas.ts";
import { page, readingOf } from "../read-schemas.ts";
import { route } from "../route.ts";
import { blockOut, pageOut, pageQuery } from "../schemas.ts";

const tag = "Supervision";
const roles = "public";
const ID_MAX = 2_147_483_647;

export const supervisionReadRoutes = [
  route({
    method: "get",
    path: "/v1/supervision/frozen-accounts",
    operationId: "listFrozenAccounts",
    summary: "Accounts that are frozen in all tokens, the last first",
    tag,
    roles,
    query: page,
    output: pageOut(frozenOut),
    run: ({ query }, rooms) => listFrozenAccounts(readingOf(rooms), query),
  }),
  route({
    method: "get",
    path: "/v1/supervision/pauses",
    operationId: "listPauses",
    summary: "Pauses of tokens as they were made, ratified and lifted, and whether each is in force",
    tag,
    roles,
    query: page,
    output: pageOut(pauseOut),
    run: ({ query }, rooms) => listPauses(readingOf(rooms), query),
  }),
  route({
    method: "get",
    path: "/v1/supervision/measures",
    operationId: "listMeasures",
    summary: "Measures against merchants: the supervision ladder, newest first",
    tag,
    roles,
    query: z.strictObject({ ...pageQuery, merchant: z.coerce.number<string>().int().min(1).max(ID_MAX).optional() }),
    output: pageOut(measureOut),
    run: ({ query }, rooms) => listMeasures(readingOf(rooms), query.merchant, query),
  }),
  route({
    method: "get",
    path: "/v1/supervision/orders",
    operationId: "listTransferOrders",
    summary: "Forced transfers: ordered, withdrawn, carried out or expired",
    tag,
    roles,
    query: page,
    output: pageOut(orderOut),
    run: ({ query }, rooms) => listOrders(readingOf(rooms), query),
  }),
  route({
    method: "get",
    path: "/v1/merchants/:id/exit",
    operationId: "getMerchantExit",
    summary: "How far a merchant is on its way out, what holders get, and who was paid",
    tag,
    roles,
    params: z.strictObject({ id: z.coerce.number<string>().int().min(1).max(ID_MAX) }),
    query: page,
    output: z.strictObject({ ...exitFields, block: blockOut }).meta({ id: "MerchantExit" }),
    run: ({ params, query }, rooms) => showExit(readingOf(rooms), params.id, query),
  }),
];
