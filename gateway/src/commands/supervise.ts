/**
 * What the regulator does on the chain, each act under a case of its desk: tried first, queued once, recorded in the
 * case's history. The chain asks for the role again; who holds it is the council's to say.
 */
import { callOf, regulatorDesk } from "../chain/contracts.ts";
import type { CaseNumber } from "../kernel/case-number.ts";
import { caseBytes } from "../kernel/case-number.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Address, Points } from "../kernel/ids.ts";
import { readCase } from "../store/desk-cases.ts";
import type { Accepted } from "./accept.ts";
import { accept } from "./accept.ts";
import type { Asked } from "./asked.ts";
import { record } from "./desk-cases.ts";
import { regulatorKey } from "./find-signer.ts";
import type { Rooms } from "./rooms.ts";

/** Measures on a merchant that need no more than its number. */
export const MERCHANT_MEASURES = [
  "warn",
  "haltIssue",
  "resumeIssue",
  "suspend",
  "reinstate",
  "adviseWindDown",
] as const;

export type SupervisionAct =
  | { readonly act: "freeze" | "unfreeze"; readonly account: Address }
  | { readonly act: "pause" | "unpause"; readonly token: Address }
  | {
      readonly act: "orderTransfer";
      readonly token: Address;
      readonly from: Address;
      readonly to: Address;
      readonly points: Points;
    }
  | { readonly act: "withdrawOrder"; readonly orderId: bigint }
  | { readonly act: (typeof MERCHANT_MEASURES)[number]; readonly merchantId: number }
  | { readonly act: "cutLimit"; readonly merchantId: number; readonly percent: number };

function encode(act: SupervisionAct, caseNumber: CaseNumber): string {
  const bytes = caseBytes(caseNumber);
  switch (act.act) {
    case "freeze":
    case "unfreeze":
      return regulatorDesk.encodeFunctionData(act.act as "freeze", [act.account, bytes]);
    case "pause":
    case "unpause":
      return regulatorDesk.encodeFunctionData(act.act as "pause", [act.token, bytes]);
    case "orderTransfer":
      return regulatorDesk.encodeFunctionData("orderTransfer", [act.token, act.from, act.to, act.points, bytes]);
    case "withdrawOrder":
      return regulatorDesk.encodeFunctionData("withdrawOrder", [act.orderId]);
    case "cutLimit":
      return regulatorDesk.encodeFunctionData("cutLimit", [act.merchantId, act.percent, bytes]);
    default:
      return regulatorDesk.encodeFunctionData(act.act as "warn", [act.merchantId, bytes]);
  }
}

/** The act as one line of a case's history. */
function tell({ act, ...about }: SupervisionAct): string {
  return [act, ...Object.entries(about).map(([name, value]) => `${name} ${String(value)}`)].join(", ");
}

export async function supervise(
  rooms: Rooms,
  asked: Asked,
  { caseNumber, ...act }: SupervisionAct & { readonly caseNumber: CaseNumber },
): Promise<Accepted> {
  const accepted = await accept(rooms, asked, async () => {
    if ((await readCase(rooms.db, caseNumber)) === undefined)
      throw new LedgerError("not_found", { what: `case ${caseNumber}` });
    const signer = await regulatorKey(rooms);
    const call = callOf(rooms.deployment.contracts.regulatorDesk, encode(act, caseNumber));
    const about = "merchantId" in act ? { merchantId: act.merchantId } : {};
    return { kind: `supervision.${act.act}`, ...about, calls: [call], signer, trial: { ...call, from: signer } };
  });
  await recordAct(rooms, asked, { caseNumber, text: tell(act), commandId: accepted.command.id });
  return accepted;
}

/** A command is recorded once: a process that died between the two makes up for it when the request is repeated. */
async function recordAct(
  { db, clock }: Rooms,
  asked: Asked,
  { caseNumber, ...act }: { caseNumber: CaseNumber; text: string; commandId: string },
): Promise<void> {
  const { organisation, keyId } = asked.caller;
  const now = clock.now();
  const hand = { tx: db, organisation, keyId, at: new Date(now).toISOString(), now };
  await record(hand, caseNumber, { kind: "act", ...act });
}
