import { expect } from "chai";
import { spawn } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { callRpc } from "../../scripts/chain/rpc.ts";
import type { Deployment } from "../../scripts/deploy.ts";
import { deploy } from "../../scripts/deploy.ts";
import type { LocalChain } from "../../scripts/local-chain.ts";
import { startLocalChain } from "../../scripts/local-chain.ts";

/** Anvil's first account, known to everybody. */
const PLATFORM = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const SCRIPT = join(import.meta.dirname, "..", "..", "scripts", "deploy.ts");
const GENESIS_AT = Date.UTC(2026, 0, 1) / 1_000;

describe("scripts/deploy", function () {
  let chain: LocalChain;
  let dataDir: string;
  const chainDirs: string[] = [];

  async function startChain(genesisAt = GENESIS_AT): Promise<LocalChain> {
    const chainDir = await mkdtemp(join(tmpdir(), "ledger-chain-"));
    chainDirs.push(chainDir);
    return await startLocalChain({ dataDir: chainDir, port: await findFreePort(), genesisAt });
  }

  beforeEach(async () => {
    chain = await startChain();
    dataDir = await mkdtemp(join(tmpdir(), "ledger-deploy-"));
  });

  afterEach(async () => {
    await chain.stop();
    for (const folder of [dataDir, ...chainDirs.splice(0)]) await rm(folder, { recursive: true });
  });

  const readResult = async () => JSON.parse(await readFile(join(dataDir, "deployment.json"), "utf8")) as Deployment;

  it("deploys everything at no gas price, writes the addresses, and does nothing the second time", async () => {
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const deployment = await deploy({ rpcUrl: chain.url, dataDir, log });
    expect(await readResult()).to.deep.equal(deployment);
    expect(deployment.chainId).to.equal(20260);
    for (const address of Object.values(deployment.contracts)) {
      expect(await callRpc<string>(chain.url, "eth_getCode", [address, "latest"])).to.not.equal("0x");
    }
    expect(lines).to.include("contracts: Ledger#MerchantRegistry deployed");

    const nonce = await callRpc<string>(chain.url, "eth_getTransactionCount", [PLATFORM, "latest"]);
    expect(await deploy({ rpcUrl: chain.url, dataDir })).to.deep.equal(deployment);
    expect(await callRpc<string>(chain.url, "eth_getTransactionCount", [PLATFORM, "latest"])).to.equal(nonce);
  });

  it("signs by itself when it is given a key", async () => {
    const deployment = await deploy({ rpcUrl: chain.url, dataDir, privateKey: KEY });
    expect(Object.keys(deployment.contracts)).to.include("allianceToken");
  });

  for (const after of ["AllianceToken deployed", "MerchantRegistry deployed", "Grant_REGISTRAR_platform set"]) {
    it(`goes on after a kill -9 when "${after}"`, async () => {
      await killAfter({ rpcUrl: chain.url, dataDir, after });
      const deployment = await deploy({ rpcUrl: chain.url, dataDir });
      expect(Object.keys(deployment.contracts)).to.include("exchangePool");
    });
  }

  it("goes on when the kill has cut the files that were being written", async () => {
    await killAfter({ rpcUrl: chain.url, dataDir, after: "AllianceToken deployed" });
    const path = join(dataDir, "ignition", "journal.jsonl");
    await appendFile(path, '{"type":"TRANSACTION_SE');
    await writeFile(join(dataDir, "ignition", "deployed_addresses.json"), "");
    await writeFile(join(dataDir, "ignition", "artifacts", "Ledger#ExchangePool.json"), '{"abi": [');
    const deployment = await deploy({ rpcUrl: chain.url, dataDir });
    expect(Object.keys(deployment.contracts)).to.include("exchangePool");
  });

  it("begins anew where a chain that was killed has lost its last blocks", async () => {
    await killAfter({ rpcUrl: chain.url, dataDir, after: "MerchantRegistry deployed" });
    await chain.stop();
    chain = await startChain(); // the same genesis, nothing in it
    const deployment = await deploy({ rpcUrl: chain.url, dataDir });
    for (const address of Object.values(deployment.contracts)) {
      expect(await callRpc<string>(chain.url, "eth_getCode", [address, "latest"])).to.not.equal("0x");
    }
  });

  it("says in one sentence that the chain has lost contracts which others already use", async () => {
    await deploy({ rpcUrl: chain.url, dataDir });
    await chain.stop();
    chain = await startChain();
    const error = await deploy({ rpcUrl: chain.url, dataDir }).catch((one: unknown) => one as Error);
    expect((error as Error).message).to.match(/^The chain has lost \w+ at 0x\w+, .* `npm start -- --fresh`\.$/);
  });

  it("says in one sentence that the journal belongs to another chain", async () => {
    await deploy({ rpcUrl: chain.url, dataDir });
    await chain.stop();
    chain = await startChain(GENESIS_AT + 1);
    const error = await deploy({ rpcUrl: chain.url, dataDir }).catch((one: unknown) => one as Error);
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

function findFreePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
