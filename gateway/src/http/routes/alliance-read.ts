/** Merchants. */
import { z } from "zod";
import { listMerchants, showMerchant } from "../../queries/merchants.ts";
import { amountOut, coverageOut, merchantFields, page, readingOf } from "../read-schemas.ts";
import { route } from "../route.ts";
import { addressOut, blockOut, pageOut, timestampOut, orNull } from "../schemas.ts";

const tag = "Alliance";
const roles = "public";

const tillOut = z.strictObject({ address: addressOut, dailyLimit: amountOut, issued: amountOut, day: z.string() });

export const allianceReadRoutes = [
  route({
    method: "get",
    path: "/v1/merchants",
    operationId: "listMerchants",
    summary: "Merchants in the order they applied",
    tag,
    roles,
    query: page,
    output: pageOut(z.strictObject(merchantFields).meta({ id: "Merchant" })),
    run: ({ query }, rooms) => listMerchants(readingOf(rooms), query),
  }),
  route({
    method: "get",
    path: "/v1/merchants/:id",
    operationId: "getMerchant",
    summary: "One merchant with its coverage and tills",
    tag,
    roles,
    params: z.strictObject({ id: z.coerce.number<string>().int().min(1).max(2_147_483_647) }),
    output: z
      .strictObject({
        ...merchantFields,
        coverage: orNull(coverageOut),
        limitCutPercent: z.int().meta({ description: "Percent of what the deposit allows, cut by the regulator." }),
        seized: amountOut,
        withdrawalAvailableAt: timestampOut.nullable(),
        tills: z.array(tillOut),
        block: blockOut,
      })
      .meta({ id: "MerchantDetail" }),
    run: ({ params }, rooms) => showMerchant(readingOf(rooms), params.id),
  }),
];
