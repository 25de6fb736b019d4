import { expect } from "chai";
import { connectChain } from "../../src/chain/json-rpc.ts";
import { openPostgres } from "../../src/store/database.ts";
import { sharedLedger } from "../support/ledger.ts";
import type { TestMerchant } from "../support/ledger.ts";
import { sharedPostgres } from "../support/stores.ts";
import { judge } from "./oracle.ts";
import type { Plan, PlannedIssue } from "./plan.ts";
import { startUnderFault } from "./processes.ts";
import { until } from "../support/until.ts";
import { stopShared } from "../support/shared.ts";

after(stopShared);

const TAKEOVER_MS_MAX = 10_000;

describe("three processes on one PostgreSQL", function () {
  this.timeout(480_000);

  it("share the keys; when one is killed the others go on with its work within 10 s", async () => {
    const ledger = await sharedLedger();
    const url = await (await sharedPostgres()).createDatabase();
    const merchants: TestMerchant[] = [];
    for (let index = 0; index < 3; index += 1) merchants.push(await ledger.addMerchant({ tills: 2 }));
    const issues: PlannedIssue[] = merchants.map(({ id, token }) => ({
      key: `shop-${id}`,
      merchantId: id,
      token,
      count: 1_500,
    }));
    const planOf = (processId: string): Plan => ({
      store: { url },
      chainUrl: ledger.url,
      deployment: ledger.deployment,
      passphrase: "faults",
      processId,
      // A third less than the default, so that a starved test machine does not eat up the margin.
      leaseMs: 4_000,
      batchItemsMax: 25,
      merchants,
      commands: issues,
      staysUp: true,
    });
    // The first one migrates and imports the keys; then all three take their shares.
    const first = startUnderFault({ ...planOf("p1"), commands: [] });
    await first.settled;
    const others = ["p2", "p3"].map((id) => startUnderFault({ ...planOf(id), commands: id === "p2" ? issues : [] }));
    const store = openPostgres(url);
    const ownersOf = async (): Promise<string[]> => {
      const rows = await store.db.selectFrom("signer_key").select("lease_owner").execute();
      return rows.map(({ lease_owner: owner }) => owner ?? "nobody");
    };
    await until("each of the three has keys", async () => {
      const owners = new Set(await ownersOf());
      return ["p1", "p2", "p3"].every((owner) => owners.has(owner));
    });

    first.kill();
    const killedAt = performance.now();
    for (;;) {
      const owners = await ownersOf();
      if (!owners.includes("p1") && !owners.includes("nobody")) break;
      if (performance.now() - killedAt > TAKEOVER_MS_MAX) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const takeoverMs = performance.now() - killedAt;
    expect(takeoverMs).to.be.lessThan(TAKEOVER_MS_MAX);
    const settled = await others[0]!.settled;
    expect(settled!.map(({ state }) => state)).to.deep.equal(["confirmed", "confirmed", "confirmed"]);
    others.forEach((process) => process.kill());
    await Promise.all(others.map(({ ended }) => ended));
    await store.close();
    const verdict = await judge(connectChain(ledger.url), ledger.deployment.deployedAtBlock, issues);
    expect(verdict).to.deep.equal({ accepted: 4_500, issuedOnce: 4_500, lost: 0, doubled: 0, mintedWrong: 0n });
  });
});
