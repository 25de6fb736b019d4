/**
 * `npm run bench:gas [-- --json]`: what the hot paths cost, beside the best known peers compiled and run in the same
 * process. Exits 1 when a bar of the design is missed.
 */
import hre from "hardhat";

import { isMissed, ratioOf, tableOf } from "./gas/figure.ts";
import { measureBatches } from "./gas/batches.ts";
import { admitTwo } from "./gas/members.ts";
import { measureSwaps } from "./gas/swaps.ts";
import { measureTransfers } from "./gas/transfers.ts";

await hre.tasks.getTask("build").run({ quiet: true });

const alliance = await admitTwo();
// Transfers come last: they move the clock past an epoch's border.
const [batches, swaps] = [await measureBatches(alliance), await measureSwaps(alliance)];
const figures = [...(await measureTransfers(alliance)), ...batches, ...swaps];
const missed = figures.filter(isMissed);

if (process.argv.includes("--json")) {
  const plain = figures.map((figure) => ({
    ...figure,
    ...{ ours: Number(figure.ours), peer: Number(figure.peer), ratio: ratioOf(figure), isMissed: isMissed(figure) },
  }));
  console.log(JSON.stringify(plain, null, 2));
} else {
  console.log(tableOf(figures));
  console.log(missed.length === 0 ? "\nEvery bar is met." : `\n${missed.length} bar(s) missed.`);
}
process.exitCode = missed.length === 0 ? 0 : 1;
