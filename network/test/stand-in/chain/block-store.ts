/** The data path: DATABASE_METADATA.json and one JSON line a block. A copy of it, made while the node stood, is a backup. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { BlockRecord } from "./block.ts";

export class BlockStore {
  readonly #file: string;
  readonly #lock: string;
  readonly #isFull: () => boolean;
  /** Called once when a block could not be written: Besu then ends, with a code that is not 0. */
  onFull: () => void = () => undefined;

  /** @param isFull A drill's switch: writing fails as on a full disk. */
  constructor(dataPath: string, genesisHash: string, isFull: () => boolean) {
    mkdirSync(join(dataPath, "database"), { recursive: true });
    this.#file = join(dataPath, "database", "blocks.jsonl");
    this.#isFull = isFull;
    this.#lock = join(dataPath, "database", "LOCK");
    takeLock(this.#lock);
    const metadata = join(dataPath, "DATABASE_METADATA.json");
    if (!existsSync(metadata)) {
      writeFileSync(metadata, `${JSON.stringify({ standIn: true, genesisHash })}\n`);
      return;
    }
    const kept = JSON.parse(readFileSync(metadata, "utf8")) as { genesisHash: string };
    if (kept.genesisHash !== genesisHash)
      throw new Error(
        `Supplied genesis block does not match chain data stored in ${dataPath}.\n` +
          "Please specify a different data directory with --data-path, specify the original genesis file with " +
          "--genesis-file or supply a testnet/mainnet option with --network.",
      );
  }

  read(): BlockRecord[] {
    if (!existsSync(this.#file)) return [];
    const lines = readFileSync(this.#file, "utf8").split("\n");
    // What follows the last newline was cut off by a crash; its block comes again from the peers.
    const records = lines.slice(0, -1).map((line) => JSON.parse(line) as BlockRecord);
    if (lines.at(-1) !== "") writeFileSync(this.#file, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    return records;
  }

  assertWritable(): void {
    if (!this.#isFull()) return;
    this.onFull();
    throw new Error("org.rocksdb.RocksDBException: While appending to file: No space left on device");
  }

  append(record: BlockRecord): void {
    appendFileSync(this.#file, `${JSON.stringify(record)}\n`);
  }

  close(): void {
    rmSync(this.#lock, { force: true });
  }
}

/** One process a data path. A lock that a killed one left behind, or that came with a copy, holds nobody up. */
function takeLock(path: string): void {
  if (existsSync(path)) {
    const holder = Number(readFileSync(path, "utf8"));
    const command = `/proc/${holder}/cmdline`;
    const isStandIn = existsSync(command) && readFileSync(command, "utf8").includes(dirname(dirname(path)));
    if (isStandIn && holder !== process.pid)
      throw new Error(`org.rocksdb.RocksDBException: While lock file: ${path}: Resource temporarily unavailable`);
  }
  writeFileSync(path, String(process.pid));
}
