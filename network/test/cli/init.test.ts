import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { EXAMPLE } from "../../plan/example.ts";
import { networkFolder } from "../../plan/folder.ts";
import { nodeOf, readNetworkFile, writeNetworkFile } from "../../plan/network-file.ts";
import { NetworkError } from "../../plan/network-error.ts";

const MAIN = new URL("../../cli/main.ts", import.meta.url).pathname;

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe("network init and keys", function () {
  this.timeout(60_000);
  let base: string;
  let yaml: string;

  const run = async (...args: string[]): Promise<Outcome> => {
    try {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [MAIN, ...args], { cwd: base });
      return { code: 0, stdout, stderr };
    } catch (error) {
      return error as Outcome;
    }
  };

  before(() => {
    base = mkdtempSync(join(tmpdir(), "network-init-"));
    yaml = join(base, "network.yaml");
    writeFileSync(yaml, EXAMPLE);
  });
  after(() => {
    rmSync(base, { recursive: true });
  });

  it("prints an example that init takes, and what to keep secret, the digest and the next commands", async () => {
    expect((await run("init", "--example")).stdout).to.equal(EXAMPLE);
    const { code, stdout } = await run("init", "network.yaml", "--seed", "init");
    expect(code).to.equal(0);
    const folder = networkFolder(join(base, ".network"));
    const { genesisDigest, nodes, organisations } = readNetworkFile(folder);
    expect(stdout).to.include(genesisDigest).and.include("npm run network -- up").and.include("for tests only");
    for (const { id } of nodes) expect(stdout).to.include(folder.node(id).key);
    for (const { slug } of organisations) expect(stdout).to.include(folder.representativeKey(slug));
    for (const { id } of nodes) expect(stdout).to.not.include(readFileSync(folder.node(id).key, "utf8").slice(2, 66));
  });

  it("prints public keys that fit into the YAML, and no private one", async () => {
    const { code, stdout } = await run("keys", "network.yaml", "--organisation", "alpha", "--dir", "alpha");
    expect(code).to.equal(0);
    expect(stdout)
      .to.match(/- id: alpha-1\n\s+publicKey: "0x[0-9a-f]{128}"/)
      .and.include("- id: auditor");
    const folder = networkFolder(join(base, "alpha"));
    expect(stdout).to.not.include(readFileSync(folder.node("alpha-1").key, "utf8").slice(2, 66));
    expect(existsSync(folder.network)).to.equal(false);
    expect((await run("keys", "network.yaml", "--organisation", "alpha", "--dir", "alpha")).stdout).to.equal(stdout);
  });

  it("end with 3 and a sentence for a folder that can not be written", async () => {
    const { code, stderr } = await run("init", "network.yaml", "--dir", "network.yaml");
    expect(code).to.equal(3);
    expect(stderr).to.include("Check who owns").and.not.include(" at ");
  });

  for (const { why, args, says } of [
    { why: "no YAML", args: ["init"], says: "Name the YAML" },
    { why: "a file that is not there", args: ["init", "nothing.yaml"], says: "can not be read" },
    { why: "a folder that holds a network", args: ["init", "network.yaml"], says: "holds a network already" },
    {
      why: "an organisation that is none",
      args: ["keys", "network.yaml", "--organisation", "x"],
      says: "alpha, bravo",
    },
    { why: "no organisation", args: ["keys", "network.yaml"], says: "--organisation" },
    { why: "an option that is none", args: ["init", "network.yaml", "--sed", "x"], says: "--sed" },
  ])
    it(`end with 2 and a sentence for ${why}`, async () => {
      const { code, stderr } = await run(...args);
      expect(code, stderr).to.equal(2);
      expect(stderr).to.include(says).and.not.include(" at ");
    });
});

describe("network.json", () => {
  let base: string;

  before(() => {
    base = mkdtempSync(join(tmpdir(), "network-json-"));
  });
  after(() => {
    rmSync(base, { recursive: true });
  });

  const folder = () => networkFolder(base);

  for (const { why, text, says } of [
    { why: "is not there", text: undefined, says: "holds no network" },
    { why: "is no JSON", text: "{", says: "is not JSON" },
    { why: "is of another version", text: '{"version": 2}', says: "version" },
    { why: "lacks a field", text: '{"version": 1}', says: "can not be used" },
  ])
    it(`is refused when it ${why}`, () => {
      if (text !== undefined) writeFileSync(folder().network, text);
      expect(() => readNetworkFile(folder()))
        .to.throw(NetworkError, says)
        .with.property("code", "input");
    });

  it("names its nodes when asked for one that is none", () => {
    const file = { nodes: [{ id: "alpha-1" }] } as unknown as Parameters<typeof nodeOf>[0];
    expect(() => nodeOf(file, "alpha-2"))
      .to.throw(NetworkError, "There is no node alpha-2")
      .with.property("message")
      .that.includes("alpha-1");
    expect(nodeOf(file, "alpha-1")).to.equal(file.nodes[0]);
    writeNetworkFile(folder(), file);
    expect(existsSync(`${folder().network}.new`)).to.equal(false);
  });
});
