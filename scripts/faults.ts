/**
 * `npm run faults`: issues thousands of customers while the gateway's write side is killed again and again, on both
 * engines, and counts from the chain alone what was lost or doubled. Exits non-zero when anything was.
 *
 * LEDGER_FAULT_ROUNDS: kills at each moment and as many at random times (default 2). LEDGER_FAULT_SEED repeats a run.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectChain } from "../gateway/src/chain/json-rpc.ts";
import { issueUnderKills, MOMENTS } from "../gateway/test/faults/kills.ts";
import type { Kill } from "../gateway/test/faults/kills.ts";
import { judge } from "../gateway/test/faults/oracle.ts";
import type { Plan } from "../gateway/test/faults/plan.ts";
import { sharedLedger, stopLedger } from "../gateway/test/support/ledger.ts";
import { startPostgres } from "../gateway/test/support/postgres.ts";
import { seededRandom } from "./tooling/seeded-random.ts";

const ITEMS_PER_COMMAND = 5_000;
const ROUNDS = Number(process.env["LEDGER_FAULT_ROUNDS"] ?? 2);
const SEED = Number(process.env["LEDGER_FAULT_SEED"] ?? Math.floor(Math.random() * 2 ** 31));

function planKills(random: () => number): Kill[] {
  const kills: Kill[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const at of MOMENTS) kills.push({ at, nth: 1 + Math.floor(random() * 3) });
    for (let index = 0; index < MOMENTS.length; index += 1) kills.push({ afterMs: Math.floor(random() * 500) });
  }
  return kills.sort(() => random() - 0.5);
}

async function torment(name: string, store: Plan["store"], random: () => number): Promise<boolean> {
  const ledger = await sharedLedger();
  const merchant = await ledger.addMerchant({ tills: 4 });
  // Enough commands that the last kills still find work to interrupt.
  const commands = Array.from({ length: Math.max(1, ROUNDS) }, (_, index) => ({
    key: `${name}-${index}`,
    merchantId: merchant.id,
    token: merchant.token,
    count: ITEMS_PER_COMMAND,
  }));
  const plan: Plan = {
    store,
    chainUrl: ledger.url,
    deployment: ledger.deployment,
    passphrase: "faults",
    processId: name,
    leaseMs: 1_000,
    batchItemsMax: 40,
    merchants: [merchant],
    commands,
  };
  const kills = planKills(random);
  const report = await issueUnderKills(plan, kills);
  const verdict = await judge(connectChain(ledger.url), ledger.deployment.deployedAtBlock, commands);
  const { accepted, issuedOnce, lost, doubled, mintedWrong } = verdict;
  console.log(
    `${name.padEnd(10)} ${report.kills} kills in ${report.rounds} processes, ${report.seconds.toFixed(1)} s: ` +
      `${accepted} accepted, ${issuedOnce} issued once, ${lost} lost, ${doubled} doubled, sum off by ${mintedWrong}`,
  );
  return lost === 0 && doubled === 0 && mintedWrong === 0n && issuedOnce === accepted;
}

console.log(`seed ${SEED} (LEDGER_FAULT_SEED repeats it), ${ROUNDS} rounds of ${MOMENTS.length * 2} kills an engine`);
const random = seededRandom(SEED);
const postgres = await startPostgres();
const directory = await mkdtemp(join(tmpdir(), "ledger-faults-"));
try {
  const isPostgresFine = await torment("postgresql", { url: await postgres.createDatabase() }, random);
  const isEmbeddedFine = await torment("embedded", { directory: join(directory, "pglite") }, random);
  process.exitCode = isPostgresFine && isEmbeddedFine ? 0 : 1;
} finally {
  await stopLedger();
  await postgres.stop();
  await rm(directory, { recursive: true, force: true });
}
