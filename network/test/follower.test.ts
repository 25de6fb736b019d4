import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Contract } from "ethers";
import { nodeDirectory, nodeRewards } from "../../gateway/src/chain/contracts.ts";
import { enodeUrl, parseNodeKey } from "../besu/enode.ts";
import { writeAcceptedNode } from "../plan/accepted-node.ts";
import { networkFolder } from "../plan/folder.ts";
import { writeNetworkFile } from "../plan/network-file.ts";
import { dueAt, placeAt } from "../agent/schedule.ts";
import { startStandIn } from "./stand-in/start-stand-in.ts";
import type { StandIn } from "./stand-in/start-stand-in.ts";
import { EPOCH_SECONDS, startAgent, startStage, until, WINDOW_SECONDS, WINDOWS_REQUIRED } from "./support/stage.ts";
import type { AgentProcess, NodeOnStage, Stage } from "./support/stage.ts";

const PORTS = { p2p: 30_303, rpc: 8_545, ws: 8_546, metrics: 9_545 };
const CHAIN = {
  ...{ chainId: 20_260, blockPeriodSeconds: 1, requestTimeoutSeconds: 4, epochLength: 30_000, gasLimit: 60_000_000 },
  validatorSelection: "blockheader",
} as const;

// The node is a stand-in for Besu in front of the stage's chain: what only Besu knows is written by each test.
describe("an agent that follows, beside what it always did", function () {
  this.timeout(60_000);
  let stage: Stage;
  let standIn: StandIn;
  let node: NodeOnStage;
  let directory: string;
  let agent: AgentProcess | undefined;

  const enodeAt = (port: number): string => enodeUrl({ ...keyOf(node), host: "127.0.0.1", port });
  const follow = async () => (await agent!.health()).body.follow!;
  const status = async () => (await agent!.health()).body.status;
  const logOf = (address: string, abi: typeof nodeDirectory | typeof nodeRewards, event: string) => {
    const contract = new Contract(address, abi, stage.ledger.provider);
    return contract.queryFilter(contract.getEvent(event), 0, "latest");
  };
  const announced = () => logOf(stage.ledger.deployment.contracts.nodeDirectory, nodeDirectory, "NodeAnnounced");

  function keyOf({ wallet }: Pick<NodeOnStage, "wallet">) {
    return parseNodeKey(wallet.privateKey);
  }

  function start(): AgentProcess {
    agent = startAgent(stage, node, ["--network-dir", directory, "--node-rpc", standIn.url, "--settle-blocks", "0"]);
    return agent;
  }

  before(async function () {
    this.timeout(120_000);
    stage = await startStage();
  });
  after(() => stage.stop());

  beforeEach(async () => {
    node = await stage.admit();
    directory = mkdtempSync(join(tmpdir(), "follower-"));
    const { address, publicKey } = keyOf(node);
    const one = {
      id: "a-1",
      organisation: "a",
      role: "validator",
      host: "127.0.0.1",
      ports: PORTS,
      heapMb: 512,
    } as const;
    writeNetworkFile(networkFolder(directory), {
      ...{ version: 1, name: "test", chain: CHAIN, besuVersion: "26.8.0", organisations: [{ slug: "a", name: "A" }] },
      nodes: [{ ...one, publicKey, address, enode: enodeAt(30_303) }],
      genesisDigest: `0x${"11".repeat(32)}` as never,
    });
    const sealersOf = () => [address];
    standIn = await startStandIn(stage.ledger.url, {
      script: { sealersOf, isContractMode: true, enode: enodeAt(30_303), nodesAllowlist: [enodeAt(30_303)] },
    });
  });
  afterEach(async () => {
    await agent?.stop();
    agent = undefined;
    await standIn.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it("announces where the node is reached, and again when that changed", async () => {
    start();
    await until("it is announced", async () => (await follow()).announced === enodeAt(30_303));
    standIn.script.enode = enodeAt(30_399);
    await until("it is announced anew", async () => (await follow()).announced === enodeAt(30_399), 40_000);
    expect((await announced()).length).to.equal(2);
  });

  it("attests first when an attestation is near, and announces afterwards", async () => {
    const startedAt = Number(await logicOf("startedAt"));
    const schedule = {
      ...{ startedAt, epochSeconds: EPOCH_SECONDS, windowSeconds: WINDOW_SECONDS },
      windowsRequired: WINDOWS_REQUIRED,
    };
    const { timestamp } = (await stage.ledger.provider.getBlock("latest"))!;
    // The first window to come in which this node is due late enough to be waited for.
    let place = placeAt(schedule, timestamp + WINDOW_SECONDS);
    const secondsIn = () => dueAt(schedule, place, keyOf(node).address) - place.startsAt;
    while (secondsIn() < 5) place = placeAt(schedule, place.startsAt + WINDOW_SECONDS);
    await stage.goTo(place.epoch, place.window, Math.floor(secondsIn()) - 4);
    start();
    const { contracts } = stage.ledger.deployment;
    const before = (await announced()).length;
    await until("it is announced", async () => (await announced()).length > before, 40_000);
    const attested = await logOf(contracts.nodeRewards, nodeRewards, "Attested");
    const [announcement] = (await announced()).slice(-1);
    expect(attested.at(-1)!.blockNumber).to.be.lessThan(announcement!.blockNumber);
  });

  it("lets in who was accepted, as soon as the file is there", async () => {
    start();
    await until("it follows", async () => (await follow()).status === "ok");
    const guest = stage.makeNode();
    const enode = enodeUrl({ ...keyOf(guest), host: "127.0.0.1", port: 30_444 });
    writeAcceptedNode(networkFolder(directory), {
      ...{ version: 1, address: keyOf(guest).address, enode, organisation: "b" },
    });
    await until("it is let in and dialled", () => Promise.resolve(standIn.script.addedPeers.includes(enode)));
    expect(standIn.script.nodesAllowlist).to.include(enode);
  });

  it("lets the others in when the node refuses one, and says which", async () => {
    const guests = [stage.makeNode(), stage.makeNode()].map(keyOf).map(({ publicKey, address }, index) => {
      const enode = enodeUrl({ publicKey, host: "127.0.0.1", port: 30_500 + index });
      writeAcceptedNode(networkFolder(directory), { version: 1, address, enode, organisation: "b" });
      return enode;
    });
    const [bad = "", good = ""] = guests;
    standIn.faults.refuse = (method, params) =>
      method === "perm_addNodesToAllowlist" && JSON.stringify(params).includes(bad)
        ? "NODE_ALLOWLIST_INVALID_ENTRY"
        : undefined;
    start();
    await until("the other one is in", () => Promise.resolve(standIn.script.nodesAllowlist!.includes(good)));
    await until("it says so", async () => (await follow()).status === "failing");
    expect((await follow()).lastProblem?.message)
      .to.contain("invalid node")
      .and.to.contain(bad);
  });

  it("leaves everything alone while the node is catching up", async () => {
    standIn.script.syncTarget = 1_000_000;
    start();
    await until("it says so", async () => (await follow()).status === "syncing");
    expect(standIn.asked.some(({ method }) => method.startsWith("perm_"))).to.equal(false);
    standIn.script.syncTarget = undefined;
    await until("it follows", async () => (await follow()).status === "ok");
  });

  it("says that the node is another one's, and touches nothing of it", async () => {
    standIn.script.enode = enodeUrl({ ...keyOf(stage.makeNode()), host: "127.0.0.1", port: 1 });
    start();
    await until("it says so", async () => (await follow()).status === "otherNode");
    await until("its page says so", async () => (await status()) === "notFollowing");
    expect((await follow()).lastProblem?.message).to.contain("name its own --node-rpc");
    expect(
      standIn.asked.some(({ method }) => method.startsWith("perm_") || method === "qbft_proposeValidatorVote"),
    ).to.equal(false);
  });

  it("attests on when the node refuses what following needs, and names the group", async () => {
    standIn.faults.refuse = (method) => (/^(admin|perm|qbft)_/.test(method) ? "METHOD_NOT_ENABLED" : undefined);
    start();
    await until("it says so", async () => (await follow()).status === "failing");
    expect((await follow()).lastProblem?.message).to.contain("Name ADMIN in the node's rpc-http-api");
    await until("it attested", async () => (await stage.attested(node.memberId)).length > 0, 40_000);
    await until("its page says what is wrong", async () => (await status()) === "notFollowing");
    standIn.faults.refuse = () => undefined;
    await until("it follows again", async () => (await follow()).status === "ok", 40_000);
    expect((await follow()).lastProblem).to.equal(undefined);
  });

  it("follows with a node that talks with everybody", async () => {
    standIn.script.nodesAllowlist = undefined;
    start();
    await until("it follows", async () => (await follow()).status === "ok");
    expect((await follow()).allowed).to.equal(undefined);
    expect(await status()).to.equal("ok");
  });

  function logicOf(method: string): Promise<unknown> {
    const contract = new Contract(stage.ledger.deployment.contracts.nodeRewards, nodeRewards, stage.ledger.provider);
    return contract.getFunction(method)() as Promise<unknown>;
  }
});
