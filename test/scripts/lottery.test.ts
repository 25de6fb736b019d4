import { expect } from "chai";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Deployment } from "../../gateway/src/chain/deployment.ts";
import { connectChain } from "../../gateway/src/chain/json-rpc.ts";
import { recompute } from "../../scripts/lottery/recompute.ts";
import { deploymentOf } from "../invariants/replay.ts";
import { POINT } from "../support/alliance.ts";
import { buy, createStage, drawNow, open, voidNow } from "../support/lottery.ts";
import type { Draw, Stage } from "../support/lottery.ts";
import type { Bridge, Lie } from "../support/rpc-bridge.ts";
import { openBridge } from "../support/rpc-bridge.ts";

const SCRIPT = join(import.meta.dirname, "..", "..", "scripts", "lottery.ts");

describe("scripts/lottery", () => {
  let stage: Stage;
  let bridge: Bridge;
  let deployment: Deployment;
  let dataDir: string;
  let drawn: Draw;
  let voided: Draw;

  before(async () => {
    stage = await createStage();
    const { ethers, connection } = stage.ledger;
    const [ann, bob] = stage.customers;
    // A draw that took place, all of it settled but for what nobody claimed; and one that became void.
    drawn = await open(stage);
    await buy(stage, drawn, ann!, 60);
    await buy(stage, drawn, bob!, 30);
    await drawNow(stage, drawn);
    await stage.lottery.settle(drawn.drawId, [0n, 1n]);
    for (const index of [0n, 1n, 2n, 3n]) await stage.lottery.claim(drawn.drawId, index);
    voided = await open(stage);
    await buy(stage, voided, ann!, 3);
    await stage.merchant.token.connect(stage.merchant.till).capture(ann!, await refOf(voided, 0n), POINT);
    await voidNow(stage, voided);
    await stage.lottery.settle(voided.drawId, [0n]);

    bridge = await openBridge(connection.provider);
    const { hash } = (await ethers.provider.getBlock(0))!;
    deployment = { ...(await deploymentOf(stage.ledger)), genesisHash: hash as Deployment["genesisHash"] };
    dataDir = await mkdtemp(join(tmpdir(), "ledger-lottery-"));
    await writeFile(join(dataDir, "deployment.json"), JSON.stringify(deployment));
  });

  after(async () => {
    await bridge.close();
    await rm(dataDir, { recursive: true });
  });

  afterEach(() => {
    bridge.lie = (_method, result) => result;
  });

  const refOf = async ({ drawId }: Draw, id: bigint) => (await stage.lottery.purchaseOf(drawId, id)).ref;

  /** Runs the program as a reader would. */
  async function run(...args: string[]): Promise<{ code: number | null; out: string }> {
    const child = spawn(process.execPath, [SCRIPT, ...args, "--rpc", bridge.url, "--data-dir", dataDir]);
    let out = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (out += chunk.toString()));
    const code = await new Promise<number | null>((done) => child.on("close", done));
    return { code, out };
  }

  /** The same in this process, through the same node; answers what differs. */
  async function verify(drawId: bigint): Promise<string> {
    const chain = connectChain(bridge.url);
    try {
      const { checks } = await recompute(chain, deployment, drawId);
      return `${checks.total} agree`;
    } catch (error) {
      return (error as Error).message;
    } finally {
      chain.close();
    }
  }

  interface Log {
    address: string;
    topics: string[];
    data: string;
  }

  /** A node that changes, or leaves out, one kind of log of the lottery. */
  function lyingAbout(name: Parameters<typeof stage.lottery.interface.getEvent>[0], change: (log: Log) => Log[]): Lie {
    const { topicHash } = stage.lottery.interface.getEvent(name);
    return (method, result) =>
      method === "eth_getLogs"
        ? (result as Log[]).flatMap((log) => (log.topics[0] === topicHash ? change(log) : [log]))
        : result;
  }

  it("recomputes a draw that took place, and says who won", async () => {
    const { code, out } = await run("verify", "1");
    expect(out).to.include("winning numbers").and.to.include("entropy (asked of the node)");
    for (const number of await stage.lottery.numbersOf(1n)) expect(out).to.include(`number ${number}, `);
    expect(out).to.match(/facts of draw 1 agree/);
    expect(code).to.equal(0);
  });

  it("recomputes a void draw: nothing drawn, and what the merchant took was given back", async () => {
    expect(await verify(voided.drawId)).to.match(/^\d+ agree$/);
  });

  it("lists the draws there are", async () => {
    const { code, out } = await run("list");
    expect(out)
      .to.match(/draw 1 of 0x[0-9a-f]{40}: drawn/)
      .and.to.match(/draw 2 of 0x[0-9a-f]{40}: void/);
    expect(code).to.equal(0);
  });

  it("exits with 1 at a difference, and with 2 when it can not know", async () => {
    bridge.lie = lyingAbout("DrawDrawn", (log) => [{ ...log, data: log.data.replace(/.$/, (digit) => flip(digit)) }]);
    const lied = await run("verify", "1");
    expect(lied.out).to.include("DIFFERENCE: winning numbers of draw 1");
    expect(lied.code).to.equal(1);
    bridge.lie = (method, result) => (method === "eth_getBlockByNumber" ? null : result);
    expect((await run("verify", "1")).code).to.equal(2);
  });

  const flip = (digit: string): string => (Number.parseInt(digit, 16) ^ 1).toString(16);

  const lies: readonly [string, () => Lie, RegExp][] = [
    [
      "another secret",
      () => lyingAbout("SecretRevealed", (log) => [{ ...log, data: log.data.replace(/.$/, flip) }]),
      /^commitment of merchant of draw 1/,
    ],
    [
      "another hash of the entropy block",
      () => lyingAbout("EntropyKept", (log) => [{ ...log, data: log.data.replace(/.$/, flip) }]),
      /^entropy \(asked of the node\) of draw 1/,
    ],
    [
      "a purchase less",
      () => lyingAbout("TicketsBought", (log) => (BigInt(log.topics[2]!) === 0n ? [] : [log])),
      /^purchase of purchase 0 of draw 1/,
    ],
    [
      "another receiver of a prize",
      () =>
        lyingAbout("PrizePaid", (log) => [
          { ...log, topics: [...log.topics.slice(0, 3), "0x" + "0".repeat(24) + "ab".repeat(20)] },
        ]),
      /^(winner|merchant's part) of prize 0 of draw 1/,
    ],
    ["a prize paid twice", () => lyingAbout("PrizePaid", (log) => [log, log]), /^paid once of prize 0 of draw 1/],
    [
      "a witness that is nobody's representative",
      () =>
        lyingAbout("DrawWitnessed", (log) => [
          { ...log, topics: [...log.topics.slice(0, 2), "0x" + "0".repeat(24) + "cd".repeat(20)] },
        ]),
      /^witness represents an active member of draw 1/,
    ],
    [
      "a ticket taken for one let go",
      () => lyingAbout("TicketsSettled", (log) => [{ ...log, data: log.data.replace(/.$/, flip) }]),
      /^captured of purchase 0 of draw 1/,
    ],
  ];

  for (const [what, lie, difference] of lies)
    it(`finds ${what}`, async () => {
      bridge.lie = lie();
      expect(await verify(1n)).to.match(difference);
    });

  it("finds a node that changes the block itself, and passes over one that has forgotten it", async () => {
    const { entropyBlock } = await stage.lottery.drawOf(1n);
    const asked = "0x" + entropyBlock.toString(16);
    const isIt = (params: readonly unknown[]) => params[0] === asked;
    bridge.lie = (method, result, params) =>
      method === "eth_getBlockByNumber" && isIt(params)
        ? { ...(result as object), hash: "0x" + "ee".repeat(32) }
        : result;
    expect(await verify(1n)).to.match(/^entropy \(asked of the node\) of draw 1/);
    let asks = 0;
    bridge.lie = (method, result, params) => {
      if (method === "eth_getBlockByNumber" && isIt(params)) asks += 1;
      // The first is for the times of all blocks.
      return asks > 1 && isIt(params) ? null : result;
    };
    expect(await verify(1n)).to.match(/^\d+ agree$/);
  });
});
