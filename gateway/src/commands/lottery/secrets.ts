/** Secrets of merchants and witnesses: made here, sealed at rest, opened once, when the draw is closed. */
import { randomBytes } from "node:crypto";
import { commitmentOf } from "../../chain/lottery-hashes.ts";
import type { Hex32 } from "../../kernel/ids.ts";
import { insertDrawSecret, readDrawSecret } from "../../store/draw-plans.ts";
import type { Tx } from "../../store/database.ts";
import type { Rooms } from "../rooms.ts";

const SECRET_BYTES = 32;

const labelOf = (commitment: Hex32): string => `draw ${commitment}`;

export interface NewSecret {
  readonly commitment: Hex32;
  /** Keeps it with the command that publishes its commitment: both stand or fall together. */
  keep(tx: Tx): Promise<void>;
}

export function makeSecret({ signers, deployment, clock }: Rooms): NewSecret {
  const bytes = randomBytes(SECRET_BYTES);
  const commitment = commitmentOf(deployment, `0x${bytes.toString("hex")}` as Hex32);
  const sealed = signers.sealSecret(labelOf(commitment), bytes);
  return { commitment, keep: (tx) => insertDrawSecret(tx, commitment, sealed, clock.now()) };
}

/** Undefined when the secret was made elsewhere. It never leaves this process but in the transaction that reveals it. */
export async function openSecret({ db, signers }: Rooms, commitment: Hex32): Promise<Hex32 | undefined> {
  const sealed = await readDrawSecret(db, commitment);
  if (sealed === undefined) return undefined;
  return `0x${signers.openSecret(labelOf(commitment), sealed).toString("hex")}` as Hex32;
}
