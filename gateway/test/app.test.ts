/** A start that can not be says why in one sentence, and leaves nothing open behind it. */
import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../../scripts/chain/ports.ts";
import type { Gateway } from "../src/app.ts";
import { startGateway } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { silentLog } from "../src/kernel/log.ts";
import { sharedLedger } from "./support/ledger.ts";
import { stopShared } from "./support/shared.ts";
import { sharedPostgres } from "./support/stores.ts";
import { until } from "./support/until.ts";
import { NO_NODE } from "./support/world.ts";

after(stopShared);

describe("the gateway's start", function () {
  this.timeout(180_000);
  let dataDir: string;
  let url: string;
  let databaseUrl: string;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "ledger-app-"));
    url = (await sharedLedger()).url;
    databaseUrl = await (await sharedPostgres()).createDatabase();
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  function start(env: Record<string, string> = {}): Promise<Gateway> {
    const base = {
      PORT: "0",
      LEDGER_DATA_DIR: dataDir,
      LEDGER_RPC_URL: url,
      LEDGER_PASSPHRASE: "the right passphrase",
    };
    return startGateway(
      readConfig({ ...base, DATABASE_URL: databaseUrl, ...env }, () => ""),
      silentLog,
    );
  }

  async function sentenceOf(env: Record<string, string>): Promise<string> {
    try {
      await (await start(env)).stop();
    } catch (error) {
      return (error as Error).message;
    }
    return "started";
  }

  async function writeDeployment(changes: object = {}): Promise<void> {
    const { deployment } = await sharedLedger();
    await writeFile(join(dataDir, "deployment.json"), JSON.stringify({ ...deployment, ...changes }));
  }

  it("asks for the contracts to be deployed first", async () => {
    expect(await sentenceOf({})).to.contain("deploy the contracts first");
    await writeFile(join(dataDir, "deployment.json"), "{");
    expect(await sentenceOf({})).to.contain("is not a deployment file");
  });

  it("says what the contracts of an earlier version lack", async () => {
    const { contracts } = (await sharedLedger()).deployment;
    const { sharingProgram: _sharing, ruleBooks: _rules, ...before } = contracts;
    await writeDeployment({ contracts: before });
    expect(await sentenceOf({})).to.match(/an earlier version, which had no ruleBooks, sharingProgram: .*--fresh/);
  });

  it("refuses the embedded store in production unless it is told otherwise", async () => {
    await writeDeployment();
    expect(await sentenceOf({ NODE_ENV: "production", DATABASE_URL: "" })).to.contain("set DATABASE_URL");
  });

  it("refuses to write to another chain than the one deployed to", async () => {
    await writeDeployment({ chainId: 1 });
    expect(await sentenceOf({})).to.contain("another chain");
    await writeDeployment();
  });

  it("starts, answers that it is ready, and stops", async () => {
    const gateway = await start();
    await until("it is ready", async () => (await fetch(`${gateway.url}/readyz`)).status === 200);
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(metrics).to.contain("ledger_indexer_lag_blocks").and.to.contain("ledger_outbox_in_flight 0");
    await gateway.stop();
    expect(await fetch(`${gateway.url}/healthz`).catch(() => "refused")).to.equal("refused");
  });

  it("goes on with the next of its nodes, and names them at /readyz without their credentials", async () => {
    const host = `127.0.0.1:${await findFreePort()}`;
    const away = `http://ann:secret@${host}/key`;
    const gateway = await start({ LEDGER_RPC_URL: `${away},${url}`, LEDGER_WS_URL: url.replace("http", "ws") });
    type Parts = Record<"nodes" | "bell", { value?: string }>;
    const parts = async () => ((await (await fetch(`${gateway.url}/readyz`)).json()) as { parts: Parts }).parts;
    await until("the bell rings", async () => (await parts()).bell.value?.endsWith(" rings") === true);
    const { nodes } = await parts();
    expect(nodes.value).to.match(new RegExp(`^http://${host} away \\(nobody listens there\\); ${url} serves at \\d+$`));
    expect((await (await fetch(`${gateway.url}/metrics`)).text()).includes("ledger_chain_nodes_away 1")).to.equal(true);
    await gateway.stop();
  });

  it("refuses another passphrase than the one the keys were sealed with", async () => {
    expect(await sentenceOf({ LEDGER_PASSPHRASE: "another passphrase" })).to.match(/passphrase/i);
  });

  it("starts without a node, says so at /readyz, and takes writes all the same", async () => {
    const gateway = await start({ LEDGER_RPC_URL: NO_NODE });
    const response = await fetch(`${gateway.url}/readyz`);
    const { parts } = (await response.json()) as { parts: Record<string, { ok: boolean }> };
    expect([response.status, parts["database"]?.ok, parts["chain"]?.ok]).to.deep.equal([503, true, false]);
    await gateway.stop();
  });
});
