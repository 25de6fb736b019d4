/** What the regulator does on the chain. Every act names its case; carrying out a forced transfer is the council's. */
import { z } from "zod";
import type { SupervisionAct } from "../../commands/supervise.ts";
import { MERCHANT_MEASURES, supervise } from "../../commands/supervise.ts";
import { answerCommand, commandOut } from "../command-answer.ts";
import { caseNumberIn } from "../desk-schemas.ts";
import { askedOf } from "../present.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import { addressIn, pointsIn } from "../schemas.ts";
import { merchantPath, tokenPath } from "../write-schemas.ts";

const tag = "Supervision";
const caseBody = z.strictObject({ caseNumber: caseNumberIn });
const accountPath = z.strictObject({ address: addressIn });
const orderPath = z.strictObject({
  orderId: z
    .string()
    .regex(/^[1-9][0-9]{0,17}$/, "must be the number of an order")
    .transform(BigInt),
});

interface ActOf<P extends z.ZodObject, B extends z.ZodType> {
  readonly path: `/v1/supervision/${string}`;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: P;
  readonly body: B;
  readonly toAct: (params: z.output<P>, body: z.output<B>) => SupervisionAct;
}

function actRoute<P extends z.ZodObject, B extends z.ZodObject<{ caseNumber: typeof caseNumberIn }>>({
  toAct,
  ...described
}: ActOf<P, B>): Route {
  return route({
    ...described,
    method: "post",
    tag,
    roles: ["regulator"],
    output: commandOut,
    status: 202,
    run: async (input, rooms) => {
      const body = input.body as z.output<B>;
      const act = { ...toAct(input.params as z.output<P>, body), caseNumber: body.caseNumber };
      return answerCommand(input, rooms, await supervise(rooms, askedOf(input), act));
    },
  });
}

const MEASURES: Readonly<Record<(typeof MERCHANT_MEASURES)[number], { path: string; summary: string }>> = {
  warn: { path: "warn", summary: "Warn a merchant: the first rung of the ladder" },
  haltIssue: { path: "halt-issue", summary: "Stop a merchant's issuing" },
  resumeIssue: { path: "resume-issue", summary: "Let a merchant issue again" },
  suspend: { path: "suspend", summary: "Stop a merchant's issuing and swaps; holders still redeem and transfer" },
  reinstate: { path: "reinstate", summary: "Lift a suspension; the merchant opens its sides of the pool itself" },
  adviseWindDown: { path: "advise-wind-down", summary: "Advise the council to wind a merchant down" },
};

export const supervisionWriteRoutes: readonly Route[] = [
  ...(["freeze", "unfreeze"] as const).map((act) =>
    actRoute({
      path: `/v1/supervision/accounts/:address/${act}`,
      operationId: `${act}Account`,
      summary: act === "freeze" ? "Freeze an account in all tokens" : "Free an account in all tokens",
      params: accountPath,
      body: caseBody,
      toAct: ({ address }) => ({ act, account: address }),
    }),
  ),
  ...(["pause", "unpause"] as const).map((act) =>
    actRoute({
      path: `/v1/supervision/tokens/:token/${act}`,
      operationId: `${act}Token`,
      summary: act === "pause" ? "Pause a token for 7 days at most" : "End a pause the council has not ratified",
      params: tokenPath,
      body: caseBody,
      toAct: ({ token }) => ({ act, token }),
    }),
  ),
  actRoute({
    path: "/v1/supervision/transfers",
    operationId: "orderTransfer",
    summary: "Order a forced transfer; the council carries it out within 30 days, or not",
    body: z.strictObject({
      caseNumber: caseNumberIn,
      token: addressIn,
      from: addressIn,
      to: addressIn,
      points: pointsIn,
    }),
    toAct: (_, { token, from, to, points }) => ({ act: "orderTransfer", token, from, to, points }),
  }),
  actRoute({
    path: "/v1/supervision/transfers/:orderId/withdraw",
    operationId: "withdrawOrder",
    summary: "Take an order of a forced transfer back",
    description: "The case is the one it is recorded in; on the chain the order keeps its own.",
    params: orderPath,
    body: caseBody,
    toAct: ({ orderId }) => ({ act: "withdrawOrder", orderId }),
  }),
  actRoute({
    path: "/v1/supervision/merchants/:id/cut-limit",
    operationId: "cutLimit",
    summary: "Cut what a merchant may have outstanding; 0 percent ends the cut",
    params: merchantPath,
    body: z.strictObject({ caseNumber: caseNumberIn, percent: z.int().min(0).max(100) }),
    toAct: ({ id: merchantId }, { percent }) => ({ act: "cutLimit", merchantId, percent }),
  }),
  ...MERCHANT_MEASURES.map((act) =>
    actRoute({
      path: `/v1/supervision/merchants/:id/${MEASURES[act].path}`,
      operationId: `${act}Merchant`,
      summary: MEASURES[act].summary,
      params: merchantPath,
      body: caseBody,
      toAct: ({ id: merchantId }) => ({ act, merchantId }),
    }),
  ),
];
