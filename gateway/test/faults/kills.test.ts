import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { connectChain } from "../../src/chain/json-rpc.ts";
import { sharedLedger } from "../support/ledger.ts";
import type { TestLedger, TestMerchant } from "../support/ledger.ts";
import { sharedPostgres } from "../support/stores.ts";
import { issueUnderKills, MOMENTS } from "./kills.ts";
import type { Kill } from "./kills.ts";
import { judge } from "./oracle.ts";
import type { Plan } from "./plan.ts";
import { stopShared } from "../support/shared.ts";

after(stopShared);

const ITEMS = 5_000;
const AT_EACH_MOMENT: readonly Kill[] = MOMENTS.map((at, index) => ({ at, nth: 1 + (index % 2) }));
const AT_ANY_TIME: readonly Kill[] = [60, 250].map((afterMs) => ({ afterMs }));

describe("issuing 5,000 customers under kill -9", function () {
  this.timeout(480_000);
  let ledger: TestLedger;
  let merchant: TestMerchant;

  beforeEach(async () => {
    ledger = await sharedLedger();
    merchant = await ledger.addMerchant({ tills: 4 });
  });

  async function issueAll(store: Plan["store"], kills: readonly Kill[]): Promise<void> {
    const issue = { key: "big", merchantId: merchant.id, token: merchant.token, count: ITEMS };
    const plan: Plan = {
      store,
      chainUrl: ledger.url,
      deployment: ledger.deployment,
      passphrase: "faults",
      processId: "process",
      // Whoever comes after a killed one waits for its leases.
      leaseMs: 1_000,
      batchItemsMax: 40,
      merchants: [merchant],
      commands: [issue],
    };
    const report = await issueUnderKills(plan, kills);
    expect(report.kills).to.be.at.least(kills.length * 0.6);
    expect(report.settled[0]).to.deep.equal({
      state: "confirmed",
      items: { queued: 0, sent: 0, confirmed: ITEMS, failed: 0 },
    });
    const chain = connectChain(ledger.url);
    const verdict = await judge(chain, ledger.deployment.deployedAtBlock, [issue]);
    expect(verdict).to.deep.equal({ accepted: ITEMS, issuedOnce: ITEMS, lost: 0, doubled: 0, mintedWrong: 0n });
  }

  it("loses and doubles nothing on PostgreSQL, killed at each moment and at any time", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    await issueAll({ url }, [...AT_EACH_MOMENT, ...AT_ANY_TIME]);
  });

  it("loses and doubles nothing on the embedded engine", async () => {
    const directory = await mkdtemp(join(tmpdir(), "ledger-faults-"));
    try {
      await issueAll({ directory: join(directory, "pglite") }, [
        { at: "insideStore", nth: 2 },
        { at: "afterStore", nth: 2 },
        { at: "insideSettle", nth: 1 },
        { afterMs: 300 },
      ]);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
