import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { isAlive } from "../../../scripts/tooling/process.ts";
import { CliNetwork } from "../support/cli-network.ts";

interface StatusJson {
  readonly head: number;
  readonly quorum: number;
  readonly faultsTolerated: number;
  readonly validators: readonly string[];
  readonly nodes: readonly {
    readonly id: string;
    readonly pid?: number;
    readonly answers: boolean;
    readonly isValidator: boolean;
    readonly peers?: number;
  }[];
}

describe("network up, status, logs and down", function () {
  this.timeout(240_000);
  let net: CliNetwork;

  const status = async (...args: string[]): Promise<StatusJson> =>
    JSON.parse(await net.do("status", "--json", ...args)) as StatusJson;
  const pidOf = (id: string): number => Number(readFileSync(net.folder.node(id).besuPid, "utf8"));

  before(async () => {
    net = await CliNetwork.make({ validators: 4, observers: 1 });
  });
  after(() => net.close());

  it("says without BESU_HOME how to get Besu and how to use docker compose, and starts nothing", async () => {
    const { code, stderr } = await net.runWith({ BESU_HOME: undefined }, "up");
    expect(code).to.equal(3);
    expect(stderr)
      .to.include("besu-eth/besu/releases")
      .and.include(`docker compose -f ${net.folder.compose} up -d`)
      .and.include("Java 25");
    expect((await net.run("status")).code).to.equal(4);
  });

  it("starts all nodes of this computer and is over when blocks are made", async () => {
    const said = await net.do("up");
    for (const { id } of net.network.nodes)
      expect(said).to.include(`${id} starts (Besu`).and.include(`${id} answers at`);
    expect(said).to.match(/Blocks are made: the head is \d+, peers up to 4\./);
    const { head, quorum, faultsTolerated, validators, nodes } = await status();
    expect(head).to.be.at.least(2);
    expect({ quorum, faultsTolerated, validators: validators.length }).to.deep.equal({
      quorum: 3,
      faultsTolerated: 1,
      validators: 4,
    });
    expect(nodes.map(({ id, answers, isValidator, peers }) => ({ id, answers, isValidator, peers }))).to.deep.equal(
      net.network.nodes.map(({ id, role }) => ({ id, answers: true, isValidator: role === "validator", peers: 4 })),
    );
    expect(nodes.every(({ id, pid }) => pid === pidOf(id))).to.equal(true);
  });

  it("leaves nodes that run alone, and starts only the one that was killed", async () => {
    const before = net.network.nodes.map(({ id }) => pidOf(id));
    const killed = pidOf("org-2-1");
    process.kill(killed, "SIGKILL");
    await net.until("it is gone", () => !isAlive(killed));
    const said = await net.do("up");
    expect(said.match(/ starts \(Besu/g)).to.have.length(1);
    expect(said)
      .to.include("org-2-1 starts")
      .and.include(`org-1-1 runs already (process ${pidOf("org-1-1")})`);
    const after = net.network.nodes.map(({ id }) => pidOf(id));
    expect(after.filter((pid, index) => pid !== before[index])).to.deep.equal([pidOf("org-2-1")]);
  });

  it("finds a node that somebody else started by its RPC, and neither starts a second one nor stops it", async () => {
    const { besuPid } = net.folder.node("org-3-1");
    const pid = readFileSync(besuPid, "utf8");
    // As for a container or systemd: there is no file of ours. BESU_HOME is not needed either.
    writeFileSync(besuPid, String(process.pid));
    const { code, stdout } = await net.runWith({ BESU_HOME: undefined }, "up", "--node", "org-3-1");
    expect(code).to.equal(0);
    expect(stdout).to.include("org-3-1 runs already.");
    expect(await net.do("down", "--node", "org-3-1")).to.include("this program did not start it");
    expect(isAlive(Number(pid))).to.equal(true);
    expect(await net.do("status")).to.match(/org-3-1 .* not ours /);
    writeFileSync(besuPid, pid);
  });

  it("shows any node by its address, without a folder of a network", async () => {
    const { head, nodes } = await status("--rpc", net.rpcUrl("org-4-1"), "--dir", "nowhere");
    expect(head).to.be.at.least(2);
    expect(nodes.map(({ answers, isValidator }) => ({ answers, isValidator }))).to.deep.equal([
      { answers: true, isValidator: true },
    ]);
  });

  it("prints the last lines of a node's log, and those of all nodes with their names", async () => {
    const lines = (await net.do("logs", "--node", "org-1-1", "--lines", "3")).trimEnd().split("\n");
    expect(lines).to.have.length(3);
    expect(lines.join("\n")).to.match(/#\d+/);
    const all = await net.do("logs", "-n", "1");
    for (const { id } of net.network.nodes) expect(all).to.match(new RegExp(`^${id} \\| `, "m"));
  });

  it("says which nodes there are when none is meant", async () => {
    const { code, stderr } = await net.run("up", "--node", "org-9-1");
    expect(code).to.equal(2);
    expect(stderr).to.include("org-9-1").and.include("org-1-1 (org-1)");
  });

  it("stops one organisation's nodes, and the rest goes on", async () => {
    const pid = pidOf("org-2-1");
    expect(await net.do("down", "--organisation", "org-2")).to.include("org-2-1 is stopped.");
    expect(isAlive(pid)).to.equal(false);
    const head = await net.head("org-1-1");
    await net.until("the others go on", async () => (await net.head("org-1-1")) > head + 1);
    const { nodes } = await status();
    expect(nodes.find(({ id }) => id === "org-2-1")).to.include({ answers: false, isValidator: true });
  });

  it("gives up when no blocks come, says what is missing, and leaves the nodes to be looked at", async () => {
    await net.do("down", "--organisation", "org-3");
    const { code, stdout, stderr } = await net.run("up", "--node", "org-1-1", "--timeout", "3");
    expect(code).to.equal(4);
    expect(stdout, "the doctor's finding").to.match(/^!! \w+ · network/m);
    expect(stderr).to.match(/Waited \d+ s for blocks \(org-1-1 is at block \d+\)/);
    expect(await net.do("up", "--organisation", "org-3", "--no-wait")).to.not.include("Blocks are made");
    expect(await net.do("up")).to.include("Blocks are made");
  });

  it("tells what a node said that did not stay", async () => {
    await net.do("down", "--node", "observer-1");
    const { config } = net.folder.node("observer-1");
    const right = readFileSync(config, "utf8");
    writeFileSync(config, `${right}no-such-option=1\n`);
    const { code, stderr } = await net.run("up", "--node", "observer-1");
    writeFileSync(config, right);
    expect(code).to.equal(3);
    expect(stderr).to.include("observer-1 did not stay").and.include("no-such-option").and.include("besu.log");
  });

  it("tells why an agent did not start", async () => {
    writeFileSync(net.folder.deployment, "{}");
    const { code, stderr } = await net.run("up", "--node", "org-1-1");
    rmSync(net.folder.deployment);
    expect(code).to.equal(3);
    expect(stderr).to.include("The agent of org-1-1 did not start").and.include(net.folder.deployment);
  });

  it("names a taken port before it starts anything", async () => {
    const { code, stderr } = await net.runWith({}, "up", "--node", "observer-1");
    expect(code, stderr).to.equal(0);
    const taken = net.network.nodes.find(({ id }) => id === "observer-1")?.ports.metrics;
    await net.do("down", "--node", "observer-1");
    const { createServer } = await import("node:http");
    const server = createServer().listen(taken, "127.0.0.1");
    const refused = await net.run("up", "--node", "observer-1");
    server.close();
    expect(refused.code).to.equal(3);
    expect(refused.stderr).to.include(`Port ${String(taken)} (metrics of observer-1) is taken`);
  });

  it("stops everything that is left, twice without harm", async () => {
    const pids = net.network.nodes
      .map(({ id }) => id)
      .filter((id) => id !== "observer-1")
      .map(pidOf);
    await net.do("down");
    expect(pids.filter(isAlive)).to.deep.equal([]);
    expect(await net.do("down")).to.include("org-1-1 did not run.");
  });
});
