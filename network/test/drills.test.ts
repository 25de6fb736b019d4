/**
 * The drills of docs/operations.md, played with the commands that it names on four stand-ins: what breaks, what the doctor
 * says of it, and that the network is well again after what the doctor told to do.
 */
import { expect } from "chai";
import { Wallet } from "ethers";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { callRpc } from "../../scripts/chain/rpc.ts";
import type { FindingCode } from "../doctor/catalogue.ts";
import type { Finding } from "../doctor/finding.ts";
import { CliNetwork } from "./support/cli-network.ts";

const [ONE, TWO, THREE, FOUR] = ["org-1-1", "org-2-1", "org-3-1", "org-4-1"] as const;
/** What the computer that runs the tests may have of its own. */
const MACHINE: readonly FindingCode[] = ["disk_low", "disk_full", "clock_unsynchronised"];
/** The last twenty blocks remember an illness that is over. */
const MEMORY: readonly FindingCode[] = ["round_changes", "validator_silent", "clock_wrong"];

interface Report {
  readonly isHealthy: boolean;
  readonly findings: readonly Finding[];
}

describe("the drills of the runbook", function () {
  this.timeout(300_000);
  let network: CliNetwork;

  before(async () => {
    network = await CliNetwork.make({ validators: 4, requestTimeoutSeconds: 2 });
    await network.do("up");
  });
  afterEach(() => {
    for (const node of [ONE, TWO, THREE, FOUR]) clearFault(node);
  });
  after(() => network.close());

  async function doctor(): Promise<Finding[]> {
    const { code, stdout, stderr } = await network.run("doctor", "--json");
    expect(code, stderr).to.be.oneOf([0, 4]);
    const { isHealthy, findings } = JSON.parse(stdout) as Report;
    expect(code).to.equal(isHealthy ? 0 : 4);
    return findings.filter((finding) => !MACHINE.includes(finding.code));
  }

  /** Asks until it says so: an illness takes some blocks to show. */
  async function doctorSays(code: FindingCode, about: string, isIt = (_: Finding) => true): Promise<Finding> {
    let found: Finding | undefined;
    await network.until(`the doctor says ${code} about ${about}`, async () => {
      found = (await doctor()).find((finding) => finding.code === code && finding.about === about && isIt(finding));
      return found !== undefined;
    });
    return found as Finding;
  }

  async function doctorIsContent(): Promise<void> {
    await network.until("the doctor finds nothing but what is over", async () =>
      (await doctor()).every(({ code }) => MEMORY.includes(code)),
    );
  }

  async function blocksCome(node: string, count = 3): Promise<void> {
    const from = await network.head(node);
    await network.until("blocks come", async () => (await network.head(node)) >= from + count);
  }

  const faultsOf = (node: string): string => join(network.folder.node(node).data, "stand-in-faults.json");
  const setFault = (node: string, fault: object): void => writeFileSync(faultsOf(node), JSON.stringify(fault));
  const clearFault = (node: string): void => rmSync(faultsOf(node), { force: true });

  it("nothing is wrong: the doctor says so, for people and for programs", async () => {
    await blocksCome(ONE);
    await network.until("the doctor finds nothing", async () => (await doctor()).length === 0);
    const { stdout } = await network.run("doctor");
    expect(stdout).to.match(/Block \d+, .*; 4 validators, 3 seal a block/);
  });

  it("one validator down: blocks go on, each fourth after a round more; it catches up", async () => {
    await network.do("down", "--node", FOUR);
    await blocksCome(ONE, 5);
    const findings = await doctor();
    expect(findings.map(({ code }) => code))
      .to.include("node_down")
      .and.not.include("quorum_lost");
    await doctorSays("round_changes", "network", ({ numbers }) => String(numbers["missed"]).includes(FOUR));
    await network.do("up", "--node", FOUR);
    await doctorIsContent();
  });

  it("two down: blocks stop at once, nothing is lost, and they come again with the third", async () => {
    await network.do("down", "--node", THREE);
    await network.do("down", "--node", FOUR);
    const lost = await doctorSays("quorum_lost", "network");
    expect(lost.severity).to.equal("critical");
    expect(lost.numbers).to.include({ n: 4, running: 2, quorum: 3, short: 1, missing: `${THREE}, ${FOUR}` });
    const head = await network.head(ONE);
    await network.do("up", "--node", THREE);
    await blocksCome(ONE);
    expect((await doctor()).map(({ code }) => code))
      .to.include("node_down")
      .and.not.include("quorum_lost");
    expect(await network.head(ONE)).to.be.greaterThan(head);
    await network.do("up");
    await doctorIsContent();
  });

  it("down for longer: four rounds later the doctor says to restart all together, which helps", async () => {
    await network.do("down", "--node", THREE);
    await network.do("down", "--node", FOUR);
    const restart = await doctorSays("restart_together", "network");
    expect(restart.numbers["round"]).to.be.at.least(4);
    await network.do("down");
    await network.do("up");
    await doctorIsContent();
  });

  it("all down: the doctor works without any node, and all of them come back", async () => {
    await network.do("down");
    const findings = await doctor();
    expect(findings[0]?.code).to.equal("quorum_lost");
    expect(findings[0]?.numbers).to.include({ running: 0, short: 3 });
    expect(findings.filter(({ code }) => code === "node_down")).to.have.length(4);
    await network.do("up");
    await blocksCome(TWO);
    await doctorIsContent();
  });

  it("a clock ahead: the others refuse its blocks, and the doctor names whose turns are missed", async () => {
    setFault(FOUR, { clockOffsetSeconds: 30 });
    // The first blocks that are late are another's now and then: a busy computer. Then its own are most.
    const wrong = await doctorSays("clock_wrong", "network", ({ numbers }) =>
      String(numbers["missed"]).startsWith(FOUR),
    );
    expect(wrong.numbers["seconds"]).to.be.within(28, 32);
    clearFault(FOUR);
    await blocksCome(FOUR);
  });

  it("a clock behind: the node refuses the others' blocks and falls behind", async () => {
    setFault(THREE, { clockOffsetSeconds: -40 });
    const wrong = await doctorSays("clock_wrong", THREE);
    expect(wrong.seen.en).to.contain("behind");
    await doctorSays("node_behind", THREE);
    clearFault(THREE);
    await doctorIsContent();
  });

  it("a full disk: the node ends and says why; with room again it goes on where it stood", async () => {
    setFault(TWO, { diskFull: true });
    await doctorSays("disk_write_failed", TWO);
    clearFault(TWO);
    await network.do("down", "--node", TWO);
    await network.do("up", "--node", TWO);
    await doctorIsContent();
  });

  it("a gas price that is not zero: the node would drop everything", async () => {
    const { config } = network.folder.node(TWO);
    const right = readFileSync(config, "utf8");
    writeFileSync(config, right.replace("min-gas-price=0", "min-gas-price=1000"));
    await network.do("down", "--node", TWO);
    await network.do("up", "--node", TWO);
    const wrong = await doctorSays("min_gas_price", TWO);
    expect(wrong.numbers["is"]).to.equal(1_000);
    writeFileSync(config, right);
    await network.do("down", "--node", TWO);
    await network.do("up", "--node", TWO);
    await doctorIsContent();
  });

  it("a missing nonce: what waits behind it is named, and goes on when it comes", async () => {
    const sender = Wallet.createRandom();
    const send = async (nonce: number): Promise<void> => {
      const fields = { type: 0, chainId: network.network.chain.chainId, nonce, gasLimit: 21_000n, gasPrice: 0n };
      const raw = await sender.signTransaction({ ...fields, to: sender.address, value: 0n });
      await callRpc(network.rpcUrl(ONE), "eth_sendRawTransaction", [raw]);
    };
    await send(2);
    const { numbers } = await doctorSays("nonce_gap", ONE);
    expect(numbers).to.include({ sender: sender.address.toLowerCase(), next: 0, lowest: 2, count: 1 });
    await send(0);
    await doctorSays("nonce_gap", ONE, (finding) => finding.numbers["next"] === 1);
    await send(1);
    await doctorIsContent();
  });

  it("another genesis.json: the digest tells, and the node that has it does not start", async () => {
    const right = readFileSync(network.folder.genesis, "utf8");
    await network.do("down", "--node", TWO);
    writeFileSync(network.folder.genesis, right.replace(/"gasLimit": ?"0x[0-9a-f]+"/, '"gasLimit":"0x2faf080"'));
    await doctorSays("genesis_changed", "network");
    expect((await network.run("up", "--node", TWO, "--timeout", "30")).code).to.be.greaterThan(0);
    await doctorSays("data_of_another_genesis", TWO);
    writeFileSync(network.folder.genesis, right);
    await network.do("up", "--node", TWO);
    await doctorIsContent();
  });

  it("a port that is taken: the doctor names it", async () => {
    await network.do("down", "--node", TWO);
    const port = Number(new URL(network.rpcUrl(TWO)).port);
    const squatter = createServer((socket) => socket.destroy()).listen(port, "127.0.0.1");
    const taken = await doctorSays("port_taken", TWO);
    expect(taken.numbers["ports"]).to.equal(String(port));
    expect((await network.run("up", "--node", TWO)).code).to.equal(3);
    await new Promise((closed) => squatter.close(closed));
    await network.do("up", "--node", TWO);
    await doctorIsContent();
  });

  it("a node taken off the allow-list: while static-nodes.json names it the node refuses to start, then it lacks a peer", async () => {
    const enode = network.network.nodes.find(({ id }) => id === FOUR)?.enode ?? "";
    const files = [network.folder.node(ONE).permissions, network.folder.staticNodes];
    const right = files.map((file) => readFileSync(file, "utf8"));
    const [allowed = "", dialled = ""] = right;
    const without = (text: string): string => text.replace(new RegExp(`"${enode}"\\s*,?|,?\\s*"${enode}"`), "");
    await network.do("down", "--node", ONE);
    writeFileSync(files[0] ?? "", without(allowed));
    expect((await network.run("up", "--node", ONE, "--timeout", "30")).code).to.be.greaterThan(0);
    await doctorSays("static_not_allowed", ONE);
    writeFileSync(files[1] ?? "", without(dialled));
    await network.do("up", "--node", ONE);
    const missing = await doctorSays("not_allowed", ONE);
    expect(missing.numbers["missing"]).to.contain(FOUR);
    await doctorSays("static_nodes_differ", "computer");
    await network.do("down", "--node", ONE);
    files.forEach((file, index) => writeFileSync(file, right[index] ?? ""));
    await network.do("up", "--node", ONE);
    await doctorIsContent();
  });
});
