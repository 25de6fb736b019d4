import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { create, list } from "tar";
import { networkFolder } from "../../plan/folder.ts";
import { CliNetwork } from "../support/cli-network.ts";

describe("network backup and restore", function () {
  this.timeout(240_000);
  let net: CliNetwork;
  let archive: string;

  const dataOf = (id: string): string => net.folder.node(id).data;
  const namesIn = async (file: string): Promise<string[]> => {
    const names: string[] = [];
    await list({ file, onReadEntry: (entry) => names.push(entry.path) });
    return names;
  };

  before(async () => {
    net = await CliNetwork.make({ validators: 4 });
    archive = join(net.base, "org-1-1.tar");
    await net.do("up");
  });
  after(() => net.close());

  it("refuses a node that runs", async () => {
    const { code, stderr } = await net.run("backup", "org-1-1", "--to", archive);
    expect(code).to.equal(4);
    expect(stderr).to.include("org-1-1 runs").and.include("down --node org-1-1");
    expect(existsSync(archive)).to.equal(false);
  });

  it("copies data and configuration of a stopped node, never a key", async () => {
    await net.do("down", "--node", "org-1-1");
    const key = readFileSync(net.folder.node("org-1-1").key, "utf8").trim().replace("0x", "");
    // As Besu leaves it when it was once started without --node-private-key-file.
    writeFileSync(join(dataOf("org-1-1"), "key"), key);
    expect(await net.do("backup", "org-1-1", "--to", archive)).to.include("No key is in it");
    const names = await namesIn(archive);
    expect(names[0]).to.equal("backup.json");
    expect(names).to.include.members([
      "genesis.json",
      "network.json",
      "static-nodes.json",
      "nodes/org-1-1/config.toml",
    ]);
    expect(names.filter((name) => name.startsWith("nodes/org-1-1/data/"))).to.not.be.empty;
    expect(names.filter((name) => /key|org-2|representative|\/logs\//.test(name))).to.deep.equal([]);
    expect(readFileSync(archive, "latin1").toLowerCase()).to.not.include(key.toLowerCase());
    rmSync(join(dataOf("org-1-1"), "key"));
  });

  it("never writes over a file", async () => {
    const { code, stderr } = await net.run("backup", "org-1-1", "--to", archive);
    expect(code).to.equal(2);
    expect(stderr).to.include("is there already");
  });

  it("puts data back that were lost, and the node catches up with the others", async () => {
    const head = await net.head("org-2-1");
    rmSync(dataOf("org-1-1"), { recursive: true });
    expect(await net.do("restore", archive)).to.include("up --node org-1-1");
    await net.do("up", "--node", "org-1-1");
    expect(await net.head("org-1-1")).to.be.at.least(head);
  });

  it("moves data aside that are there, only when told to", async () => {
    await net.do("down", "--node", "org-1-1");
    const refused = await net.run("restore", archive);
    expect(refused.code).to.equal(2);
    expect(refused.stderr).to.include("--replace");
    const said = await net.do("restore", archive, "--replace");
    const aside = /before: (\S+)\. Delete/.exec(said)?.[1] ?? "";
    expect(readdirSync(aside)).to.not.be.empty;
  });

  it("lets another node live on from them, with its own key and configuration", async () => {
    await net.do("down", "--node", "org-3-1");
    const before = readFileSync(net.folder.node("org-3-1").config, "utf8");
    await net.do("restore", archive, "--node", "org-3-1", "--replace");
    expect(readFileSync(net.folder.node("org-3-1").config, "utf8")).to.equal(before);
    await net.do("up", "--node", "org-3-1");
    const status = JSON.parse(await net.do("status", "--json")) as { nodes: { id: string; address: string }[] };
    expect(status.nodes.find(({ id }) => id === "org-3-1")?.address).to.equal(
      net.network.nodes.find(({ id }) => id === "org-3-1")?.address,
    );
  });

  it("restores everything but the key into an empty folder, and the node runs there once the key is back", async () => {
    const elsewhere = networkFolder(join(net.base, "elsewhere"));
    const other = await net.run("restore", archive, "--dir", elsewhere.root, "--node", "org-2-1");
    expect(other.stderr).to.include("restore the backup as the node it is of");
    const at = elsewhere.node("org-1-1");
    expect(await net.do("restore", archive, "--dir", elsewhere.root)).to.include(`put the node's key at ${at.key}`);
    expect((await net.run("up", "--dir", elsewhere.root)).stderr).to.include("holds no node's key");
    writeFileSync(at.key, readFileSync(net.folder.node("org-1-1").key), { mode: 0o600 });
    expect(await net.do("up", "--dir", elsewhere.root)).to.include("Blocks are made");
    await net.do("down", "--dir", elsewhere.root);
  });

  it("refuses a backup of another chain, and takes one from before an emergency transition", async () => {
    const genesis = readFileSync(net.folder.genesis, "utf8");
    const changed = JSON.parse(genesis) as { config: Record<string, unknown>; gasLimit: string };
    changed.config["transitions"] = { qbft: [{ block: 1_000_000, validators: [`0x${"1".repeat(40)}`] }] };
    writeFileSync(net.folder.genesis, JSON.stringify(changed));
    await net.do("restore", archive, "--replace");
    writeFileSync(net.folder.genesis, JSON.stringify({ ...changed, gasLimit: "0x1" }));
    const { code, stderr } = await net.run("restore", archive, "--replace");
    writeFileSync(net.folder.genesis, genesis);
    expect(code).to.equal(5);
    expect(stderr).to.include("of another chain");
  });

  describe("from a file that is not what it was", () => {
    const refusalOf = async (file: string): Promise<string> => {
      const present = readdirSync(dataOf("org-1-1"));
      const { code, stderr } = await net.run("restore", file, "--replace");
      expect(code, stderr).to.equal(5);
      expect(readdirSync(dataOf("org-1-1"))).to.deep.equal(present);
      expect(readdirSync(net.folder.root).filter((name) => name.startsWith(".restore"))).to.deep.equal([]);
      return stderr;
    };
    const unpacked = (): string => {
      const at = join(net.base, "unpacked");
      rmSync(at, { recursive: true, force: true });
      mkdirSync(at);
      execFileSync("tar", ["-xf", archive, "-C", at]);
      return at;
    };
    const packed = async (at: string): Promise<string> => {
      const file = join(net.base, "changed.tar");
      await create({ file, cwd: at }, readdirSync(at));
      return file;
    };

    it("refuses a changed file inside, a missing one and a manifest that is none", async () => {
      const changed = unpacked();
      writeFileSync(join(changed, "nodes/org-1-1/data/DATABASE_METADATA.json"), "{}");
      expect(await refusalOf(await packed(changed))).to.include("DATABASE_METADATA.json is not what it was");
      const missing = unpacked();
      rmSync(join(missing, "static-nodes.json"));
      expect(await refusalOf(await packed(missing))).to.include("static-nodes.json is missing");
      const none = unpacked();
      writeFileSync(join(none, "backup.json"), "{}");
      expect(await refusalOf(await packed(none))).to.include("no backup of this program");
    });

    it("refuses a link in place of a file", async () => {
      const at = unpacked();
      const inside = join(at, "nodes/org-1-1/data/DATABASE_METADATA.json");
      rmSync(inside);
      symlinkSync(net.folder.node("org-1-1").key, inside);
      expect(await refusalOf(await packed(at))).to.include("is missing");
    });

    it("refuses what is no archive, or half of one", async () => {
      const half = join(net.base, "half.tar");
      const whole = readFileSync(archive);
      writeFileSync(half, whole.subarray(0, Math.floor(whole.length / 2 / 512) * 512 + 100));
      await refusalOf(half);
      writeFileSync(half, "no archive at all");
      await refusalOf(half);
    });
  });
});
