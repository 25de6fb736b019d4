/** What the files of a network's folder say. Reads only; what is not there or can not be read is undefined. */
import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { parse as parseToml } from "smol-toml";
import { parseDeployment } from "../../../gateway/src/chain/deployment.ts";
import type { Deployment } from "../../../gateway/src/chain/deployment.ts";
import type { NetworkFolder, NodeFolder } from "../../plan/folder.ts";
import type { FileFacts } from "../facts.ts";

/** Some 600 lines of Besu: an hour of a chain that stands, ten minutes of one that moves. */
const LOG_TAIL_BYTES = 96 * 1024;

export function readNodeFiles(at: NodeFolder): FileFacts {
  const config = readToml(at.config);
  return {
    minGasPrice: textOf(config?.["min-gas-price"]),
    rpcGasCap: textOf(config?.["rpc-gas-cap"]),
    allowed: listOf(readToml(at.permissions)?.["nodes-allowlist"]),
    keyMode: attempt(() => statSync(at.key).mode & 0o777),
  };
}

export function readStaticNodes(folder: NetworkFolder): string[] | undefined {
  return attempt(() => listOf(JSON.parse(readFileSync(folder.staticNodes, "utf8"))));
}

export function readGenesisText(folder: NetworkFolder): string | undefined {
  return attempt(() => readFileSync(folder.genesis, "utf8"));
}

export function readDeployed(folder: NetworkFolder): Deployment | undefined {
  return attempt(() => parseDeployment(readFileSync(folder.deployment, "utf8")));
}

/** The end of a log that may have grown for months. */
export function readTail(path: string): string {
  return attempt(() => tailOf(path)) ?? "";
}

function tailOf(path: string): string {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, LOG_TAIL_BYTES));
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString("utf8");
  } finally {
    closeSync(file);
  }
}

function readToml(path: string): Readonly<Record<string, unknown>> | undefined {
  return attempt(() => parseToml(readFileSync(path, "utf8")));
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint"
    ? String(value)
    : undefined;
}

function listOf(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
