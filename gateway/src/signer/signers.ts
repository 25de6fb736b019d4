/** Keys that sign. They leave this room only as signatures; other rooms' secrets are sealed and opened for them. */
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import type { KeyPurpose } from "../store/tables-outbox.ts";

export type { KeyPurpose } from "../store/tables-outbox.ts";

export interface KeyLabel {
  readonly purpose: KeyPurpose;
  readonly merchantId?: number;
  /** Of a representative: the member it was made for. Who represents it now is the chain's to say. */
  readonly memberId?: number;
}

/** A legacy transaction at gas price zero; the chain id is the deployment's. */
export interface UnsignedTransaction {
  readonly chainId: number;
  readonly nonce: number;
  readonly to: Address;
  readonly data: HexData;
  readonly gasLimit: bigint;
}

export interface SignedTransaction {
  readonly raw: HexData;
  readonly hash: Hex32;
}

/** Of a composite signature, whose leaves name their contracts themselves. */
export interface ChainDomain {
  readonly name: string;
  readonly version: string;
  readonly chainId: number;
}

export interface TypedDataDomain extends ChainDomain {
  readonly verifyingContract: Address;
}

export type TypedDataTypes = Record<string, { name: string; type: string }[]>;

export interface Signers {
  create(label: KeyLabel): Promise<Address>;
  /** Importing a key again changes nothing and gives its address. */
  importKey(privateKey: HexData, label: KeyLabel): Promise<Address>;
  addressesOf(purpose: KeyPurpose, merchantId?: number): Promise<Address[]>;
  signTransaction(signer: Address, transaction: UnsignedTransaction): Promise<SignedTransaction>;
  signTypedData(
    signer: Address,
    typed: { domain: ChainDomain; types: TypedDataTypes; message: Record<string, unknown> },
  ): Promise<HexData>;
  /** Seals a secret that another room keeps in its own table; `label` names that row, and is needed to open it. */
  sealSecret(label: string, secret: Uint8Array): Buffer;
  /** Throws `secret_unreadable` when it was sealed under another label or passphrase. */
  openSecret(label: string, sealed: Uint8Array): Buffer;
}
