/** A nonce below open transactions that nothing stands at holds all of them up: it is used up with an empty one. */
import type { Address, HexData } from "../kernel/ids.ts";
import { readLiveNonces } from "../store/outbox-transactions.ts";
import type { OpenTransaction } from "../store/outbox-transactions.ts";
import type { Work } from "./rooms.ts";
import { sendSigned } from "./send.ts";
import { signAndStore } from "./sign.ts";

const GAS_OF_NOTHING = 21_000n;

/** Such gaps come from transactions that a node refused for good, or that a rollback made invalid. */
export async function fillGaps(
  work: Work,
  open: readonly OpenTransaction[],
  chainNonces: ReadonlyMap<Address, number>,
): Promise<void> {
  for (const [signer, mine] of Map.groupBy(open, (transaction) => transaction.signer)) {
    const chainNonce = chainNonces.get(signer);
    if (chainNonce === undefined) continue;
    const highest = Math.max(...mine.map(({ nonce }) => nonce));
    if (highest - chainNonce < mine.length) continue;
    // A settled one counts as taken: if the chain forgot it, its own bytes must come back, not an empty transaction.
    const taken = await readLiveNonces(work.db, signer, chainNonce);
    for (let nonce = chainNonce; nonce < highest; nonce += 1) {
      if (taken.has(nonce)) continue;
      work.log.warn({ signer, nonce }, "filling a gap in the nonces with an empty transaction");
      const intent = {
        signer,
        kind: "fill",
        to: signer,
        data: "0x" as HexData,
        gasLimit: GAS_OF_NOTHING,
        nonce,
      } as const;
      const filled = await signAndStore(work, intent, chainNonce, () => Promise.resolve(true));
      if (filled !== undefined) await sendSigned(work, filled);
    }
  }
}
