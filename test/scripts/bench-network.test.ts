import { expect } from "chai";
import { id, Transaction } from "ethers";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import type { FaultProxy } from "../../gateway/test/support/fault-proxy.ts";
import { startFaultProxy } from "../../gateway/test/support/fault-proxy.ts";
import { quantile } from "../../scripts/bench/measure.ts";
import { readBenchOptions } from "../../scripts/bench/options.ts";
import { findFreePort } from "../../scripts/chain/ports.ts";
import { callRpc } from "../../scripts/chain/rpc.ts";
import type { LocalChain } from "../../scripts/local-chain.ts";
import { startLocalChain } from "../../scripts/local-chain.ts";

const SCRIPT = join(import.meta.dirname, "..", "..", "scripts", "bench-network.ts");
const ISSUED = id("Issued(bytes32,address,uint256,uint256,uint256)");
const SWAPPED = id("Swapped(address,address,address,uint256,uint256,uint256,uint256)");
/** Transactions that the second node takes and forgets. */
const SWALLOWED = 30;

async function runBench(args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, out, err };
}

describe("scripts/bench-network", () => {
  describe("on a chain", function () {
    this.timeout(300_000);
    let dataDir: string;
    let chain: LocalChain;
    let forgetful: FaultProxy;

    before(async () => {
      dataDir = await mkdtemp(join(tmpdir(), "ledger-bench-test-"));
      const genesisAt = Math.floor(Date.now() / 1_000) - 60;
      chain = await startLocalChain({ dataDir, port: await findFreePort(), genesisAt });
      await chain.arriveInPresent();
      forgetful = await startFaultProxy(chain.url);
    });

    after(async () => {
      await forgetful.close();
      await chain.stop();
      await rm(dataDir, { recursive: true });
    });

    /** How many such events the whole chain holds. */
    async function logsOf(topic: string): Promise<number> {
      const filter = { fromBlock: "0x0", toBlock: "latest", topics: [topic] };
      return (await callRpc<unknown[]>(chain.url, "eth_getLogs", [filter])).length;
    }

    it("counts what was confirmed through two nodes, one of which forgets what it is sent", async () => {
      let swallowed = 0;
      forgetful.answer = ({ method, params }) => {
        if (method !== "eth_sendRawTransaction" || swallowed === SWALLOWED) return undefined;
        swallowed += 1;
        return { result: Transaction.from(String(params[0])).hash };
      };
      const asked = ["--seconds", "6", "--keys", "6", "--batch", "5", "--json"];
      const { code, out, err } = await runBench(["--rpc", `${chain.url},${forgetful.url}`, ...asked]);
      expect(code, err).to.equal(0);
      const { network, results } = JSON.parse(out) as {
        network: Record<string, unknown>;
        results: { name: string; effects: number; transactions: number; refused: number; perSecond: number }[];
      };
      expect(network).to.include({ chainId: 20260, validators: 1, endpoints: 2, gasLimit: 60_000_000 });
      expect(results.map(({ name }) => name)).to.deep.equal(["issues", "swaps"]);
      for (const { effects, refused, perSecond } of results) {
        expect(effects).to.be.greaterThan(0);
        expect(perSecond).to.be.greaterThan(0);
        expect(refused).to.equal(0);
      }
      // Everything that was sent is in the chain once, what was forgotten included; each batch was of five.
      const [issues, swaps] = results as [(typeof results)[0], (typeof results)[0]];
      expect(swallowed).to.equal(SWALLOWED);
      expect(await logsOf(SWAPPED)).to.equal(swaps.transactions);
      // Two more issues: the first points of the keys, from either merchant.
      expect((await logsOf(ISSUED)) - 2).to.equal(issues.transactions);
      expect(issues.effects % 5).to.equal(0);
      expect(err).to.contain("bench: swaps by 6 keys for 6 s");
      expect(err).not.to.match(/0x[0-9a-f]{64}/); // no key
    });
  });

  it("says so when no node answers", async () => {
    const { code, err } = await runBench(["--rpc", `http://127.0.0.1:${await findFreePort()}`]);
    expect(code).to.equal(1);
    expect(err).to.match(/^No node answered eth_chainId: /);
  });

  it("tells what it can be asked", async () => {
    const { code, out } = await runBench(["--help"]);
    expect([code, out.includes("--rpc URL")]).to.deep.equal([0, true]);
  });

  it("refuses wrong options by their names, with exit code 2", async () => {
    const { code, err } = await runBench(["--rpc", "http://127.0.0.1:1", "--keys", "401"]);
    expect(code).to.equal(2);
    expect(err.trim()).to.equal('--keys is a whole number from 1 to 400, not "401".');
    for (const [args, words] of [
      [[], "Give the nodes to measure"],
      [["--rpc", "ws://node:8546"], '"ws://node:8546" is no address of a node'],
      [["--rpc", "http://a:1", "--seconds", "4"], "--seconds is a whole number from 5 to 600"],
      [["--rpc", "http://a:1", "--batch", "1e2"], "--batch is a whole number from 1 to 500"],
      [["--rpc", "http://a:1", "--fast"], "See --help."],
    ] as const) {
      expect(() => readBenchOptions(args), args.join(" ")).to.throw(words);
    }
  });

  it("reads several nodes, and its defaults", () => {
    expect(readBenchOptions(["--rpc", "http://a:1,http://b:2"])).to.deep.equal({
      urls: ["http://a:1", "http://b:2"],
      ...{ seconds: 30, keys: 40, batch: 100, json: false },
    });
  });

  for (const { values, share, is } of [
    { values: [], share: 0.5, is: 0 },
    { values: [7], share: 0.95, is: 7 },
    { values: [3, 1, 2], share: 0.5, is: 2 },
    { values: [10, 9, 8, 7, 6, 5, 4, 3, 2, 1], share: 0.95, is: 10 },
  ]) {
    it(`has ${is} as the ${share} quantile of [${values.join(", ")}]`, () => {
      expect(quantile(values, share)).to.equal(is);
    });
  }
});
