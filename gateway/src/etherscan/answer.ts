/** The envelope of the API: a status in words and digits, and always HTTP 200 for what the API itself has to say. */
import type { ChainClient } from "../chain/client.ts";
import type { Deployment } from "../chain/deployment.ts";
import type { Database } from "../store/database.ts";

/** What the actions may use, handed in by whoever mounts them. */
export interface EtherscanRooms {
  readonly db: Database;
  readonly chain: ChainClient;
  readonly deployment: Deployment;
}

/** Query and form fields; of one that is given twice the last counts. */
export type Fields = Readonly<Record<string, string | undefined>>;

export interface Envelope {
  readonly status: "0" | "1";
  readonly message: string;
  readonly result: unknown;
}

/** A node's own answer, in a node's own shape. */
export interface ProxyAnswer {
  readonly jsonrpc: "2.0";
  readonly id: number;
  readonly result?: unknown;
  readonly error?: object;
}

export type EtherscanAnswer = Envelope | ProxyAnswer;

export type Action = (rooms: EtherscanRooms, fields: Fields) => Promise<EtherscanAnswer>;

/** Thrown inside the room only, and answered as `NOTOK`. Clients read some of these texts, so they stand as they are. */
export class Refused extends Error {}

export const ok = (result: unknown): Envelope => ({ status: "1", message: "OK", result });
export const notOk = (result: string): Envelope => ({ status: "0", message: "NOTOK", result });

/** An empty list is no error, but has the status of one: clients look at the message. */
export function list(items: readonly unknown[], what: "transactions" | "records" | "token holders"): Envelope {
  return items.length > 0 ? ok(items) : { status: "0", message: `No ${what} found`, result: [] };
}
