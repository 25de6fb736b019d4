/**
 * What a node means when it refuses a raw transaction. Every client words it differently and the codes overlap, so the
 * text decides; a text that is not listed means "outcome unknown", never "failed": the same bytes are sent again.
 */
import type { SendOutcome } from "./client.ts";

const MEANINGS: readonly { readonly kind: SendOutcome["kind"]; readonly texts: readonly RegExp[] }[] = [
  {
    kind: "known",
    texts: [
      /already (known|imported|exists)/i, // geth, anvil ("transaction already imported")
      /known transaction/i, // Besu, older geth
      /transaction with the same hash/i, // Nethermind
    ],
  },
  {
    kind: "nonceUsed",
    texts: [
      /nonce too low/i, // geth, anvil, Besu (-32001), Hardhat ("Nonce too low. Expected nonce to be 3 but got 1")
      /nonce is too low/i,
      /old nonce/i,
    ],
  },
  {
    kind: "nonceGap",
    texts: [
      /nonce too high/i, // Besu (-32006), Hardhat when it mines at once
      /nonce too distant|too distant from current sender nonce/i, // Besu
      /nonce gap/i,
      /gapped/i, // geth's blob and private pools
      /lower nonce exists/i, // Besu: an earlier one of this sender was dropped
    ],
  },
  {
    kind: "refused",
    texts: [
      /intrinsic gas (too low|exceeds gas limit)/i,
      /exceeds block gas limit|gas limit (is )?too high|exceeds the (block|transaction) gas/i,
      /gas limit exceeds|exceeds.*gas cap|exceed.*transaction gas limit|gas limit cap exceeded/i,
      /invalid (sender|signature|chain ?id|transaction)/i,
      /wrong chain ?id|chain ?id mismatch|different chain ?id|replay.?protected|chain ?id (not supported|is required)/i,
      /^invalid params/i, // Besu: bytes that it can not decode
      /failed to decode|rlp|typed transaction too short|transaction type not supported/i,
      /oversized data|exceeds max init ?code/i,
      /sender (account )?not authori[sz]ed/i, // Besu -32007, permissioned accounts
      /not permitted/i,
    ],
  },
];

export function classifySendError(message: string): SendOutcome {
  for (const { kind, texts } of MEANINGS) {
    if (!texts.some((pattern) => pattern.test(message))) continue;
    return kind === "refused" || kind === "unknown" ? { kind, message } : { kind };
  }
  return { kind: "unknown", message };
}

/** The node will not take anything from this key (a permissioned network): other keys may fare better. */
export function isSenderRefused(message: string): boolean {
  return /not authori[sz]ed|not permitted/i.test(message);
}
