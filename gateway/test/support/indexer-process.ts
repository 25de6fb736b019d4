/** An indexing process of its own, to be killed: `node indexer-process.ts <database url> <rpc url> <deployment> <id>`. */
import { parseDeployment } from "../../src/chain/deployment.ts";
import { connectChain } from "../../src/chain/json-rpc.ts";
import { startIndexer } from "../../src/indexer/start.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { openPostgres } from "../../src/store/database.ts";

const [, , databaseUrl = "", rpcUrl = "", deployment = "", processId = ""] = process.argv;
const { db } = openPostgres(databaseUrl, 3);
const rooms = {
  db,
  chain: connectChain(rpcUrl),
  deployment: parseDeployment(deployment),
  clock: wallClock,
  log: silentLog,
};
// Less than the default, so that a starved test machine does not eat up the margin of a takeover.
startIndexer(rooms, { processId, leaseMs: 3_000 });
