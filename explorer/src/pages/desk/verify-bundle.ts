/**
 * Checks a bundle in the browser: every file against the manifest's hash, the manifest against the chain (its number, its
 * first block, the period's blocks, the contracts), the sums of the supply, and each token's supply against its contract
 * at the period's last block. What needs the whole history played again is `npm run audit -- verify`.
 */
import { getStatus } from "../../../../gateway/client/generated/sdk.gen.ts";
import { askChain, callChain } from "../../api/rpc.ts";
import type { Bundle } from "./bundle.ts";

/** `open`: it could not be decided here. */
export interface Check {
  readonly name: "manifest" | "hashes" | "chain" | "blocks" | "contracts" | "sums" | "supply";
  readonly passed: true | false | "open";
  readonly facts: Readonly<Record<string, string | number>>;
}

interface Mark {
  readonly number: number;
  readonly hash: string;
}

interface Manifest {
  readonly format: string;
  readonly chainId: number;
  readonly genesisHash: string;
  readonly contracts: Readonly<Record<string, string>>;
  readonly from: Mark;
  readonly to: Mark;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

const MANIFEST = "manifest.json";
const FORMAT = "ledger-report/1";
/** `supplySplit()` */
const SUPPLY_SPLIT = "0xbf353347";
const SPLIT = ["issued", "circulating", "held", "pooled", "redeemed", "expired", "reversed"] as const;

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const hexOf = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function readManifest(bundle: Bundle): Manifest | undefined {
  try {
    const json = JSON.parse(text(bundle.get(MANIFEST))) as Manifest;
    const isWhole = json.format === FORMAT && Array.isArray(json.files) && typeof json.contracts === "object";
    return isWhole && typeof json.from.number === "number" && typeof json.to.number === "number" ? json : undefined;
  } catch {
    return undefined;
  }
}

/** In order; later ones are left out when the bundle has no manifest to go by. */
export async function verifyBundle(bundle: Bundle): Promise<Check[]> {
  const manifest = readManifest(bundle);
  if (manifest === undefined) return [{ name: "manifest", passed: false, facts: {} }];
  const { from, to } = manifest;
  const checks: Check[] = [{ name: "manifest", passed: true, facts: { from: from.number, to: to.number } }];
  checks.push(await checkHashes(bundle, manifest), await checkChain(manifest), await checkBlocks(manifest));
  checks.push(await checkContracts(manifest));
  const supply = rowsOf(text(bundle.get("supply.csv")));
  checks.push(checkSums(supply), await checkSupply(supply, to.number));
  return checks;
}

async function checkHashes(bundle: Bundle, { files }: Manifest): Promise<Check> {
  const verdict = (passed: Check["passed"], facts: Check["facts"]): Check => ({ name: "hashes", passed, facts });
  // Browsers hash on pages of https and of this machine only.
  if (!window.isSecureContext) return verdict("open", { problem: "https" });
  for (const { name, sha256 } of files) {
    const bytes = bundle.get(name);
    if (bytes === undefined) return verdict(false, { file: name, is: "–", must: sha256 });
    const is = hexOf(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes)));
    if (is !== sha256) return verdict(false, { file: name, is, must: sha256 });
  }
  const extra = [...bundle.keys()].find((name) => name !== MANIFEST && !files.some((file) => file.name === name));
  if (extra !== undefined) return verdict(false, { file: extra, is: "–", must: "–" });
  return verdict(true, { count: files.length });
}

async function checkChain({ chainId, genesisHash }: Manifest): Promise<Check> {
  const is = Number(await askChain("eth_chainId", []));
  const first = (await askChain("eth_getBlockByNumber", ["0x0", false])) as { hash: string } | null;
  const passed = is === chainId && first?.hash === genesisHash;
  return { name: "chain", passed, facts: { is: `${is} ${first?.hash ?? "–"}`, must: `${chainId} ${genesisHash}` } };
}

async function checkBlocks({ from, to }: Manifest): Promise<Check> {
  for (const { number, hash } of [from, to]) {
    const block = await askChain("eth_getBlockByNumber", [`0x${number.toString(16)}`, false]);
    const is = (block as { hash: string } | null)?.hash ?? "–";
    if (is !== hash) return { name: "blocks", passed: false, facts: { number, is, must: hash } };
  }
  return { name: "blocks", passed: true, facts: { from: from.number, to: to.number } };
}

async function checkContracts({ contracts }: Manifest): Promise<Check> {
  const { data } = await getStatus({ throwOnError: true });
  const own = Object.entries(data.contracts);
  const wrong = own.find(([name, address]) => contracts[name]?.toLowerCase() !== address.toLowerCase());
  if (wrong === undefined) return { name: "contracts", passed: true, facts: { count: own.length } };
  const [name, must] = wrong;
  return { name: "contracts", passed: false, facts: { contract: name, is: contracts[name] ?? "–", must } };
}

type Row = Readonly<Record<string, string>>;

/** The supply's table: numbers and addresses, never quoted. */
function rowsOf(csv: string): Row[] {
  const [head = "", ...lines] = csv.split(/\r?\n/).filter((line) => line !== "");
  const names = head.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""]));
  });
}

const number = (row: Row, name: string): bigint => {
  const cell = row[name] ?? "";
  return /^[0-9]{1,78}$/.test(cell) ? BigInt(cell) : -1n;
};

/** issued = circulating + held + pooled + redeemed + expired + reversed, in every row. */
function checkSums(rows: readonly Row[]): Check {
  for (const row of rows) {
    const [issued, ...parts] = SPLIT.map((name) => number(row, name));
    const sum = parts.reduce((all, part) => all + part, 0n);
    if (issued !== sum || parts.some((part) => part < 0n))
      return {
        name: "sums",
        passed: false,
        facts: { token: row["token"] ?? "–", is: String(issued), must: String(sum) },
      };
  }
  return { name: "sums", passed: true, facts: { count: rows.length } };
}

async function checkSupply(rows: readonly Row[], block: number): Promise<Check> {
  for (const row of rows) {
    const token = row["token"] ?? "";
    const words = await callChain({ to: token, data: SUPPLY_SPLIT }, block);
    // A node keeps the state of old blocks for as long as it was told to.
    if (words === undefined) return { name: "supply", passed: "open", facts: { block } };
    for (const [index, name] of SPLIT.entries()) {
      const must = BigInt(`0x${words.slice(2 + index * 64, 66 + index * 64) || "0"}`);
      const is = number(row, name);
      if (is !== must)
        return { name: "supply", passed: false, facts: { token, part: name, is: String(is), must: String(must) } };
    }
  }
  return { name: "supply", passed: true, facts: { count: rows.length * SPLIT.length, block } };
}
