/** The generated client, opened for one gateway and one key, with the council's and members' own words beside it. */
import type { Council, Members } from "./council.ts";
import { councilOf, membersOf } from "./council.ts";
import { createClient, createConfig } from "./generated/client/index.ts";
import type { Client } from "./generated/client/index.ts";

export type { Client } from "./generated/client/index.ts";
export type { Answered } from "./answer.ts";
export { LedgerProblem, answerOf, writeAs } from "./answer.ts";
export type { BallotSigner, CouncilAction, Support } from "./council.ts";
export { signBallot } from "./council.ts";

export interface Ledger extends Client {
  readonly council: Council;
  readonly members: Members;
}

/** A client without a key reads what is public. */
export function openLedger(url: string, key?: string): Ledger {
  const authorization = key === undefined ? {} : { Authorization: `Bearer ${key}` };
  const client = createClient(createConfig({ baseUrl: url, headers: authorization }));
  return Object.assign(client, { council: councilOf(client), members: membersOf(client) });
}
