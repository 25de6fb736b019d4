/** What commands and routes may use, handed in by the composition root. */
import type { ChainClient } from "../chain/client.ts";
import type { Deployment } from "../chain/deployment.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import type { Outward } from "../outward/outward.ts";
import type { Signers } from "../signer/signers.ts";
import type { Database, Engine } from "../store/database.ts";

export interface Rooms {
  readonly db: Database;
  readonly engine: Engine;
  readonly chain: ChainClient;
  readonly signers: Signers;
  readonly clock: Clock;
  readonly log: Log;
  readonly deployment: Deployment;
  /** The only way to a server that a merchant named. */
  readonly outward: Outward;
}
