/** Whether a write was accepted before. */
import { LedgerError } from "../kernel/errors.ts";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";

/** The id of the command that this key and body gave; throws `idempotency_key_reused` when the body was another. */
export async function findReplay(
  db: Tx,
  asked: { organisation: string; idempotencyKey: string; requestHash: string },
): Promise<string | undefined> {
  const row = await db
    .selectFrom("command")
    .select(["id", "request_hash"])
    .where("organisation", "=", asked.organisation)
    .where("idempotency_key", "=", asked.idempotencyKey)
    .executeTakeFirst();
  if (row !== undefined && row.request_hash !== asked.requestHash) throw new LedgerError("idempotency_key_reused");
  return row?.id;
}

/** The key that signs the first step of a command. */
export async function readFirstSigner(db: Tx, commandId: string): Promise<Address | undefined> {
  const row = await db
    .selectFrom("command_step")
    .innerJoin("command", "command.seq", "command_step.command_seq")
    .select("command_step.signer")
    .where("command.id", "=", commandId)
    .where("command_step.step_index", "=", 0)
    .executeTakeFirst();
  return row?.signer;
}
