import { expect } from "chai";
import { Interface } from "ethers";
import { spawn } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findFreePort } from "../../scripts/chain/ports.ts";
import { callRpc } from "../../scripts/chain/rpc.ts";
import type { Deployment } from "../../scripts/deploy.ts";
import { deploy } from "../../scripts/deploy.ts";
import { readParameters } from "../../scripts/deployment/parameters.ts";
import type { LocalChain } from "../../scripts/local-chain.ts";
import { startLocalChain } from "../../scripts/local-chain.ts";
import { PowersChain } from "../../scripts/powers/chain.ts";
import { walkPowers } from "../../scripts/powers/walk.ts";

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

  const findingsOf = (deployment: Deployment) => findPowers(chain.url, deployment);
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

  for (const after of [
    "AllianceToken deployed",
    "MerchantRegistry deployed",
    "Grant_COUNCIL_council set",
    "Renounce_COUNCIL set",
  ]) {
    it(`goes on after a kill -9 when "${after}"`, async () => {
      await killAfter({ rpcUrl: chain.url, dataDir, after });
      const deployment = await deploy({ rpcUrl: chain.url, dataDir });
      expect(Object.keys(deployment.contracts)).to.include("exchangePool");
      expect(await findingsOf(deployment)).to.deep.equal([]);
    });
  }

  it("leaves power with the council alone; half-way it does not", async () => {
    const findings = await findingsOf(await deploy({ rpcUrl: chain.url, dataDir }));
    expect(findings).to.deep.equal([]);
    await chain.stop();
    chain = await startChain();
    const half = await mkdtemp(join(tmpdir(), "ledger-deploy-half-"));
    await killAfter({ rpcUrl: chain.url, dataDir: half, after: "Renounce_COUNCIL set" });
    // The same addresses on every fresh chain: those of the first deployment are those of the second, too.
    const contracts = (await readResult()).contracts;
    const { hash } = await callRpc<{ hash: string }>(chain.url, "eth_getBlockByNumber", ["0x0", false]);
    const halfDone = await findingsOf({ chainId: 20260, genesisHash: hash, deployedAtBlock: 0, contracts });
    expect(halfDone).to.include("foreignHolder");
    await rm(half, { recursive: true });
  });

  it("takes the founding member and its rules from a file, and no name that it does not know", async () => {
    const path = join(dataDir, "parameters.json");
    const rules = { founderName: "Office", founderRepresentative: "0x" + "5".repeat(40), votingPeriodSeconds: 3_600 };
    await writeFile(path, JSON.stringify({ ...rules, initialSupply: "1000000000000000000000" }));
    const parameters = await readParameters(path);
    expect(parameters["initialSupply"]).to.equal(1_000n * 10n ** 18n);
    const { contracts } = await deploy({ rpcUrl: chain.url, dataDir, parameters });
    const read = async (key: string, view: string, args: readonly unknown[]): Promise<unknown> => {
      const face = new Interface([`function ${view}`]);
      const name = view.slice(0, view.indexOf("("));
      const request = { to: contracts[key], data: face.encodeFunctionData(name, args) };
      return face.decodeFunctionResult(name, await callRpc<string>(chain.url, "eth_call", [request, "latest"]))[0];
    };
    const memberIdOf = "memberIdOf(address) view returns (uint256)";
    expect(await read("alliance", memberIdOf, [rules.founderRepresentative])).to.equal(1n);
    expect(await read("alliance", memberIdOf, [PLATFORM])).to.equal(0n);
    expect(await read("council", "votingPeriod() view returns (uint256)", [])).to.equal(3_600n);
    const treasury = contracts["council"];
    expect(await read("allianceToken", "balanceOf(address) view returns (uint256)", [treasury])).to.equal(10n ** 21n);

    for (const [content, words] of [
      ['{"votingPeriod": 1}', /votingPeriod, which is no parameter: choose from alpPerYuan, /],
      ['{"founderName": true}', /founderName must be text or a whole number/],
      ["[]", /is not a JSON object/],
      ["{", /is not a JSON object/],
    ] as const) {
      await writeFile(path, content);
      const error = await readParameters(path).catch((one: unknown) => one as Error);
      expect((error as Error).message).to.match(words);
    }
    const missing = await readParameters(join(dataDir, "none.json")).catch((one: unknown) => one as Error);
    expect((missing as Error).message).to.match(/There is no file .*none.json/);
  });

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

  it("says in one sentence that the contracts are those of an earlier version", async () => {
    const { contracts, ...rest } = await deploy({ rpcUrl: chain.url, dataDir });
    const earlier = Object.fromEntries(Object.entries(contracts).filter(([name]) => name !== "council"));
    await writeFile(join(dataDir, "deployment.json"), JSON.stringify({ ...rest, contracts: earlier }));
    const error = await deploy({ rpcUrl: chain.url, dataDir }).catch((one: unknown) => one as Error);
    expect((error as Error).message).to.match(/an earlier version, which had no council: .* `npm start -- --fresh`\.$/);
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

async function findPowers(rpcUrl: string, deployment: Deployment): Promise<string[]> {
  const powers = await PowersChain.connect(rpcUrl, deployment);
  try {
    return (await walkPowers(powers, deployment)).findings.list.map(({ code }) => code);
  } finally {
    powers.provider.destroy();
  }
}

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
