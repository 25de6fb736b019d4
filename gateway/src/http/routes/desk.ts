/** The regulator's desk: alerts, cases and their outcomes. Regulators write, auditors read. */
import { z } from "zod";
import { dismissAlert, flagByHand } from "../../commands/desk-alerts.ts";
import type { Made } from "../../commands/desk-cases.ts";
import { addNote, linkAlert, moveCase, openCase } from "../../commands/desk-cases.ts";
import type { Rooms } from "../../commands/rooms.ts";
import { listAlerts, listCases, showAlert, showCase } from "../../queries/desk.ts";
import {
  alertIdIn,
  alertOut,
  alertStateIn,
  caseNumberIn,
  caseOut,
  caseStateIn,
  listOut,
  wholeCaseOut,
} from "../desk-schemas.ts";
import { askedOf } from "../present.ts";
import type { Answer, Route } from "../route.ts";
import { route } from "../route.ts";
import { addressIn, pageQuery, textIn } from "../schemas.ts";

const tag = "Desk";
const readers = ["regulator", "auditor"] as const;
const writers = ["regulator"] as const;

const caseParams = z.strictObject({ caseNumber: caseNumberIn });
const alertParams = z.strictObject({ alertId: alertIdIn });
const textBody = z.strictObject({ text: textIn(2_000) });
const subject = {
  merchantId: z.int().min(1).max(2_147_483_647).optional(),
  token: addressIn.optional(),
  account: addressIn.optional(),
};

async function answerAlert({ answer }: { answer: Answer }, { db }: Rooms, made: Promise<Made>) {
  const { id, isReplay } = await made;
  if (isReplay) answer.header("Idempotency-Replayed", "true");
  return showAlert(db, id);
}

async function answerCase({ answer }: { answer: Answer }, { db }: Rooms, made: Promise<Made>) {
  const { id, isReplay } = await made;
  if (isReplay) answer.header("Idempotency-Replayed", "true");
  answer.header("Location", `/v1/desk/cases/${id}`);
  return showCase(db, id);
}

const alertRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/desk/alerts",
    operationId: "listAlerts",
    summary: "What the rules found, newest first",
    tag,
    roles: readers,
    query: z.strictObject({ ...pageQuery, state: alertStateIn.optional(), caseNumber: caseNumberIn.optional() }),
    output: listOut(alertOut),
    run: ({ query }, { db }) => listAlerts(db, query),
  }),
  route({
    method: "post",
    path: "/v1/desk/alerts",
    operationId: "flagByHand",
    summary: "Flag what no rule sees",
    tag,
    roles: writers,
    body: z.strictObject({ text: textIn(2_000), ...subject }),
    output: alertOut,
    status: 201,
    run: (input, rooms) => answerAlert(input, rooms, flagByHand(rooms, askedOf(input), input.body)),
  }),
  route({
    method: "post",
    path: "/v1/desk/alerts/:alertId/dismiss",
    operationId: "dismissAlert",
    summary: "Dismiss an alert, with the reason",
    tag,
    roles: writers,
    params: alertParams,
    body: z.strictObject({ because: textIn(2_000) }),
    output: alertOut,
    run: (input, rooms) =>
      answerAlert(input, rooms, dismissAlert(rooms, askedOf(input), { ...input.params, ...input.body })),
  }),
];

const caseRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/desk/cases",
    operationId: "listCases",
    summary: "Cases, newest first",
    tag,
    roles: readers,
    query: z.strictObject({ ...pageQuery, state: caseStateIn.optional() }),
    output: listOut(caseOut),
    run: ({ query }, { db }) => listCases(db, query),
  }),
  route({
    method: "post",
    path: "/v1/desk/cases",
    operationId: "openCase",
    summary: "Open a case, with the alerts that led to it",
    description: "Without a number it gets the next one of this year. The same number stands in acts on the chain.",
    tag,
    roles: writers,
    body: z.strictObject({
      number: caseNumberIn.optional(),
      title: textIn(200),
      alertIds: z.array(alertIdIn).max(100).default([]),
      ...subject,
    }),
    output: wholeCaseOut,
    status: 201,
    run: (input, rooms) => answerCase(input, rooms, openCase(rooms, askedOf(input), input.body)),
  }),
  route({
    method: "get",
    path: "/v1/desk/cases/:caseNumber",
    operationId: "getCase",
    summary: "A case with its alerts and history",
    tag,
    roles: readers,
    params: caseParams,
    output: wholeCaseOut,
    run: ({ params }, { db }) => showCase(db, params.caseNumber),
  }),
  route({
    method: "post",
    path: "/v1/desk/cases/:caseNumber/notes",
    operationId: "addNote",
    summary: "Add a note to a case",
    tag,
    roles: writers,
    params: caseParams,
    body: textBody,
    output: wholeCaseOut,
    run: (input, rooms) => {
      const note = { number: input.params.caseNumber, ...input.body };
      return answerCase(input, rooms, addNote(rooms, askedOf(input), note));
    },
  }),
  route({
    method: "post",
    path: "/v1/desk/cases/:caseNumber/alerts",
    operationId: "linkAlert",
    summary: "Take one more alert into a case",
    tag,
    roles: writers,
    params: caseParams,
    body: alertParams,
    output: wholeCaseOut,
    run: (input, rooms) => {
      const link = { number: input.params.caseNumber, ...input.body };
      return answerCase(input, rooms, linkAlert(rooms, askedOf(input), link));
    },
  }),
  route({
    method: "post",
    path: "/v1/desk/cases/:caseNumber/review",
    operationId: "reviewCase",
    summary: "Take a case under review, also again after an outcome",
    tag,
    roles: writers,
    params: caseParams,
    body: textBody,
    output: wholeCaseOut,
    run: (input, rooms) => {
      const step = { number: input.params.caseNumber, to: "underReview", ...input.body } as const;
      return answerCase(input, rooms, moveCase(rooms, askedOf(input), step));
    },
  }),
  route({
    method: "post",
    path: "/v1/desk/cases/:caseNumber/outcome",
    operationId: "settleCase",
    summary: "Bring a case to its outcome, with the reason",
    tag,
    roles: writers,
    params: caseParams,
    body: z.strictObject({ outcome: z.enum(["acted", "dismissed"]), text: textIn(2_000) }),
    output: wholeCaseOut,
    run: (input, rooms) => {
      const { outcome: to, text } = input.body;
      const step = { number: input.params.caseNumber, to, text };
      return answerCase(input, rooms, moveCase(rooms, askedOf(input), step));
    },
  }),
];

export const deskRoutes: readonly Route[] = [...alertRoutes, ...caseRoutes];
