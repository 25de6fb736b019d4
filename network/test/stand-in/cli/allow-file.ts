/** permissions_config.toml: read at the start and on demand, written back when an RPC changes a list. */
import { readFileSync, writeFileSync } from "node:fs";
import { parse, stringify } from "smol-toml";
import type { AllowList } from "../rpc/backend.ts";
import { RpcRefusal } from "../rpc/rpc-errors.ts";

const KEYS = new Set(["nodes-allowlist", "accounts-allowlist"]);

function readFile(path: string): Record<string, unknown> {
  const toml = parse(readFileSync(path, "utf8"));
  for (const key of Object.keys(toml))
    if (!KEYS.has(key)) throw new Error(`${path}: ${key} is no key of a permissions file`);
  return toml;
}

export function openAllowFile(
  path: string,
  key: "nodes-allowlist" | "accounts-allowlist",
  onChange: () => void,
): AllowList<string> {
  const read = (): string[] => {
    const list = readFile(path)[key];
    if (!Array.isArray(list)) throw new Error(`${key} config option missing in TOML config file ${path}`);
    return list.map(String);
  };
  let entries = read();
  const write = (next: string[]): void => {
    // Besu looks whether somebody else wrote: then the change holds until it ends, and the file stays as it is.
    const isInStep = read().sort().join() === [...entries].sort().join();
    entries = next;
    onChange();
    if (!isInStep) throw new RpcRefusal("ALLOWLIST_FILE_SYNC");
    writeFileSync(path, stringify({ ...readFile(path), [key]: next }));
  };
  return {
    all: () => entries,
    add: (more) => write([...entries, ...more]),
    remove: (gone) => write(entries.filter((entry) => !gone.includes(entry))),
    reload: () => {
      entries = read();
      onChange();
    },
  };
}
