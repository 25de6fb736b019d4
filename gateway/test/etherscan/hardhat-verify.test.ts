/** Sources are checked by `hardhat verify` as it comes from npm, run as a process of its own in a project of its own. */
import { expect } from "chai";
import { spawn } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ApiOver, PlayedChain } from "./stage.ts";
import { openApi, playChain } from "./stage.ts";

const ROOT = join(import.meta.dirname, "../../..");
const SOURCES = [
  "loyalty/RuleBooks.sol",
  "loyalty/IRuleBooks.sol",
  "alliance/IMerchantRegistry.sol",
  "types/Calendar.sol",
];
const RULE_BOOKS = "contracts/loyalty/RuleBooks.sol:RuleBooks";

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

describe("hardhat verify, unmodified", function () {
  this.timeout(240_000);
  let played: PlayedChain;
  let open: ApiOver;
  let project: string;

  before(async () => {
    played = await playChain(20_260);
    open = await openApi(played.lab, "embedded");
    project = await mkdtemp(join(tmpdir(), "ledger-verify-"));
    for (const source of SOURCES) {
      await mkdir(dirname(join(project, "contracts", source)), { recursive: true });
      await copyFile(join(ROOT, "contracts", source), join(project, "contracts", source));
    }
    await copyFile(join(import.meta.dirname, "verify-project.config.ts"), join(project, "hardhat.config.ts"));
    await writeFile(join(project, "package.json"), '{ "type": "module", "private": true }');
    await symlink(join(ROOT, "node_modules"), join(project, "node_modules"));
  });
  after(async () => {
    await open.close();
    await played.lab.stop();
    await rm(project, { recursive: true, force: true });
  });

  function hardhat(...args: string[]): Promise<Ended> {
    const child = spawn(process.execPath, [join(ROOT, "node_modules/hardhat/dist/src/cli.js"), ...args], {
      cwd: project,
      env: {
        ...process.env,
        LEDGER_RPC_URL: played.lab.url,
        LEDGER_EXPLORER_URL: open.api.url,
        HARDHAT_DISABLE_TELEMETRY_PROMPT: "true",
        NO_COLOR: "1",
      },
    });
    return new Promise((resolve, reject) => {
      let output = "";
      child.stdout.on("data", (part: Buffer) => (output += part.toString()));
      child.stderr.on("data", (part: Buffer) => (output += part.toString()));
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, output }));
    });
  }

  async function build(): Promise<void> {
    const { code, output } = await hardhat("build", "--build-profile", "production", "--force");
    expect(code, output).to.equal(0);
  }
  const verify = (...args: string[]) => {
    const { ruleBooks } = played.lab.deployment.contracts;
    return hardhat("verify", "etherscan", "--network", "ledger", "--contract", RULE_BOOKS, ruleBooks, ...args);
  };
  const sourceOf = async () => {
    const { ruleBooks } = played.lab.deployment.contracts;
    const path = `/api?module=contract&action=getsourcecode&address=${ruleBooks}`;
    const { body } = await open.api.ask("GET", path);
    return (body as { result: { SourceCode: string; ContractName: string; ConstructorArguments: string }[] }).result[0];
  };

  it("is refused with the source that differs, even if only in a comment", async () => {
    const path = join(project, "contracts/loyalty/RuleBooks.sol");
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace("Append-only", "Append only"));
    await build();
    const { code, output } = await verify(played.lab.deployment.contracts.merchantRegistry);
    expect(code, output).not.to.equal(0);
    expect(output).to.match(
      /source project\/contracts\/loyalty\/RuleBooks\.sol differs: its keccak256 is 0x[0-9a-f]{64}/,
    );
    expect((await sourceOf())?.SourceCode).to.equal("");
    await writeFile(path, text);
    await build();
  });

  it("is refused with other constructor arguments, which are told", async () => {
    const { code, output } = await verify(played.alice);
    expect(code, output).not.to.equal(0);
    expect(output).to.include("correct constructor arguments");
    expect(output).to.include(played.lab.deployment.contracts.merchantRegistry.slice(2));
  });

  it("finds that the deployed contract comes from these sources", async () => {
    const { code, output } = await verify(played.lab.deployment.contracts.merchantRegistry);
    expect(output).to.include("Contract verified successfully on Ledger explorer");
    expect(code).to.equal(0);
    const shown = await sourceOf();
    expect(shown?.ContractName).to.equal("RuleBooks");
    const input = JSON.parse(shown?.SourceCode.slice(1, -1) ?? "") as { sources: Record<string, { content: string }> };
    const published = await readFile(join(ROOT, "contracts/loyalty/RuleBooks.sol"), "utf8");
    expect(input.sources["project/contracts/loyalty/RuleBooks.sol"]?.content).to.equal(published);
    expect(Object.keys(input.sources)).to.have.lengthOf(SOURCES.length);
    expect(shown?.ConstructorArguments).to.equal(
      played.lab.deployment.contracts.merchantRegistry.slice(2).padStart(64, "0"),
    );
  });

  it("says of a second time that it is verified already, also to those who insist", async () => {
    const { merchantRegistry } = played.lab.deployment.contracts;
    const again = await verify(merchantRegistry);
    expect(again.output).to.include("already been verified on Ledger explorer");
    expect(again.code).to.equal(0);
    const forced = await verify("--force", merchantRegistry);
    expect(forced.output).to.match(/already verified/i);
  });
});
