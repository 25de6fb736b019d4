/** What a merchant decides about its points: draft, preview, publish; and what it published, for everybody. */
import { z } from "zod";
import type { Draft } from "../../../commands/loyalty/draft-rules.ts";
import { draftRules, findDraft } from "../../../commands/loyalty/draft-rules.ts";
import { previewRules } from "../../../commands/loyalty/preview-rules.ts";
import { publishRules } from "../../../commands/loyalty/publish-rules.ts";
import { jsonOf } from "../../../loyalty/canonical.ts";
import { presetsFor } from "../../../loyalty/presets.ts";
import { ruleBookIn } from "../../../loyalty/schema.ts";
import { listRules, showRules } from "../../../queries/rules.ts";
import { answerCommand, commandOut } from "../../command-answer.ts";
import { askedOf } from "../../present.ts";
import type { Route } from "../../route.ts";
import { route } from "../../route.ts";
import {
  draftOut,
  outlookIn,
  presentFigures,
  presentOutlook,
  presetOut,
  presetQuery,
  previewOut,
  rulesListOut,
  rulesOut,
} from "../../rules-schemas.ts";
import { hex32In } from "../../schemas.ts";
import { merchantIdIn, merchantPath } from "../../write-schemas.ts";

const tag = "Rules";
const own = { tag, roles: ["merchant"], owned: "merchant", params: merchantPath } as const;

function presentDraft(merchantId: number, draft: Draft): z.input<typeof draftOut> {
  const { document, rulesHash, updatedAt } = draft;
  return { merchantId, rulesHash, document: JSON.parse(document) as never, updatedAt };
}

const writes = [
  route({
    ...own,
    method: "put",
    path: "/v1/merchants/:id/rules/draft",
    operationId: "draftRules",
    summary: "Write down the rules you want next",
    description: "Defaults are filled in. Nothing is in force by it: preview it, then publish it by its hash.",
    bodySize: "large",
    body: ruleBookIn,
    output: draftOut,
    run: async (input, rooms) => {
      const merchantId = input.params.id;
      return presentDraft(merchantId, await draftRules(rooms, askedOf(input), { merchantId, book: input.body }));
    },
  }),
  route({
    ...own,
    method: "post",
    path: "/v1/merchants/:id/rules/preview",
    operationId: "previewRules",
    summary: "What rules would cost, and what stands against them",
    description:
      "Looks at the draft, or at the document given. Figures come from what you say, else from your own orders, else from stated assumptions. Nothing is stored.",
    readOnly: true,
    bodySize: "large",
    body: z.strictObject({ document: ruleBookIn.optional(), outlook: outlookIn.optional() }),
    output: previewOut,
    run: async ({ params, body }, rooms) => {
      const wanted = { merchantId: params.id, book: body.document, given: body.outlook ?? {} };
      const { asked, inForce } = await previewRules(rooms, wanted);
      return {
        isPublishable: asked.findings.every(({ severity }) => severity !== "error"),
        findings: [...asked.findings],
        figures: presentFigures(asked),
        inForce: inForce === undefined ? null : { version: inForce.version, figures: presentFigures(inForce) },
        outlook: presentOutlook(asked),
        sources: asked.sources,
        orders: asked.orders,
      };
    },
  }),
  route({
    ...own,
    method: "post",
    path: "/v1/merchants/:id/rules/publish",
    operationId: "publishRules",
    summary: "Publish the draft: its hash is anchored on the chain, and it is in force once that is confirmed",
    description: "Refused while an error stands against it (see the preview). A published version is never edited.",
    body: z.strictObject({
      rulesHash: hex32In.meta({ description: "Of the draft that you checked.", example: `0x${"5a".repeat(32)}` }),
    }),
    output: commandOut,
    status: 202,
    run: async (input, rooms) => {
      const { rulesHash } = input.body;
      const accepted = await publishRules(rooms, askedOf(input), { merchantId: input.params.id, rulesHash });
      return answerCommand(input, rooms, accepted);
    },
  }),
];

const reads = [
  route({
    ...own,
    method: "get",
    path: "/v1/merchants/:id/rules/draft",
    operationId: "getRulesDraft",
    summary: "Your draft",
    output: draftOut,
    run: async ({ params }, rooms) => presentDraft(params.id, await findDraft(rooms, params.id)),
  }),
  route({
    method: "get",
    path: "/v1/merchants/:id/rules",
    operationId: "listRules",
    summary: "The rules in force at a merchant, and all versions there were",
    tag,
    roles: "public",
    params: merchantPath,
    output: rulesListOut,
    run: ({ params }, { db }) => listRules(db, params.id),
  }),
  route({
    method: "get",
    path: "/v1/merchants/:id/rules/:version",
    operationId: "getRules",
    summary: "A published version of a merchant's rules",
    description: "keccak256 of the document's canonical JSON is the hash that RuleBooks keeps on the chain.",
    tag,
    roles: "public",
    params: z.strictObject({
      id: merchantIdIn,
      version: z
        .string()
        .regex(/^[1-9][0-9]{0,8}$/, "must be a version's number")
        .transform(Number)
        .meta({ example: "1" }),
    }),
    output: rulesOut,
    run: ({ params }, { db }) => showRules(db, params.id, params.version),
  }),
  route({
    method: "get",
    path: "/v1/rules/presets",
    operationId: "listRulesPresets",
    summary: "Whole rule books for a new, a growing and a mature shop, filled from three answers",
    tag,
    roles: "public",
    query: presetQuery,
    output: z.strictObject({ items: z.array(presetOut) }),
    run: ({ query }) => {
      const presets = presetsFor({ ...query, pointsPerYuan: Number(query.pointsPerYuan) });
      const items = presets.map(({ book, ...words }) => ({ ...words, document: jsonOf(book) as never }));
      return Promise.resolve({ items });
    },
  }),
];

/** The draft stands before the version: both look like `rules/…`. */
export const rulesRoutes: readonly Route[] = [...writes, ...reads];
