import { expect } from "chai";
import { spawn } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { deploy } from "../../scripts/deploy.ts";
import type { Deployment } from "../../scripts/deploy.ts";
import { startAnvil } from "../support/anvil.ts";
import type { Anvil } from "../support/anvil.ts";

/** Anvil's first account, known to everybody. */
const KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const SCRIPT = join(import.meta.dirname, "..", "..", "scripts", "deploy.ts");

describe("scripts/deploy", function () {
  let anvil: Anvil;
  let dataDir: string;

  beforeEach(async () => {
    anvil = await startAnvil();
    dataDir = await mkdtemp(join(tmpdir(), "ledger-deploy-"));
  });

  afterEach(async () => {
    await anvil.stop();
    await rm(dataDir, { recursive: true });
  });

  const readResult = async () => JSON.parse(await readFile(join(dataDir, "deployment.json"), "utf8")) as Deployment;

  it("deploys everything at no gas price, writes the addresses, and does nothing the second time", async () => {
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const deployment = await deploy({ rpcUrl: anvil.rpcUrl, dataDir, log });
    expect(await readResult()).to.deep.equal(deployment);
    expect(deployment.chainId).to.equal(20260);
    for (const address of Object.values(deployment.contracts)) {
      expect(await anvil.call("eth_getCode", [address, "latest"])).to.not.equal("0x");
    }
    expect(lines).to.include("contracts: Ledger#MerchantRegistry deployed");

    const nonce = await anvil.call("eth_getTransactionCount", ["0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", "latest"]);
    expect(await deploy({ rpcUrl: anvil.rpcUrl, dataDir })).to.deep.equal(deployment);
    expect(
      await anvil.call("eth_getTransactionCount", ["0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", "latest"]),
    ).to.equal(nonce);
  });

  it("signs by itself when it is given a key", async () => {
    const deployment = await deploy({ rpcUrl: anvil.rpcUrl, dataDir, privateKey: KEY });
    expect(Object.keys(deployment.contracts)).to.include("allianceToken");
  });

  for (const after of ["AllianceToken deployed", "MerchantRegistry deployed", "Grant_REGISTRAR_platform set"]) {
    it(`goes on after a kill -9 when "${after}"`, async () => {
      await killAfter({ rpcUrl: anvil.rpcUrl, dataDir, after });
      const deployment = await deploy({ rpcUrl: anvil.rpcUrl, dataDir });
      expect(Object.keys(deployment.contracts)).to.include("exchangePool");
    });
  }

  it("goes on when the kill has cut the files that were being written", async () => {
    await killAfter({ rpcUrl: anvil.rpcUrl, dataDir, after: "AllianceToken deployed" });
    const path = join(dataDir, "ignition", "journal.jsonl");
    await appendFile(path, '{"type":"TRANSACTION_SE');
    await writeFile(join(dataDir, "ignition", "deployed_addresses.json"), "");
    await writeFile(join(dataDir, "ignition", "artifacts", "Ledger#ExchangePool.json"), '{"abi": [');
    const deployment = await deploy({ rpcUrl: anvil.rpcUrl, dataDir });
    expect(Object.keys(deployment.contracts)).to.include("exchangePool");
  });

  it("says in one sentence that the journal belongs to another chain", async () => {
    await deploy({ rpcUrl: anvil.rpcUrl, dataDir });
    await anvil.stop();
    await new Promise((resolve) => setTimeout(resolve, 1_100)); // anvil's genesis has the time of its start
    anvil = await startAnvil();
    const error = await deploy({ rpcUrl: anvil.rpcUrl, dataDir }).catch((one: unknown) => one as Error);
    expect(error).to.be.instanceOf(Error);
    expect((error as Error).message).to.match(/belongs to another chain .* begin anew with `npm start -- --fresh`\.$/);
  });

  it("says in one sentence that no chain answers", async () => {
    const error = await deploy({ rpcUrl: "http://127.0.0.1:1", dataDir }).catch((one: unknown) => one as Error);
    expect((error as Error).message).to.equal(
      "No chain answers at http://127.0.0.1:1: start it, or correct LEDGER_RPC_URL.",
    );
  });
});

/** Runs the command and kills it as soon as it has printed `after`. */
function killAfter({ rpcUrl, dataDir, after }: { rpcUrl: string; dataDir: string; after: string }): Promise<void> {
  const child = spawn(process.execPath, [SCRIPT], {
    env: { ...process.env, LEDGER_RPC_URL: rpcUrl, LEDGER_DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes(after)) child.kill("SIGKILL");
    });
    child.once("exit", () => resolve());
  });
}
