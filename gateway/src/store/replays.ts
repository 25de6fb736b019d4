/** Whether a write was accepted before. */
import { LedgerError } from "../kernel/errors.ts";
import type { Address, HexData } from "../kernel/ids.ts";
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

/** The first step of a command: which key signs it, and what it calls. */
export async function readFirstStep(
  db: Tx,
  commandId: string,
): Promise<{ signer: Address; data: HexData } | undefined> {
  return db
    .selectFrom("command_step")
    .innerJoin("command", "command.seq", "command_step.command_seq")
    .select(["command_step.signer", "command_step.data"])
    .where("command.id", "=", commandId)
    .where("command_step.step_index", "=", 0)
    .executeTakeFirst();
}
