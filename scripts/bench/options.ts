/** What the bench is asked to do; every bound is said where it is broken. */
import { parseArgs } from "node:util";
import { SetupError } from "../tooling/setup-error.ts";

export const HELP = `npm run bench:network -- --rpc URL[,URL …] [options]   issues and swaps a second    每秒发放与兑换笔数

Deploys a ledger of its own with keys that are thrown away (gas is free), admits two merchants with pools, lets many
keys issue in batches and then swap through all nodes given, and counts what was confirmed.
以一次性密钥部署独立账本，两个商家，多个密钥经全部节点批量发放并兑换，只统计已上链的结果。

  --rpc URL[,URL]    nodes to send to, one or more; the first also deploys    节点地址，可多个；首个用于部署
  --seconds N        how long issues, and then swaps, are measured: 5 to 600 (default 30)    每项测量秒数
  --keys N           keys that send at once: 1 to 400 (default 40)    并发密钥数
  --batch N          accounts in a batch of issues: 1 to 500 (default 100)    每批发放账户数
  --json             for machines    输出 JSON
  --help             this text    本说明

Examples 示例
  npm run bench:network -- --rpc http://127.0.0.1:8545
  npm run bench:network -- --rpc http://127.0.0.1:8545,http://127.0.0.1:8555 --seconds 60 --keys 80

Each key has 25 transactions on their way at most: with 40 keys the pools of the nodes hold 1,000.
Exits 0 when it measured, 1 when it could not, 2 for wrong options.
测量完成返回 0；无法测量返回 1；参数错误返回 2。`;

export interface BenchOptions {
  readonly urls: readonly [string, ...string[]];
  readonly seconds: number;
  readonly keys: number;
  readonly batch: number;
  readonly json: boolean;
}

/** Undefined when help was asked for. */
export function readBenchOptions(args: readonly string[]): BenchOptions | undefined {
  const [text, flag] = [{ type: "string" } as const, { type: "boolean" } as const];
  const { values } = parse(() =>
    parseArgs({
      args: [...args],
      options: { rpc: text, seconds: text, keys: text, batch: text, json: flag, help: flag },
      allowPositionals: false,
    }),
  );
  if (values.help === true) return undefined;
  const [first, ...others] = (values.rpc ?? "").split(",").filter((url) => url !== "");
  if (first === undefined) throw new SetupError("Give the nodes to measure: --rpc http://127.0.0.1:8545");
  for (const url of [first, ...others]) assertUrl(url);
  return {
    urls: [first, ...others],
    seconds: numberOf("seconds", values.seconds ?? "30", [5, 600]),
    keys: numberOf("keys", values.keys ?? "40", [1, 400]),
    batch: numberOf("batch", values.batch ?? "100", [1, 500]),
    json: values.json === true,
  };
}

function parse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new SetupError(`${(error as Error).message} See --help.`, { cause: error });
  }
}

function assertUrl(url: string): void {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return;
  throw new SetupError(`--rpc: "${url}" is no address of a node; write http://host:port, several with commas.`);
}

function numberOf(name: string, text: string, [min, max]: readonly [number, number]): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new SetupError(`--${name} is a whole number from ${min} to ${max}, not "${text}".`);
}
