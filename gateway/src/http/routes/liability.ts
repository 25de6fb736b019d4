/** What a merchant owes in points, for its books and its auditor. */
import { z } from "zod";
import { showLiability } from "../../queries/liability.ts";
import { liabilityOut } from "../liability-schemas.ts";
import { readingOf } from "../read-schemas.ts";
import { route } from "../route.ts";

export const liabilityRoutes = [
  route({
    method: "get",
    path: "/v1/merchants/:id/liability",
    operationId: "getLiability",
    summary:
      "What the merchant owes in points: by when it expires, its worth, its cover, and the breakage to be expected",
    tag: "Loyalty",
    roles: ["merchant", "operator", "auditor", "regulator"],
    owned: "merchant",
    params: z.strictObject({ id: z.coerce.number<string>().int().min(1).max(2_147_483_647) }),
    output: liabilityOut,
    run: ({ params }, rooms) => showLiability(readingOf(rooms), params.id),
  }),
];
