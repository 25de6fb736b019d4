/**
 * `npm run powers`: walks every function of every deployed contract and prints who can call it and after which delay.
 * Exits non-zero when anybody but the council, the protocol's own contracts, or whom the council gave a role by an
 * executed proposal, has a power.
 */
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { PowersChain } from "./powers/chain.ts";
import { printReport, toJson } from "./powers/print.ts";
import type { Language } from "./powers/print.ts";
import type { Where } from "./powers/walk.ts";
import { walkPowers } from "./powers/walk.ts";

const HELP = `npm run powers [-- options]   who can do what, and after which delay    谁能做什么、需等待多久

  --rpc URL          the chain node (LEDGER_RPC_URL, default http://127.0.0.1:8545)    链节点
  --data-dir PATH    where deployment.json is (LEDGER_DATA_DIR, default .data)         部署文件所在目录
  --lang en|zh       words of the table (default en)                                   表格语言
  --json             for machines                                                      输出 JSON
  --help             this text                                                         本说明

Examples 示例
  npm run powers
  npm run powers -- --rpc http://node-1:8545 --data-dir /srv/ledger --lang zh
  npm run powers -- --json | jq '.functions[] | select(.needs == "COUNCIL")'

Exits 0 when every power is the council's, 1 when something else is found, 2 when it could not be looked at.
全部权力归理事会时返回 0；发现其他持有者返回 1；无法检查返回 2。`;

interface Options {
  readonly rpc: string;
  readonly dataDir: string;
  readonly language: Language;
  readonly json: boolean;
}

function readOptions(): Options | undefined {
  const [text, flag] = [{ type: "string" } as const, { type: "boolean" } as const];
  const options = { rpc: text, "data-dir": text, lang: text, json: flag, help: flag };
  const { values } = parseArgs({ options, allowPositionals: false });
  if (values.help === true) return undefined;
  const { LEDGER_RPC_URL, LEDGER_DATA_DIR } = process.env as Record<string, string>;
  const language = values.lang ?? "en";
  if (language !== "en" && language !== "zh") throw new Error("--lang must be en or zh");
  return {
    rpc: values.rpc ?? (LEDGER_RPC_URL || "http://127.0.0.1:8545"),
    dataDir: resolve(values["data-dir"] ?? (LEDGER_DATA_DIR || ".data")),
    language,
    json: values.json === true,
  };
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options === undefined) {
    console.log(HELP);
    return 0;
  }
  const path = join(options.dataDir, "deployment.json");
  const text = await readFile(path, "utf8").catch(() => {
    throw new Error(`There is no ${path}: deploy first, or say where it is with --data-dir.`);
  });
  const where = JSON.parse(text) as Where & { readonly chainId: number; readonly genesisHash: string };
  const chain = await PowersChain.connect(options.rpc, where);
  try {
    const report = await walkPowers(chain, where);
    console.log(options.json ? toJson(report) : printReport(report, options.language));
    const [first] = report.findings.list;
    if (first !== undefined) console.error(first[options.language]);
    return first === undefined ? 0 : 1;
  } finally {
    chain.provider.destroy();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
