import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { CONTRACT_NAMES } from "../../gateway/src/chain/deployment.ts";
import { AgentStop } from "../agent/agent-stop.ts";
import { readOptions } from "../agent/options.ts";
import { spawnAgent } from "./support/stage.ts";

const KEY = "11".repeat(32);
const AT = `0x${"ab".repeat(20)}`;

describe("agent options", () => {
  it("come from flags first, then from the environment, then from the defaults", () => {
    const env = { AGENT_KEY_FILE: "/keys/node", LEDGER_RPC_URL: "http://a:1,https://b:2", AGENT_CLAIM: "false" };
    const options = readOptions(["--health-port", "0", "--attest-every", "3", "--rpc", "http://c:3"], env);
    expect(options).to.deep.include({
      keyFile: "/keys/node",
      rpcUrls: ["http://c:3"],
      healthPort: 0,
      attestEvery: 3,
      claims: false,
      timeoutMs: 10_000,
      pollMs: 1_000,
      logLevel: "info",
    });
    expect(readOptions(["--claim"], env)).to.deep.include({ claims: true, rpcUrls: ["http://a:1", "https://b:2"] });
    expect(readOptions(["--no-claim", "--key-file", "/other"], {})).to.deep.include({ claims: false, attestEvery: 1 });
    const addresses = ["--key-file", "/k", "--alliance", AT.toUpperCase().replace("X", "x"), "--node-rewards", AT];
    expect(readOptions(addresses, {})).to.deep.include({ contracts: { alliance: AT, nodeRewards: AT } });
  });

  it("switch following on with the network's folder, on the first node given unless another is named", () => {
    const flags = ["--key-file", "/k", "--rpc", "http://a:1,http://b:2"];
    expect(readOptions(flags, {})).to.deep.include({ follow: undefined });
    expect(readOptions([...flags, "--network-dir", "/net"], {})).to.deep.include({
      follow: { networkDir: "/net", nodeRpc: "http://a:1", settleBlocks: 10 },
    });
    const env = { AGENT_NETWORK_DIR: "/net", AGENT_NODE_RPC: "http://c:3", AGENT_SETTLE_BLOCKS: "2" };
    expect(readOptions(flags, env)).to.deep.include({
      follow: { networkDir: "/net", nodeRpc: "http://c:3", settleBlocks: 2 },
    });
  });

  for (const { why, args, names } of [
    { why: "no key file", args: [], names: "--key-file" },
    { why: "a flag that is none", args: ["--key-flie", "x"], names: "--key-flie" },
    { why: "a key on the command line", args: ["--key", KEY], names: "--key" },
    { why: "an address of something else", args: ["--key-file", "k", "--rpc", "ftp://x"], names: "--rpc" },
    { why: "a port that is none", args: ["--key-file", "k", "--health-port", "70000"], names: "--health-port" },
    { why: "no window at all", args: ["--key-file", "k", "--attest-every", "0"], names: "--attest-every" },
    { why: "one contract of two", args: ["--key-file", "k", "--alliance", AT], names: "--node-rewards" },
    {
      why: "a short address",
      args: ["--key-file", "k", "--alliance", "0x1", "--node-rewards", AT],
      names: "--alliance",
    },
    {
      why: "several own nodes",
      args: ["--key-file", "k", "--network-dir", "n", "--node-rpc", "http://a:1,http://b:2"],
      names: "--node-rpc",
    },
    { why: "a log level that is none", args: ["--key-file", "k", "--log-level", "loud"], names: "--log-level" },
  ])
    it(`refuse ${why}, naming it`, () => {
      expect(() => readOptions(args, {}))
        .to.throw(AgentStop)
        .with.property("message")
        .that.includes(names)
        .and.not.includes(KEY);
    });
});

describe("agent process", function () {
  this.timeout(30_000);
  let directory: string;
  const fileOf = (name: string, content: string): string => {
    writeFileSync(join(directory, name), content, { mode: 0o600 });
    return join(directory, name);
  };
  const contracts = ["--alliance", AT, "--node-rewards", AT];

  before(() => {
    directory = mkdtempSync(join(tmpdir(), "ledger-agent-process-"));
  });

  after(() => {
    rmSync(directory, { recursive: true });
  });

  /** A node that answers the same to every question of a kind. */
  async function startNode(answers: Readonly<Record<string, unknown>>) {
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        const { id, method } = JSON.parse(body) as { id: number; method: string };
        response.end(JSON.stringify({ jsonrpc: "2.0", id, result: answers[method] ?? null }));
      });
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = server.address();
    return { url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`, server };
  }

  const hash = `0x${"00".repeat(32)}`;
  const block = {
    number: "0x5",
    hash,
    parentHash: hash,
    timestamp: "0x5",
    miner: AT,
    gasUsed: "0x0",
    transactions: [],
  };

  it("prints its help in both languages, with examples, and ends with 0", async () => {
    const agent = spawnAgent(["--help"]);
    expect(await agent.ended).to.equal(0);
    for (const word of ["Examples", "示例", "--key-file", "节点私钥文件", "退出码"])
      expect(agent.output()).to.contain(word);
  });

  for (const { why, content, says } of [
    { why: "is not there", content: undefined, says: "can not be read (ENOENT)" },
    { why: "holds no key", content: "hello", says: "does not hold 64 hex digits" },
    { why: "holds a number that is no key", content: "00".repeat(32), says: "no private key of the curve" },
  ])
    it(`ends with 2 when the key file ${why}`, async () => {
      const file = content === undefined ? join(directory, "nowhere") : fileOf("bad.key", content);
      const agent = spawnAgent(["--key-file", file, ...contracts]);
      expect(await agent.ended).to.equal(2);
      expect(agent.output()).to.contain(says);
    });

  it("ends with 2 when the deployment file is none", async () => {
    const [key, deployment] = [fileOf("node.key", KEY), fileOf("deployment.json", '{"chainId":1}')];
    const agent = spawnAgent(["--key-file", key, "--deployment", deployment]);
    expect(await agent.ended).to.equal(2);
    expect(agent.output()).to.contain("deployment file");
  });

  it("ends with 3 when there is no such contract, and waits while the node is catching up", async () => {
    const answers = { eth_chainId: "0x1", eth_getBlockByNumber: block, eth_call: "0x" };
    const key = fileOf("node.key", `0x${KEY}\n`);
    const flags = ["--state-dir", directory, "--health-port", "0", "--poll-ms", "50", ...contracts];
    const done = await startNode({ ...answers, eth_syncing: false });
    const agent = spawnAgent(["--key-file", key, "--rpc", done.url, ...flags]);
    expect(await agent.ended).to.equal(3);
    expect(agent.output()).to.contain("There is no NodeRewards contract");
    done.server.close();

    const behind = await startNode({ ...answers, eth_syncing: { currentBlock: "0x1" } });
    const waiting = spawnAgent(["--key-file", key, "--rpc", behind.url, ...flags]);
    await waiting.ready;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await waiting.health()).body.status).to.be.oneOf(["starting", "failing"]);
    expect(await waiting.stop()).to.equal(0);
    behind.server.close();
  });

  it("ends with 2 when it is to follow and not all contracts are named", async () => {
    const key = fileOf("node.key", KEY);
    const flags = ["--key-file", key, "--network-dir", join(directory, "nowhere"), "--health-port", "0"];
    const bare = spawnAgent([...flags, ...contracts]);
    expect(await bare.ended).to.equal(2);
    expect(bare.output()).to.contain("--network-dir needs --deployment");
  });

  it("ends with 3 on another chain than the deployment's", async () => {
    const node = await startNode({ eth_chainId: "0x2", eth_getBlockByNumber: block });
    const deployment = fileOf(
      "deployment.json",
      JSON.stringify({
        chainId: 1,
        genesisHash: hash,
        deployedAtBlock: 0,
        contracts: Object.fromEntries(CONTRACT_NAMES.map((name) => [name, AT])),
      }),
    );
    const key = fileOf("node.key", KEY);
    const args = ["--key-file", key, "--rpc", node.url, "--deployment", deployment, "--health-port", "0"];
    const agent = spawnAgent([...args, "--state-dir", directory]);
    expect(await agent.ended).to.equal(3);
    expect(agent.output()).to.contain("on chain 2, the deployment on 1");
    node.server.close();
  });

  it("ends with 4 when its health port is taken, answers nothing but GET /health, and warns of an open key file", async () => {
    const node = await startNode({});
    const key = fileOf("open.key", KEY);
    chmodSync(key, 0o644);
    const args = ["--key-file", key, "--rpc", node.url, "--state-dir", directory, ...contracts];
    const first = spawnAgent([...args, "--health-port", "0"]);
    const url = await first.ready;
    expect((await fetch(`${url}/other`)).status).to.equal(404);
    expect((await fetch(`${url}/health`, { method: "POST" })).status).to.equal(404);
    expect((await first.health()).httpStatus).to.equal(503);
    const second = spawnAgent([...args, "--health-port", new URL(url).port]);
    expect(await second.ended).to.equal(4);
    expect(await first.stop()).to.equal(0);
    expect(first.output()).to.contain("chmod 600").and.not.to.contain(KEY);
    node.server.close();
  });
});
