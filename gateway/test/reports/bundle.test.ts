/** A report bundle of a real chain: the same bytes every time, accepted as it is, and no digit of it can be changed. */
import { expect } from "chai";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChainClient } from "../../src/chain/client.ts";
import { connectChain } from "../../src/chain/json-rpc.ts";
import type { Manifest } from "../../src/reports/bundle.ts";
import { MANIFEST, REPORT_JSON, formatJson, makeBundle, sha256Of } from "../../src/reports/bundle.ts";
import { collect } from "../../src/reports/collect.ts";
import { resolvePeriod } from "../../src/reports/period.ts";
import { formatCsv, parseCsv, tableOf } from "../../src/reports/table.ts";
import { BundleDiffers, BundleRefused, verifyBundle } from "../../src/reports/verify.ts";
import type { TestLedger } from "../support/ledger.ts";
import { startLedger } from "../support/ledger.ts";
import { STORY_PARAMETERS, playStory } from "../support/regulated-story.ts";

const TABLES = [
  "coverage",
  "exits",
  "flows",
  "holders",
  "members",
  "merchants",
  "payouts",
  "pools",
  "prices",
  "proposals",
  "rewards",
  "roles",
  "supervision",
  "supply",
  "totals",
  "votes",
];

type Files = Map<string, string>;

describe("a report bundle", function () {
  this.timeout(240_000);
  let ledger: Awaited<ReturnType<typeof startLedger>>;
  let chain: ChainClient;
  let files: Files;
  let period: { from: number; to: number };

  before(async () => {
    ledger = await startLedger(STORY_PARAMETERS);
    chain = connectChain(ledger.url);
    await playStory(ledger);
    await ledger.mining.pause();
    period = await resolvePeriod(chain, ledger.deployment.deployedAtBlock, {});
    files = makeBundle(await collect(chain, ledger.deployment, period));
  });
  after(async () => {
    chain.close();
    await ledger.stop();
  });

  const verify = (bundle: Files, trusted: TestLedger["deployment"] | undefined = ledger.deployment) =>
    verifyBundle(bundle, chain, trusted);
  const manifestOf = (bundle: Files): Manifest => JSON.parse(bundle.get(MANIFEST) ?? "") as Manifest;

  async function refusal(of: Promise<unknown>): Promise<BundleDiffers | BundleRefused> {
    const error: unknown = await of.then(
      () => "accepted",
      (caught: unknown) => caught,
    );
    if (error instanceof BundleDiffers || error instanceof BundleRefused) return error;
    throw new Error(`not refused: ${String(error)}`);
  }

  /** As a forger would: the manifest has the hashes of the changed files. */
  function forge(changes: Record<string, string>, header: Partial<Manifest> = {}): Files {
    const forged = new Map([...files, ...Object.entries(changes)]);
    const manifest = manifestOf(files);
    const listed = manifest.files.map(({ name }) => {
      const text = forged.get(name) ?? "";
      return { name, bytes: Buffer.byteLength(text), sha256: sha256Of(text) };
    });
    return forged.set(MANIFEST, formatJson({ ...manifest, ...header, files: listed }));
  }

  it("has every table with at least one line of a short life, and all of it once more as JSON", () => {
    expect([...files.keys()].sort()).to.deep.equal([...TABLES.map((t) => `${t}.csv`), MANIFEST, REPORT_JSON].sort());
    for (const table of TABLES) expect(files.get(`${table}.csv`)?.split("\n").length, table).to.be.greaterThan(2);
    expect(files.get("supervision.csv")).to.contain(",freeze,2027-0001,0x323032372d30303031");
    expect(manifestOf(files)).to.deep.include({ chainId: 20260, format: "ledger-report/1" });
  });

  it("keeps the law of supply in every line", () => {
    const [columns = [], ...rows] = parseCsv(files.get("supply.csv") ?? "");
    for (const row of rows) {
      const at = (name: string): bigint => BigInt(row[columns.indexOf(name)] ?? "");
      const parts = ["circulating", "held", "pooled", "redeemed", "expired", "reversed"].map(at);
      expect(parts.reduce((sum, part) => sum + part)).to.equal(at("issued"));
    }
  });

  it("is the same bytes whenever it is made, and the flows of two periods add up", async () => {
    expect(makeBundle(await collect(chain, ledger.deployment, period))).to.deep.equal(files);
    const middle = Math.floor((period.from + period.to) / 2);
    const parts = [
      await collect(chain, ledger.deployment, { from: period.from, to: middle }),
      await collect(chain, ledger.deployment, { from: middle + 1, to: period.to }),
    ];
    const issuedOf = (text: string): bigint =>
      parseCsv(text)
        .slice(1)
        .reduce((sum, row) => sum + BigInt(row[2] ?? ""), 0n);
    const issued = parts.map((part) => issuedOf(makeBundle(part).get("flows.csv") ?? ""));
    expect((issued[0] ?? 0n) + (issued[1] ?? 0n)).to.equal(issuedOf(files.get("flows.csv") ?? ""));
    for (const part of parts) expect((await verify(makeBundle(part))).cells).to.be.greaterThan(100);
  });

  it("is accepted as it is, with and without addresses of one's own", async () => {
    const { cells } = await verify(files);
    expect(cells).to.be.greaterThan(500);
    expect((await verify(files, undefined)).cells).to.equal(cells);
  });

  for (const table of TABLES)
    it(`is caught with one digit of ${table}.csv changed, by file, row and column`, async () => {
      const name = `${table}.csv`;
      const rows = parseCsv(files.get(name) ?? "");
      const columns = rows[0] ?? [];
      const at = rows.length - 1;
      const index = (rows[at] ?? []).findLastIndex((cell) => /[0-9]/.test(cell));
      const before = rows[at]?.[index] ?? "";
      const after = before.replace(/[0-9](?=[^0-9]*$)/, (digit) => String((Number(digit) + 1) % 10));
      const changed = rows.map((row, r) => row.map((cell, c) => (r === at && c === index ? after : cell)));
      const forged = forge({ [name]: formatCsv({ name: table, columns, rows: changed.slice(1) }) });
      const error = await refusal(verify(forged));
      expect(error).to.be.instanceOf(BundleDiffers);
      expect(error).to.include({ file: name, row: at, column: columns[index] });
      expect(error.message).to.contain(`the bundle says ${after}, the chain says ${before}`);
    });

  it("is caught with a line left out, a line added, or another number in the JSON", async () => {
    const text = files.get("holders.csv") ?? "";
    const short = await refusal(verify(forge({ "holders.csv": `${text.split("\n").slice(0, -2).join("\n")}\n` })));
    expect(short.message).to.match(/^holders\.csv, row \d+, merchantId: the bundle says no such row/);
    const long = await refusal(verify(forge({ "holders.csv": `${text}9,a,b,1,false\n` })));
    expect(long.message).to.contain("the chain says no such row");
    const json = (files.get(REPORT_JSON) ?? "").replace('"issued": "1', '"issued": "2');
    const other = await refusal(verify(forge({ [REPORT_JSON]: json })));
    expect(other.message).to.match(/^report\.json (supply|flows), row 1, issued: the bundle says 2/);
  });

  it("is refused when a file is cut off, missing, foreign, or not what the manifest says", async () => {
    const why = async (bundle: Files): Promise<string> => (await refusal(verify(bundle))).message;
    const cut = (files.get("pools.csv") ?? "").slice(0, -7);
    expect(await why(new Map([...files, ["pools.csv", cut]]))).to.contain("pools.csv has");
    expect(await why(forge({ "pools.csv": cut }))).to.contain("pools.csv: line");
    const missing = new Map(files);
    missing.delete("votes.csv");
    expect(await why(missing)).to.equal("votes.csv is missing");
    expect(await why(new Map([...files, ["extra.csv", "a\n"]]))).to.equal("extra.csv is not listed in the manifest");
    const swapped = (files.get("totals.csv") ?? "").replace("members,1", "members,2");
    expect(await why(new Map([...files, ["totals.csv", swapped]]))).to.contain("totals.csv is not the file");
    expect(await why(new Map([...files, [MANIFEST, "{"]]))).to.contain("manifest.json is cut off");
    expect(await why(new Map())).to.equal("there is no manifest.json");
  });

  it("is refused of another chain, other blocks or other contracts, by name", async () => {
    const manifest = manifestOf(files);
    const why = async (header: Partial<Manifest>, trusted?: TestLedger["deployment"]): Promise<string> =>
      (await refusal(verifyBundle(forge({}, header), chain, trusted))).message;
    expect(await why({ chainId: 1 })).to.equal("the bundle is of chain 1, the node serves chain 20260");
    const zero = `0x${"0".repeat(64)}` as Manifest["genesisHash"];
    expect(await why({ genesisHash: zero })).to.contain("the bundle's chain begins with");
    expect(await why({ to: { ...manifest.to, hash: zero } })).to.contain(`block ${manifest.to.number} is ${zero}`);
    const contracts = { ...manifest.contracts, council: manifest.contracts["alliance"]! };
    expect(await why({ contracts }, ledger.deployment)).to.contain("the bundle's council is");
  });

  it("is verified from the command line, with the contracts asked as well", async () => {
    const directory = await mkdtemp(join(tmpdir(), "bundle-"));
    const script = new URL("../../../scripts/audit.ts", import.meta.url).pathname;
    const run = (): Promise<{ code: number; text: string }> =>
      new Promise((resolve) => {
        execFile(
          process.execPath,
          [script, "verify", directory, "--rpc", ledger.url, "--data-dir", directory],
          { timeout: 60_000 },
          (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), text: stdout + stderr }),
        );
      });
    try {
      for (const [name, text] of files) await writeFile(join(directory, name), text);
      const good = await run();
      expect(good.code, good.text).to.equal(0);
      expect(good.text).to.match(/numbers of 18 files are the chain's/);
      expect(good.text).to.match(/and \d+ of the contracts' own answers at block \d+ agree/);
      for (const [name, text] of forge({
        "totals.csv": (files.get("totals.csv") ?? "").replace("members,1", "members,2"),
      }))
        await writeFile(join(directory, name), text);
      const forged = await run();
      expect(forged.code).to.equal(1);
      expect(forged.text).to.contain("DIFFERENCE: totals.csv, row 1, value: the bundle says 2, the chain says 1");
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe("tables as CSV", () => {
  it("come back as they were, whatever stands in them", () => {
    const table = tableOf(
      "t",
      ["a", "b"],
      [
        ['say "hi", twice', "two\nlines"],
        ["", 7n],
        [undefined, true],
      ],
    );
    expect(parseCsv(formatCsv(table))).to.deep.equal([
      ["a", "b"],
      ['say "hi", twice', "two\nlines"],
      ["", "7"],
      ["", "true"],
    ]);
    for (const cut of ['a,"b', "a,b", "a,", '"a"b,c\n']) expect(() => parseCsv(cut), cut).to.throw(RangeError);
  });
});
