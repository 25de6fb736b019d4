/** Report bundles of a period: asked for by the regulator, read by auditors too, verified by anybody with a node. */
import { z } from "zod";
import { requestReport } from "../../commands/request-report.ts";
import { listReports, showReport, showReportFile } from "../../queries/reports.ts";
import { REPORT_STATES } from "../../kernel/desk-states.ts";
import { askedOf } from "../present.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import { hex32Out, timeIn, timestampOut } from "../schemas.ts";

const tag = "Desk";
const readers = ["regulator", "auditor"] as const;

const edgeIn = z
  .union([z.strictObject({ block: z.int().min(0).max(2_147_483_647) }), z.strictObject({ time: timeIn })])
  .meta({ description: "A block, or a moment. A moment at the end is not part of the period any more." });

const sha256Out = z.string().regex(/^[0-9a-f]{64}$/);
const fileOut = { name: z.string(), bytes: z.int(), sha256: sha256Out };

const reportOut = z
  .strictObject({
    id: z.uuid(),
    state: z.enum(REPORT_STATES),
    fromBlock: z.int(),
    toBlock: z.int(),
    toHash: hex32Out,
    manifestSha256: sha256Out.nullable(),
    files: z.array(z.strictObject(fileOut)).meta({ description: "Empty until it is ready." }),
    error: z.strictObject({ code: z.string(), en: z.string(), zh: z.string() }).nullable(),
    organisation: z.string(),
    requestedAt: timestampOut,
    madeAt: timestampOut.nullable(),
  })
  .meta({ id: "Report" });

const reportParams = { reportId: z.uuid() };

export const reportRoutes: readonly Route[] = [
  route({
    method: "post",
    path: "/v1/desk/reports",
    operationId: "requestReport",
    summary: "Ask for a report bundle of a period",
    description:
      "Left out, the period begins with the deployment and ends with the newest block. It is made in the background.",
    tag,
    roles: ["regulator"],
    body: z.strictObject({ from: edgeIn.optional(), to: edgeIn.optional() }),
    output: reportOut,
    status: 202,
    run: async (input, rooms) => {
      const { id, isReplay } = await requestReport(rooms, askedOf(input), input.body);
      if (isReplay) input.answer.header("Idempotency-Replayed", "true");
      input.answer.header("Location", `/v1/desk/reports/${id}`);
      return showReport(rooms.db, id);
    },
  }),
  route({
    method: "get",
    path: "/v1/desk/reports",
    operationId: "listReports",
    summary: "The newest 200 report bundles",
    tag,
    roles: readers,
    output: z.strictObject({ items: z.array(reportOut) }),
    run: (_, { db }) => listReports(db),
  }),
  route({
    method: "get",
    path: "/v1/desk/reports/:reportId",
    operationId: "getReport",
    summary: "A report bundle",
    tag,
    roles: readers,
    params: z.strictObject(reportParams),
    output: reportOut,
    run: ({ params }, { db }) => showReport(db, params.reportId),
  }),
  route({
    method: "get",
    path: "/v1/desk/reports/:reportId/files/:name",
    operationId: "getReportFile",
    summary: "One file of a report bundle",
    description: "Write every content to a file of its name: the directory is what npm run audit -- verify takes.",
    tag,
    roles: readers,
    params: z.strictObject({
      ...reportParams,
      name: z.string().regex(/^[a-z]{1,32}\.(csv|json)$/, "must be a file of the report"),
    }),
    output: z.strictObject({ ...fileOut, content: z.string() }).meta({ id: "ReportFile" }),
    run: ({ params }, { db }) => showReportFile(db, { id: params.reportId, name: params.name }),
  }),
];
