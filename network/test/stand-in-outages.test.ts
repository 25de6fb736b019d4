/** Stand-ins that fail, come back, move house or disagree. Round timeouts double as Besu's do, so each test fails once. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { expect } from "chai";
import { Wallet, id } from "ethers";
import { CONTRACT, SmallNetwork } from "./stand-in/small-network.ts";
import type { SmallNode } from "./stand-in/small-network.ts";
import { storeCall } from "./stand-in/tiny-contracts.ts";

const BESU = join(import.meta.dirname, "stand-in", "bin", "besu");
const logOf = ({ folder }: SmallNode): string => readFileSync(join(folder, "besu.log"), "utf8");

/** Processes whose command line names that text. */
function processesWith(text: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    const file = `/proc/${pid}/cmdline`;
    try {
      return /^\d+$/.test(pid) && existsSync(file) && readFileSync(file, "utf8").includes(text);
    } catch {
      return false;
    }
  });
}

describe("stand-ins for Besu that fail", function () {
  this.timeout(300_000);
  const network = new SmallNetwork({ validators: 4 });
  const node = (index: number): SmallNode => network.nodes[index]!;

  before(async () => {
    await network.write();
    await network.startAll();
  });
  after(() => network.close());

  it("go on without one of four, and it catches up from what it kept", async () => {
    await network.stop(node(3), "SIGKILL");
    await network.reach(node(0), (await network.head(node(0))) + 6);
    // Its turn was missed: a block was made in a later round.
    const late = await Promise.all(
      Array.from({ length: 6 }, async (_, back) => {
        const number = `0x${((await network.head(node(0))) - back).toString(16)}`;
        return (await network.get<{ extraData: string }>(node(0), "eth_getBlockByNumber", [number, false])).extraData;
      }),
    );
    expect(late.some((extraData) => extraData.includes("c001f8"))).to.equal(true);
    network.start(node(3));
    await network.until(
      "it has caught up",
      async () => (await network.head(node(3))) >= (await network.head(node(0))) - 1,
    );
    expect(logOf(node(3))).to.match(/Chain head #[1-9]/);
  });

  it("stop without two of four, and go on when one is back", async () => {
    await Promise.all([network.stop(node(2)), network.stop(node(3))]);
    const head = await network.head(node(0));
    await network.until("round 2 began", () => Promise.resolve(/Moved to round 2 which will/.test(logOf(node(0)))));
    expect(await network.head(node(0))).to.be.within(head, head + 1);
    network.start(node(2));
    network.start(node(3));
    await network.until("blocks are made again", async () => (await network.head(node(3))) > head + 2, 240_000);
  });

  it("take over a copy of another's data, at a key of its own", async () => {
    await Promise.all([network.stop(node(0)), network.stop(node(3))]);
    const data = join(node(3).folder, "data");
    rmSync(data, { recursive: true });
    cpSync(join(node(0).folder, "data"), data, { recursive: true });
    network.start(node(0));
    network.start(node(3));
    await network.until("it answers", async () => (await network.head(node(3))) > 3);
    await network.until(
      "it has caught up",
      async () => (await network.head(node(3))) >= (await network.head(node(0))) - 1,
    );
    expect(await network.get(node(3), "net_enode")).to.equal(node(3).enode);
  });

  it("do not speak with one whose block 0 is another", async () => {
    await network.stop(node(3));
    const folder = node(3).folder;
    const other = join(folder, "other-genesis.json");
    writeFileSync(other, readFileSync(network.genesisFile, "utf8").replace('"0x3938700"', '"0x3938701"'));
    const held = spawnSync(BESU, [...network.argumentsOf(node(3)), `--genesis-file=${other}`]);
    expect(String(held.stderr)).to.include("should be specified only once");
    const swapped = network
      .argumentsOf(node(3))
      .map((one) => (one.startsWith("--genesis-file") ? `--genesis-file=${other}` : one));
    const mismatch = spawnSync(BESU, swapped, { encoding: "utf8" });
    expect(mismatch.status).to.equal(1);
    expect(mismatch.stdout).to.include("Supplied genesis block does not match chain data stored in");
    rmSync(join(folder, "data"), { recursive: true });
    network.start(node(3), {}, swapped);
    await network.until("the others refuse it", () =>
      Promise.resolve(/mismatched network id or genesis hash/.test(logOf(node(0)))),
    );
    expect(await network.get(node(3), "net_peerCount")).to.equal("0x0");
    await network.stop(node(3));
    rmSync(join(folder, "data"), { recursive: true });
    network.start(node(3));
    await network.until("it is back", async () => (await network.get(node(3), "net_peerCount")) === "0x3");
  });

  it("refuse blocks of one whose clock runs ahead, and pass its turns", async () => {
    const switches = join(node(1).folder, "data", "stand-in-faults.json");
    writeFileSync(switches, JSON.stringify({ clockOffsetSeconds: 60 }));
    await network.until("a proposal of the future is refused", () =>
      Promise.resolve(/timestamp \d+ is greater than the timestamp margin/.test(logOf(node(0)))),
    );
    await network.reach(node(0), (await network.head(node(0))) + 3);
    rmSync(switches);
  });

  it("lose transactions, and end on a full disk, when a drill asks for it", async () => {
    const switches = join(node(1).folder, "data", "stand-in-faults.json");
    writeFileSync(switches, JSON.stringify({ dropTransactions: true }));
    const sender = new Wallet(id("dropped"));
    await network.until("its switch was read", async () => {
      const nonce = Number(await network.get(node(1), "eth_getTransactionCount", [sender.address, "latest"]));
      const { result } = await network.send(node(1), sender, { to: CONTRACT, nonce });
      return result !== undefined && (await network.get(node(1), "eth_getTransactionByHash", [result])) === null;
    });
    rmSync(switches);
    await network.stop(node(1));
    const child = network.start(node(1), { STAND_IN_FAULTS: JSON.stringify({ diskFull: true }) });
    const [code] = (await once(child, "exit")) as [number];
    expect(code).to.equal(1);
    expect(logOf(node(1))).to.include("No space left on device");
    network.start(node(1));
    await network.until("it is back", async () => (await network.head(node(1))) >= (await network.head(node(0))) - 1);
  });

  it("leave no EVM behind, however they end", async () => {
    await network.stop(node(2), "SIGKILL");
    await network.until("the killed one's EVM is gone", () =>
      Promise.resolve(processesWith(network.genesisFile).length === 3 * 3),
    );
    await Promise.all(network.nodes.map((one) => network.stop(one)));
    expect(processesWith(network.genesisFile)).to.deep.equal([]);
  });

  for (const { why, options, says } of [
    {
      why: "an option that Besu has not",
      options: ["--data-path=/data", "--blocks=fast"],
      says: "Unknown option: '--blocks=fast'",
    },
    { why: "a number that is none", options: ["--p2p-port=high"], says: "Invalid value for option '--p2p-port'" },
    {
      why: "a file that is not there",
      options: ["--config-file=/nowhere.toml"],
      says: "Unable to read TOML configuration, file /nowhere.toml",
    },
    {
      why: "an RPC group that Besu has not",
      options: ["--data-path=/data", "--genesis-file=/data", "--rpc-http-api=ETH,COFFEE"],
      says: "invalid entries found [COFFEE]",
    },
  ])
    it(`refuse ${why}`, () => {
      const { status, stderr } = spawnSync(BESU, options, { encoding: "utf8" });
      expect(status).to.equal(1);
      expect(stderr).to.include(says);
    });

  it("refuse an option in a file that Besu has not", () => {
    const file = join(network.root, "wrong.toml");
    writeFileSync(file, 'data-path="/data"\nrpc-http-ports=8545\n');
    const { status, stderr } = spawnSync(BESU, [`--config-file=${file}`], { encoding: "utf8" });
    expect([status, stderr.split("\n")[0]]).to.deep.equal([
      1,
      "Unknown option in TOML configuration file: rpc-http-ports",
    ]);
  });

  it("say their version as Besu does, and that they are none", () => {
    const { stdout } = spawnSync(BESU, ["--version"], { encoding: "utf8" });
    expect(stdout).to.match(/^besu\/v26\.8\.0\/stand-in-/);
  });
});

describe("stand-ins for Besu whose validators a contract names", function () {
  this.timeout(240_000);
  const network = new SmallNetwork({ validators: 4, observers: 1, isContractMode: true });
  const node = (index: number): SmallNode => network.nodes[index]!;

  before(async () => {
    await network.write();
    await network.startAll();
  });
  after(() => network.close());

  it("ask it after each block, and answer a block early", async () => {
    const joining = node(4).identity.address;
    const sender = new Wallet(id("governor"));
    await network.send(node(0), sender, { to: CONTRACT, nonce: 0, data: storeCall(5, BigInt(joining)) });
    const { result } = await network.send(node(0), sender, { to: CONTRACT, nonce: 1, data: storeCall(0, 5) });
    const block = Number((await network.receipt(node(0), result))["blockNumber"]);
    await network.reach(node(0), block + 1);
    const at = (number: number): Promise<string[]> =>
      network.get(node(0), "qbft_getValidatorsByBlockNumber", [`0x${number.toString(16)}`]);
    expect(await at(block - 1)).to.have.length(4); // those who sealed `block`
    expect(await at(block)).to.have.length(5); // those who may seal the next one
    await network.until("the new one makes a block", async () => {
      const head = await network.get<{ miner: string }>(node(0), "eth_getBlockByNumber", ["latest", false]);
      return head.miner === joining;
    });
    const head = await network.get<{ extraData: string }>(node(0), "eth_getBlockByNumber", ["latest", false]);
    expect(head.extraData).to.match(/^0xf9[0-9a-f]{4}a0(00){32}c0c0/);
  });

  it("have no votes", async () => {
    for (const [method, params] of [
      ["qbft_proposeValidatorVote", [node(4).identity.address, true]],
      ["qbft_discardValidatorVote", [node(4).identity.address]],
      ["qbft_getPendingVotes", []],
    ] as const) {
      const { error } = await network.ask(node(0), method, params);
      expect(error).to.deep.equal({ code: -32604, message: "Method not enabled" });
    }
  });

  it("stop when it names nobody, and a transition in the genesis of all brings them back", async () => {
    const sender = new Wallet(id("governor"));
    const { result } = await network.send(node(0), sender, { to: CONTRACT, nonce: 2, data: storeCall(0, 0) });
    const last = Number((await network.receipt(node(0), result))["blockNumber"]);
    await Promise.all(network.nodes.map((one) => network.reach(one, last)));
    await Promise.all(network.nodes.map((one) => network.stop(one)));
    const genesis = JSON.parse(readFileSync(network.genesisFile, "utf8")) as { config: object };
    const validators = network.nodes.slice(0, 4).map(({ identity }) => identity.address);
    const transition = { block: last + 1, validatorselectionmode: "blockheader", validators };
    const config = { ...genesis.config, transitions: { qbft: [transition] } };
    writeFileSync(network.genesisFile, JSON.stringify({ ...genesis, config }));
    for (const one of network.nodes) network.start(one);
    await network.reach(node(4), last + 2);
    expect(await network.get(node(0), "qbft_getValidatorsByBlockNumber", ["latest"])).to.have.length(4);
  });
});
