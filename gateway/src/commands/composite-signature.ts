/** One signature for several consents, and one transaction that carries them out together. */
import type { Wrap } from "../chain/composite.ts";
import { composeDigests, digestOf, wrapSignature } from "../chain/composite.ts";
import { callOf, consentRelay } from "../chain/contracts.ts";
import type { Deployment } from "../chain/deployment.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import type { ContractCall } from "../outbox/command.ts";
import type { ChainDomain } from "../signer/signers.ts";
import type { Rooms } from "./rooms.ts";
import type { TypedData } from "./typed-data.ts";

const COMPOSITE_TYPES = { CompositeMessage: [{ name: "merkleRoot", type: "bytes32" }] };

export interface Composed {
  /** What the account signs. */
  readonly typed: Omit<TypedData, "domain"> & { readonly domain: ChainDomain };
  /** For each part: what goes around that signature. */
  readonly wraps: readonly Wrap[];
}

function digestOfPart(part: TypedData, index: number): Hex32 {
  try {
    return digestOf(part);
  } catch {
    throw new LedgerError("request_invalid", {
      field: `parts[${index}]`,
      problem: "is no typed data: take it as another address of /v1/signing gave it",
    });
  }
}

/** Two parts or more, in any order. */
export function composeConsents({ chainId }: Pick<Deployment, "chainId">, parts: readonly TypedData[]): Composed {
  const { root, wraps } = composeDigests(parts.map(digestOfPart));
  const domain = { name: "CompositeSignature", version: "1", chainId };
  const message = { merkleRoot: root };
  return { typed: { domain, types: COMPOSITE_TYPES, primaryType: "CompositeMessage", message }, wraps };
}

/**
 * The signature of each part. A managed account signs here once; an account with a wallet of its own has sent the
 * signature it made of `composeConsents(…).typed`.
 */
export async function compositeSignatures(
  rooms: Rooms,
  { account, signature }: { account: Address; signature?: HexData | undefined },
  parts: readonly TypedData[],
): Promise<HexData[]> {
  const { typed, wraps } = composeConsents(rooms.deployment, parts);
  const made = signature ?? (await rooms.signers.signTypedData(account, typed));
  return wraps.map((wrap) => wrapSignature(wrap, made));
}

/** All of them in one transaction, or none. */
export function relayOf({ contracts }: Pick<Deployment, "contracts">, calls: readonly ContractCall[]): ContractCall {
  const listed = calls.map(({ to, data }) => ({ target: to, data }));
  return callOf(contracts.consentRelay, consentRelay.encodeFunctionData("relay", [listed]));
}
