/**
 * A gateway's write side as a process of its own, to be killed: accepts one command (again and again, with the same
 * idempotency key), drains the outbox, and tells its parent what becomes of it.
 */
import { connectChain } from "../../src/chain/json-rpc.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { enqueueOnce } from "../../src/outbox/enqueue.ts";
import { waitForCommand } from "../../src/outbox/read.ts";
import type { Moment } from "../../src/outbox/rooms.ts";
import { startOutbox } from "../../src/outbox/worker.ts";
import { openSigners } from "../../src/signer/open.ts";
import { openEmbedded, openPostgres } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { issueCommand } from "./plan.ts";
import type { Plan } from "./plan.ts";

const plan = JSON.parse(process.env["PLAN"] ?? "{}") as Plan;
/** "afterStore:3" ends the process the third time that moment comes. */
const [killMoment, killCount] = (process.env["KILL_AT"] ?? ":0").split(":");
let left = Number(killCount);

function onMoment(moment: Moment): void {
  if (moment !== killMoment) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, "SIGKILL");
}

// A parent that is gone has nobody to hear the rest.
process.on("disconnect", () => process.exit());

const store = "url" in plan.store ? openPostgres(plan.store.url, 4) : await openEmbedded(plan.store.directory);
await migrate(store.db);
const signers = await openSigners(store.db, plan.passphrase);
for (const merchant of plan.merchants)
  for (const key of merchant.tillKeys) await signers.importKey(key, { purpose: "till", merchantId: merchant.id });
const chain = connectChain(plan.chainUrl);
const outbox = startOutbox(
  { db: store.db, chain, signers, clock: wallClock, log: silentLog, deployment: plan.deployment },
  { processId: plan.processId, leaseMs: plan.leaseMs, batchItemsMax: plan.batchItemsMax, onMoment },
);
process.send?.({ started: true });

const accepted = await Promise.all(plan.commands.map((command) => enqueueOnce(store.db, issueCommand(command))));
process.send?.({ accepted: accepted.map(({ command, isReplay }) => ({ id: command.id, isReplay })) });
const settled = await Promise.all(accepted.map(({ command }) => waitForCommand(store.db, command.id, 300_000)));
process.send?.({ settled: settled.map((command) => ({ state: command?.state, items: command?.items })) });

if (!plan.staysUp) {
  await outbox.stop();
  await store.close();
  process.disconnect();
}
