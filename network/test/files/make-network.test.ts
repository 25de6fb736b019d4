import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";
import { parseEnode, parseNodeKey } from "../../besu/enode.ts";
import { besuArguments, besuEnvironment } from "../../files/launch.ts";
import { keyMaker, makeOrganisationKeys } from "../../files/make-keys.ts";
import { makeNetwork } from "../../files/make-network.ts";
import { writeNodeFolder } from "../../files/write-node.ts";
import { genesisDigest } from "../../genesis/genesis.ts";
import { EXAMPLE } from "../../plan/example.ts";
import { networkFolder } from "../../plan/folder.ts";
import type { NetworkFolder } from "../../plan/folder.ts";
import { NetworkError } from "../../plan/network-error.ts";
import { nodesHere, readNetworkFile } from "../../plan/network-file.ts";
import type { NetworkFile } from "../../plan/plan.ts";
import { readPlan } from "../../plan/read-plan.ts";

const OWNER = { uid: 1_234, gid: 567 };
const read = (path: string): string => readFileSync(path, "utf8");

describe("network files", () => {
  let base: string;
  let folder: NetworkFolder;
  let network: NetworkFile;

  const make = (dir: string, yaml = EXAMPLE, organisation?: string, seed: string | undefined = "test") =>
    makeNetwork({
      plan: readPlan(yaml, "network.yaml").plan,
      folder: networkFolder(join(base, dir)),
      organisation,
      make: keyMaker(seed),
      owner: OWNER,
    });
  const keysOf = (dir: string, slug: string, yaml = EXAMPLE) =>
    makeOrganisationKeys(readPlan(yaml, "y").plan, networkFolder(join(base, dir)), slug, keyMaker(undefined));

  before(() => {
    base = mkdtempSync(join(tmpdir(), "network-files-"));
    folder = networkFolder(join(base, "one"));
    network = make("one");
  });
  after(() => {
    rmSync(base, { recursive: true });
  });

  it("are the same bytes for the same YAML and keys, and tell the genesis by its digest", () => {
    make("two");
    const files = (dir: string) =>
      readdirSync(join(base, dir), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [path.slice(join(base, dir).length), read(path)])
        .sort();
    expect(files("two")).to.deep.equal(files("one"));
    expect(readNetworkFile(folder)).to.deep.equal(network);
    expect(network.genesisDigest).to.equal(genesisDigest(read(folder.genesis)));
  });

  it("hold keys that only their owner can read, one per node and organisation, each the one that its enode names", () => {
    const secrets = [
      ...network.nodes.map(({ id }) => folder.node(id).key),
      ...network.organisations.map(({ slug }) => folder.representativeKey(slug)),
    ];
    for (const path of secrets) expect(statSync(path).mode & 0o777, path).to.equal(0o600);
    for (const { id, address, enode, publicKey } of network.nodes) {
      expect(read(folder.node(id).key)).to.match(/^0x[0-9a-f]{64}\n$/);
      expect(parseNodeKey(read(folder.node(id).key))).to.deep.include({ address, publicKey });
      expect(parseEnode(enode)).to.deep.include({ address, publicKey, host: "127.0.0.1" });
    }
    expect(new Set(secrets.map(read)).size).to.equal(9);
    const shown = [folder.network, folder.compose, folder.commands, folder.staticNodes, folder.genesis]
      .map(read)
      .join();
    for (const path of secrets) expect(shown).to.not.include(parseNodeKey(read(path)).privateKey.slice(2));
  });

  it("allow and dial every node: Besu refuses to start when a static node is not on the list", () => {
    const enodes = network.nodes.map(({ enode }) => enode);
    expect(JSON.parse(read(folder.staticNodes))).to.deep.equal(enodes);
    for (const { id } of network.nodes)
      expect(parseToml(read(folder.node(id).permissions))).to.deep.equal({ "nodes-allowlist": enodes });
  });

  it("can be written again: a new configuration, the same key, and the allow-list that Besu keeps", () => {
    const { config, key, permissions } = folder.node("bravo-1");
    writeFileSync(permissions, 'nodes-allowlist=["enode://changed"]\n');
    writeFileSync(config, "");
    writeNodeFolder(folder, network, "bravo-1", parseNodeKey(read(key)));
    expect(read(permissions)).to.include("changed");
    expect(read(config)).to.include("tx-pool");
    writeFileSync(permissions, read(folder.node("delta-1").permissions));
  });

  it("of a network are never written over", () => {
    expect(() => make("one", EXAMPLE.replace("20260", "20261")))
      .to.throw(NetworkError, "holds a network already")
      .with.property("code", "input");
    expect(readNetworkFile(folder).chain.chainId).to.equal(20_260);
  });

  it("refuse a key of another node, another key in its place, and a key that others could read", () => {
    const other = parseNodeKey(read(folder.node("delta-1").key));
    expect(() => {
      writeNodeFolder(folder, network, "alpha-1", other);
    }).to.throw(NetworkError, "not the one that the network knows");
    const swapped = { ...network, nodes: network.nodes.map((node) => ({ ...node, address: other.address })) };
    expect(() => {
      writeNodeFolder(folder, swapped, "alpha-1", other);
    }).to.throw(NetworkError, "Keys are never written over");

    keysOf("open", "alpha");
    const open = networkFolder(join(base, "open")).node("alpha-1").key;
    chmodSync(open, 0o644);
    expect(() => keysOf("open", "alpha"))
      .to.throw(NetworkError, "mode 644")
      .with.property("code", "refused");
  });

  it("come about on machines apart: keys first, one YAML, the same genesis, each with its own keys only", () => {
    const slugs = ["alpha", "bravo", "charlie", "delta"];
    let yaml = EXAMPLE.replaceAll("127.0.0.1", "10.0.0.1").replace(/^ +- role: validator$/gm, "$&\n        KEY");
    yaml = yaml.replace("role: observer", 'role: observer\n        publicKey: "AUDITOR"');
    const draft = yaml.replace(/^.*(KEY|AUDITOR).*\n/gm, "");
    for (const slug of slugs) {
      const keys = keysOf(slug, slug, draft);
      expect([...keys.nodes.keys()]).to.deep.equal(slug === "alpha" ? ["alpha-1", "auditor"] : [`${slug}-1`]);
      expect([...keysOf(slug, slug, draft).nodes]).to.deep.equal([...keys.nodes]);
      yaml = yaml.replace("KEY", `publicKey: "${keys.nodes.get(`${slug}-1`)?.publicKey ?? ""}"`);
      yaml = yaml.replace("AUDITOR", keys.nodes.get("auditor")?.publicKey ?? "");
    }
    expect(() => make("alpha", draft, "alpha")).to.throw(NetworkError, "alpha-1, auditor, bravo-1, charlie-1, delta-1");
    expect(() => make("nowhere", yaml)).to.throw(NetworkError, "this computer would run nothing");
    expect(() => make("nowhere", yaml, "alpha")).to.throw(NetworkError, "There is no key file");
    expect(() => make("alpha", yaml, "echo")).to.throw(NetworkError, "There is no organisation echo");
    const made = slugs.map((slug) => make(slug, yaml, slug));
    expect(new Set(made.map(({ genesisDigest: digest }) => digest)).size).to.equal(1);
    for (const slug of slugs) {
      const at = networkFolder(join(base, slug));
      expect(nodesHere(at, readNetworkFile(at)).map(({ organisation }) => organisation)).to.satisfy((all: string[]) =>
        all.every((organisation) => organisation === slug),
      );
      expect(readdirSync(join(at.root, "organisations"))).to.deep.equal([slug]);
      expect(Object.keys((parseYaml(read(at.compose)) as { services: object }).services)).to.have.length(
        slug === "alpha" ? 2 : 1,
      );
    }
  });

  it("refuse a YAML whose public key is not the key file's, and write nothing", () => {
    const keys = keysOf("mixed", "alpha");
    const wrong = keys.nodes.get("auditor")?.publicKey ?? "";
    const yaml = EXAMPLE.replace("- role: validator", `- role: validator\n        publicKey: "${wrong}"`);
    expect(() => make("mixed", yaml))
      .to.throw(NetworkError, "node alpha-1: its key file")
      .with.property("code", "refused");
    expect(existsSync(networkFolder(join(base, "mixed")).genesis)).to.equal(false);
  });

  it("start a node with the same arguments in a container, by commands.sh and as a process", () => {
    const compose = parseYaml(read(folder.compose)) as {
      services: Record<
        string,
        { command: string[]; image: string; user: string; volumes: string[]; network_mode: string }
      >;
    };
    const service = compose.services["auditor"]!;
    expect(Object.keys(compose.services)).to.deep.equal(network.nodes.map(({ id }) => id));
    expect(service).to.deep.include({ image: "hyperledger/besu:26.8.0", user: "1234:567", network_mode: "host" });
    expect(service.volumes.filter((volume) => /opt\/besu|:\/network\/?$/.test(volume))).to.deep.equal([]);
    const plain = besuArguments({
      ...folder.node("auditor"),
      genesis: folder.genesis,
      staticNodes: folder.staticNodes,
    });
    expect(service.command).to.deep.equal(plain.map((option) => option.replace(folder.root, "/network")));
    for (const option of plain) expect(read(folder.commands)).to.include(`"${option.replace(folder.root, "$dir")}"`);
    for (const option of service.command.filter((text) => text.includes("=/network/")))
      expect(existsSync(option.replace(/^.*=\/network/, folder.root)), option).to.equal(true);
  });

  it("have a commands.sh that runs: Besu gets its options, the heap of that node, and no variable of the shell's", () => {
    const home = join(base, "besu home");
    mkdirSync(join(home, "bin"), { recursive: true });
    const program = '#!/bin/sh\nprintf "%s\\n" "$@"\nenv | grep ^BESU_ | sort\n';
    writeFileSync(join(home, "bin", "besu"), program, { mode: 0o755 });
    const run = (...args: string[]) =>
      spawnSync("sh", [folder.commands, ...args], {
        encoding: "utf8",
        env: { PATH: "/usr/bin:/bin", BESU_HOME: home, BESU_P2P_PORT: "1", BESU_NETWORK: "MAINNET" },
      });
    const options = besuArguments({
      ...folder.node("bravo-1"),
      genesis: folder.genesis,
      staticNodes: folder.staticNodes,
    });
    expect(run("bravo-1").stdout.trim().split("\n")).to.deep.equal([
      ...options,
      `BESU_HOME=${home}`,
      "BESU_OPTS=-Xmx512m -XX:MaxDirectMemorySize=256m",
    ]);
    expect(run("echo")).to.deep.include({ status: 2, stdout: "" });
    expect(run().stderr).to.include("alpha-1, auditor");
  });

  it("hand a process none of the shell's BESU_ variables, which come before config.toml", () => {
    const environment = {
      PATH: "/bin",
      BESU_HOME: "/opt/besu",
      BESU_P2P_PORT: "1",
      BESU_OPTS: "-Xmx9g",
      EMPTY: undefined,
    };
    expect(besuEnvironment({ heapMb: 512 }, environment)).to.deep.equal({
      PATH: "/bin",
      BESU_HOME: "/opt/besu",
      BESU_OPTS: "-Xmx512m -XX:MaxDirectMemorySize=256m",
    });
  });
});
