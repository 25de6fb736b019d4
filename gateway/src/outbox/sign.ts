/** One way to a nonce: sign, store, and only then let the bytes out. */
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import type { Tx } from "../store/database.ts";
import { holdsLease } from "../store/leases.ts";
import { insertTransaction, readOwnNextNonces } from "../store/outbox-transactions.ts";
import type { Seq, TransactionKind } from "../store/tables-outbox.ts";
import type { Work } from "./rooms.ts";

export interface Intent {
  readonly signer: Address;
  readonly kind: TransactionKind;
  readonly to: Address;
  readonly data: HexData;
  readonly gasLimit: bigint;
  /** A nonce that must be used up; left out: the next one. */
  readonly nonce?: number;
}

export interface Signed {
  readonly seq: Seq;
  readonly signer: Address;
  readonly nonce: number;
  readonly hash: Hex32;
  readonly raw: HexData;
}

/** Leaves the database transaction without a trace; the reason is not a failure. */
class Withdrawn extends Error {}

/**
 * Signs and stores a transaction together with what rides in it (`attach`). Undefined when that is no longer there to
 * ride, or the key's lease is gone: nothing was stored then. The nonce is max(chain's latest, own highest + 1), judged
 * inside the transaction that inserts it, under the key's row lock; no counter is kept anywhere that could drift.
 */
export async function signAndStore(
  work: Work,
  intent: Intent,
  chainNonce: number,
  attach: (tx: Tx, transactionSeq: Seq) => Promise<boolean>,
): Promise<Signed | undefined> {
  const { db, signers, deployment, settings } = work;
  const nextNonce = async (reader: Tx): Promise<number> =>
    intent.nonce ?? Math.max(chainNonce, (await readOwnNextNonces(reader, [intent.signer])).get(intent.signer) ?? 0);

  for (let attempt = 0; attempt < 3; attempt += 1) {
    // Signed outside: the embedded engine has one connection, and opening a key may need it.
    const nonce = await nextNonce(db);
    const { to, data, gasLimit } = intent;
    const transaction = { chainId: deployment.chainId, nonce, to, data, gasLimit };
    const { raw, hash } = await signers.signTransaction(intent.signer, transaction);
    settings.onMoment("beforeStore");
    try {
      const seq = await db.transaction().execute(async (tx) => {
        if (!(await holdsLease(tx, intent.signer, settings.processId))) throw new Withdrawn("the lease is gone");
        if ((await nextNonce(tx)) !== nonce) return undefined;
        const inserted = await insertTransaction(tx, { signer: intent.signer, nonce, hash, raw, kind: intent.kind });
        if (!(await attach(tx, inserted))) throw new Withdrawn("what was to ride in it is gone");
        settings.onMoment("insideStore");
        return inserted;
      });
      if (seq === undefined) continue;
      settings.onMoment("afterStore");
      return { seq, signer: intent.signer, nonce, hash, raw };
    } catch (error) {
      if (error instanceof Withdrawn) return undefined;
      throw error;
    }
  }
  return undefined;
}
