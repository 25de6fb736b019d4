/** Node keys, their addresses and enode URLs (devp2p). */
import type { Address, HexData } from "../../gateway/src/kernel/ids.ts";

export interface NodeKey {
  /** 32 bytes; a secret. */
  readonly privateKey: HexData;
  /** 64 bytes, uncompressed secp256k1 without the leading 04. */
  readonly publicKey: HexData;
  readonly address: Address;
}

export interface Enode {
  readonly publicKey: HexData;
  readonly address: Address;
  readonly host: string;
  readonly port: number;
}

export function makeNodeKey(): NodeKey {
  throw new Error("not built yet");
}

/** @param text 64 hex digits, with or without 0x, as a key file holds them. */
export function parseNodeKey(_text: string): NodeKey {
  throw new Error("not built yet");
}

export function addressOfPublicKey(_publicKey: HexData): Address {
  throw new Error("not built yet");
}

export function enodeUrl(_of: { readonly publicKey: HexData; readonly host: string; readonly port: number }): string {
  throw new Error("not built yet");
}

/** Throws `NetworkError("input")` that says what an enode looks like. */
export function parseEnode(_url: string): Enode {
  throw new Error("not built yet");
}
