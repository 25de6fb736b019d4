/** A transaction as the chain has it: asked of a node, because the read side keeps what it means and not its bytes. */
import type { RawTransaction } from "../chain/raw-transaction.ts";
import { readRawTransaction } from "../chain/raw-transaction.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Hex32 } from "../kernel/ids.ts";
import { readCursor } from "../store/ledger-cursor.ts";
import { readTokenAddresses } from "../store/ledger-read.ts";
import type { Rooms } from "./rooms.ts";

interface Shown extends RawTransaction {
  /** The block that the read side stands at. */
  readonly block: { readonly number: number; readonly hash: Hex32; readonly timestamp: number };
}

export async function showRawTransaction(
  { db, chain, deployment }: Pick<Rooms, "db" | "chain" | "deployment">,
  hash: Hex32,
): Promise<Shown> {
  const cursor = await readCursor(db);
  if (cursor === undefined) throw new LedgerError("not_ready", { detail: "no block has been read yet" });
  const tokens = new Set(await readTokenAddresses(db));
  const raw = await readRawTransaction(chain, hash, { deployment, isToken: (address) => tokens.has(address) });
  if (raw === undefined) throw new LedgerError("not_found", { what: `transaction ${hash}` });
  return { ...raw, block: { number: cursor.blockNumber, hash: cursor.blockHash, timestamp: cursor.timestamp } };
}
