/** Writes at the regulator's desk: they happen once a key, in one database transaction, and no chain is asked. */
import type { Tx } from "../store/database.ts";
import { setDeskWrite, takeDeskWrite } from "../store/desk-cases.ts";
import { withDatabase } from "../store/failures.ts";
import type { Asked } from "./asked.ts";
import type { Rooms } from "./rooms.ts";

export interface DeskHand {
  readonly tx: Tx;
  readonly organisation: string;
  readonly keyId: string;
  /** ISO time of the write. */
  readonly at: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Made {
  /** A case number, or the id of an alert or report. */
  readonly id: string;
  readonly isReplay: boolean;
}

/** `act` answers what it made; a repeated request makes nothing and gets the same answer. */
export function writeAtDesk(
  { db, clock }: Pick<Rooms, "db" | "clock">,
  asked: Asked,
  act: (hand: DeskHand) => Promise<string>,
): Promise<Made> {
  const { organisation, keyId } = asked.caller;
  const now = clock.now();
  const at = new Date(now).toISOString();
  const write = { organisation, idempotencyKey: asked.idempotencyKey, requestHash: asked.requestHash };
  return withDatabase(() =>
    db.transaction().execute(async (tx) => {
      const before = await takeDeskWrite(tx, write, at);
      if (before !== undefined) return { id: before, isReplay: true };
      const id = await act({ tx, organisation, keyId, at, now });
      await setDeskWrite(tx, write, id);
      return { id, isReplay: false };
    }),
  );
}
