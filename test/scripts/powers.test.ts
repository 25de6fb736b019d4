import { expect } from "chai";
import { Contract, Interface, JsonRpcProvider, toBeHex, ZeroHash } from "ethers";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { POWERS, ROLES } from "../../ignition/powers.ts";
import { findFreePort } from "../../scripts/chain/ports.ts";
import { callRpc } from "../../scripts/chain/rpc.ts";
import type { Deployment } from "../../scripts/deploy.ts";
import { deploy } from "../../scripts/deploy.ts";
import type { LocalChain } from "../../scripts/local-chain.ts";
import { startLocalChain } from "../../scripts/local-chain.ts";
import { PowersChain, readBuilt } from "../../scripts/powers/chain.ts";
import type { FindingCode } from "../../scripts/powers/findings.ts";
import { walkPowers } from "../../scripts/powers/walk.ts";

const SCRIPT = join(import.meta.dirname, "..", "..", "scripts", "powers.ts");
/** Anvil's first accounts, known to everybody. The first deploys, and represents the founding member. */
const [DEPLOYER, REGULATOR] = [
  "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
  "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
];

describe("scripts/powers", () => {
  let chain: LocalChain;
  let dataDir: string;
  let deployment: Deployment;
  let provider: JsonRpcProvider;
  let powers: PowersChain;
  let snapshot: string;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "ledger-powers-"));
    chain = await startLocalChain({ dataDir, port: await findFreePort(), genesisAt: Date.UTC(2026, 0, 1) / 1_000 });
    const parameters = { routineDelaySeconds: 0n, dangerousDelaySeconds: 0n };
    deployment = await deploy({ rpcUrl: chain.url, dataDir, parameters });
    provider = new JsonRpcProvider(chain.url, deployment.chainId, { staticNetwork: true, pollingInterval: 50 });
    powers = await PowersChain.connect(chain.url, deployment);
  });

  after(async () => {
    provider.destroy();
    powers.provider.destroy();
    await chain.stop();
    await rm(dataDir, { recursive: true });
  });

  beforeEach(async () => {
    snapshot = await callRpc(chain.url, "evm_snapshot", []);
  });

  afterEach(async () => {
    await callRpc(chain.url, "evm_revert", [snapshot]);
  });

  const addressOf = (key: string): string => deployment.contracts[key]!;
  const walk = () => walkPowers(powers, deployment);
  const faceOf = async (name: string) => (await readBuilt(name)).face;

  /** Sends as anybody, the council included: what no key could do, and a bad deployment could have done. */
  async function sendAs(from: string, to: string, data: string): Promise<void> {
    await callRpc(chain.url, "anvil_impersonateAccount", [from]);
    await callRpc(chain.url, "anvil_setBalance", [from, toBeHex(10n ** 20n)]);
    const hash = await callRpc<string>(chain.url, "eth_sendTransaction", [{ from, to, data, gasPrice: "0x0" }]);
    await callRpc(chain.url, "anvil_stopImpersonatingAccount", [from]);
    const receipt = await provider.waitForTransaction(hash);
    const reason = receipt?.status === 1 ? "" : await provider.call({ from, to, data }).catch(String);
    expect(reason).to.equal("");
  }

  async function manage(name: string, args: readonly unknown[], from = addressOf("council")): Promise<void> {
    const face = await faceOf("AllianceAccess");
    await sendAs(from, addressOf("accessManager"), face.encodeFunctionData(name, args));
  }

  /** What the founding member alone decides: proposed, voted and executed. */
  async function decide(target: string, datas: readonly string[]): Promise<bigint> {
    const face = await faceOf("AllianceCouncil");
    const at = addressOf("council");
    const council = new Contract(at, face, provider);
    const args = [datas.map(() => target), datas.map(() => 0n), datas, `decision: ${datas.join(", ")}`];
    await sendAs(DEPLOYER, at, face.encodeFunctionData("propose", args));
    const id = (await council.getFunction("latestProposalId")()) as bigint;
    await sleep(1_100); // votes count from the next second on
    await sendAs(DEPLOYER, at, face.encodeFunctionData("castVote", [id, 1]));
    await sendAs(DEPLOYER, at, face.encodeFunctionData("execute(uint256)", [id]));
    return id;
  }

  async function codesOf(): Promise<FindingCode[]> {
    return (await walk()).findings.list.map(({ code }) => code);
  }

  it("finds the council behind every power of a fresh deployment, and names every function", async () => {
    const { rows, roles, findings } = await walk();
    expect(findings.list).to.deep.equal([]);
    for (const { target, signature, role } of POWERS) {
      if (target === "MerchantPoint") continue; // there is no merchant yet
      const row = rows.find((one) => one.contract === target && one.signature === signature);
      expect(row?.needs, `${target}.${signature}`).to.equal(role === "ADMIN" ? "admin" : role);
    }
    expect(roles.find(({ role }) => role === "ADMIN")?.holders.map(({ name }) => name)).to.deep.equal(["council"]);
    expect(roles.find(({ role }) => role === "REGULATOR")?.holders).to.deep.equal([]);
    expect(new Set(rows.map(({ contract }) => contract)).size).to.equal(15);
  });

  it("accepts whom the council gave a role by a proposal, and names the proposal", async () => {
    const face = await faceOf("AllianceAccess");
    const grant = face.encodeFunctionData("grantRole", [ROLES.REGULATOR, REGULATOR, 0]);
    const proposalId = await decide(addressOf("accessManager"), [grant]);
    const { roles, findings } = await walk();
    expect(findings.list).to.deep.equal([]);
    expect(roles.find(({ role }) => role === "REGULATOR")?.holders).to.deep.equal([
      { name: REGULATOR, delaySeconds: 0, proposalId },
    ]);
  });

  it("walks a merchant's token, too", async () => {
    const registry = await faceOf("MerchantRegistry");
    const terms = {
      legalName: "Shop Ltd.",
      tokenName: "Shop Points",
      tokenSymbol: "SHP",
      category: "restaurant",
      pointsPerYuan: 100n,
      calendar: 1n,
      utcOffsetSeconds: 28_800n,
    };
    const applied = registry.encodeFunctionData("applyFor", [
      terms,
      "https://example.com/p.json",
      "0x" + "11".repeat(32),
    ]);
    await sendAs(REGULATOR, addressOf("merchantRegistry"), applied);
    await decide(addressOf("merchantRegistry"), [registry.encodeFunctionData("approve", [1n])]);
    const { rows, tokens, findings } = await walk();
    expect(findings.list).to.deep.equal([]);
    expect(tokens).to.equal(1);
    expect(rows.filter(({ contract }) => contract === "MerchantPoint").map(({ needs }) => needs)).to.include.members([
      "SUPERVISOR",
      "till",
      "controller",
      "pool",
    ]);
  });

  describe("fails on", () => {
    it("an account that got a role otherwise", async () => {
      await manage("grantRole", [ROLES.STEWARD, REGULATOR, 0]);
      const { findings } = await walk();
      expect(findings.list[0]?.en).to.equal(
        `${REGULATOR} holds the role STEWARD, and no executed proposal of the council gave it. Revoke it by a proposal.`,
      );
      await manage("renounceRole", [ROLES.STEWARD, REGULATOR], REGULATOR);
      expect(await codesOf()).to.deep.equal([]);
    });

    it("a deployer that is still admin", async () => {
      await manage("grantRole", [ROLES.ADMIN, DEPLOYER, 0]);
      expect(await codesOf()).to.deep.equal(["foreignHolder"]);
    });

    it("a grant that rides in the transaction of a proposal about something else", async () => {
      const face = await faceOf("AllianceAccess");
      const rider = face.encodeFunctionData("grantRole", [ROLES.STEWARD, REGULATOR, 0]);
      // The council's relay hides the call from the list of the proposal's actions.
      const relay = (await faceOf("AllianceCouncil")).encodeFunctionData("relay", [
        addressOf("accessManager"),
        0n,
        rider,
      ]);
      await decide(addressOf("council"), [relay]);
      expect(await codesOf()).to.deep.equal(["foreignHolder"]);
    });

    it("a council that has lost a role", async () => {
      await manage("revokeRole", [ROLES.TREASURER, addressOf("council")]);
      expect(await codesOf()).to.deep.equal(["councilWithout"]);
    });

    it("a role with another admin or guardian", async () => {
      await manage("setRoleAdmin", [ROLES.TREASURER, ROLES.REGULATOR]);
      await manage("setRoleGuardian", [ROLES.STEWARD, ROLES.REGULATOR]);
      expect(await codesOf()).to.deep.equal(["foreignRule", "foreignRule"]);
    });

    it("a function that asks for a role which is none of ours", async () => {
      const expel = (await faceOf("Alliance")).getFunction("expel")!.selector;
      await manage("setTargetFunctionRole", [addressOf("alliance"), [expel], 2n ** 64n - 1n]);
      expect(await codesOf()).to.deep.equal(["unknownRole"]);
    });

    it("a restricted function that no role was set for", async () => {
      const expel = (await faceOf("Alliance")).getFunction("expel")!.selector;
      await manage("setTargetFunctionRole", [addressOf("alliance"), [expel], ROLES.ADMIN]);
      expect(await codesOf()).to.deep.equal(["unclassified"]);
    });

    it("a contract that obeys another AccessManager", async () => {
      await manage("updateAuthority", [addressOf("collateral"), addressOf("alliance")]);
      expect(await codesOf()).to.include("foreignAuthority");
    });

    it("a contract whose code is another's", async () => {
      const code = await provider.getCode(addressOf("collateral"));
      await callRpc(chain.url, "anvil_setCode", [addressOf("collateral"), code.replace("6080", "6081")]);
      expect(await codesOf()).to.include("foreignCode");
    });

    it("a call that a stranger has scheduled", async () => {
      await manage("grantRole", [ROLES.STEWARD, REGULATOR, 3_600]);
      const suspend = new Interface(["function suspend(uint256)"]).encodeFunctionData("suspend", [1n]);
      await manage("schedule", [addressOf("alliance"), suspend, 0], REGULATOR);
      expect(await codesOf()).to.deep.equal(["foreignHolder", "foreignSchedule"]);
    });
  });

  describe("as a command", () => {
    it("prints one table and says that all is well, in English and Chinese and for machines", async () => {
      const english = await run(["--rpc", chain.url, "--data-dir", dataDir]);
      expect(english.status).to.equal(0);
      expect(english.out).to.match(/^Alliance +expel\(uint256\) +COUNCIL +council \(at once\)$/m);
      expect(english.out).to.match(/No power but the council's/);
      const chinese = await run(["--rpc", chain.url, "--data-dir", dataDir, "--lang", "zh"]);
      expect(chinese.out).to.match(/^Alliance +expel\(uint256\) +COUNCIL +联盟理事会 \(立即\)$/m);
      const machine = await run(["--rpc", chain.url, "--data-dir", dataDir, "--json"]);
      expect((JSON.parse(machine.out) as { ok: boolean }).ok).to.equal(true);
    });

    it("ends with 1 and the first finding, when there is one", async () => {
      await manage("grantRole", [ROLES.COUNCIL, DEPLOYER, 0]);
      const { status, errors } = await run(["--rpc", chain.url, "--data-dir", dataDir]);
      expect(status).to.equal(1);
      expect(errors).to.include(`${DEPLOYER} holds the role COUNCIL`);
    });

    it("ends with 2 and one sentence, when it cannot look", async () => {
      const nobody = await run(["--rpc", "http://127.0.0.1:1", "--data-dir", dataDir]);
      expect([nobody.status, nobody.errors]).to.deep.equal([
        2,
        "No chain answers at http://127.0.0.1:1: start it, or correct --rpc.\n",
      ]);
      const nowhere = await run(["--data-dir", join(dataDir, "nothing")]);
      expect([nowhere.status, nowhere.errors.startsWith("There is no ")]).to.deep.equal([2, true]);
      const other = await mkdtemp(join(tmpdir(), "ledger-powers-other-"));
      await writeFile(join(other, "deployment.json"), JSON.stringify({ ...deployment, genesisHash: ZeroHash }));
      const elsewhere = await run(["--rpc", chain.url, "--data-dir", other]);
      await rm(other, { recursive: true });
      expect([elsewhere.status, elsewhere.errors.includes("is not the one that")]).to.deep.equal([2, true]);
      expect((await run(["--lang", "fr"])).status).to.equal(2);
    });

    it("explains itself", async () => {
      const { status, out } = await run(["--help"]);
      expect(status).to.equal(0);
      expect(out).to.include("npm run powers -- --json");
    });
  });
});

function run(args: readonly string[]): Promise<{ status: number | null; out: string; errors: string }> {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let [out, errors] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  return new Promise((resolve) => {
    child.once("close", (status) => resolve({ status, out, errors }));
  });
}
