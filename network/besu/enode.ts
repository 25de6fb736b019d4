/** Node keys, their addresses and enode URLs (devp2p). */
import { createHash, randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { computeAddress, SigningKey } from "ethers";
import { parseAddress, parseHexData } from "../../gateway/src/kernel/ids.ts";
import type { Address, HexData } from "../../gateway/src/kernel/ids.ts";
import { canBeDialled, canonicalHost } from "../plan/host.ts";
import { NetworkError } from "../plan/network-error.ts";

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

const PORT_MAX = 65_535;
/** Order of secp256k1: a private key is 1 to this minus 1. */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

export function makeNodeKey(): NodeKey {
  return nodeKey(randomBytes(32).toString("hex"));
}

/** The same text gives the same key everywhere: whoever knows the text has the key. For tests only. */
export function seededNodeKey(seed: string): NodeKey {
  // Past the group's order in 1 of 2^128 texts; hashing again ends there.
  let digest = createHash("sha256").update(seed).digest("hex");
  while (!isPrivateKey(digest)) digest = createHash("sha256").update(digest).digest("hex");
  return nodeKey(digest);
}

/** @param text 64 hex digits, with or without 0x, as a key file holds them. The error does not repeat it. */
export function parseNodeKey(text: string): NodeKey {
  const digits = text.trim().replace(/^0x/i, "");
  if (!isPrivateKey(digits))
    throw new NetworkError(
      "input",
      "A key file holds one line of 64 hex digits, a private key of secp256k1; this one does not. Use the file that `init` or `keys` made.",
    );
  return nodeKey(digits);
}

function isPrivateKey(digits: string): boolean {
  if (!/^[0-9a-fA-F]{64}$/.test(digits)) return false;
  const number = BigInt(`0x${digits}`);
  return number > 0n && number < ORDER;
}

function nodeKey(digits: string): NodeKey {
  const privateKey = parseHexData(`0x${digits}`);
  const publicKey = parseHexData(`0x${SigningKey.computePublicKey(privateKey, false).slice(4)}`);
  return { privateKey, publicKey, address: addressOfPublicKey(publicKey) };
}

/** Last 20 bytes of keccak-256 of the 64 bytes. Throws `NetworkError("input")` when they are no point of the curve. */
export function addressOfPublicKey(publicKey: HexData): Address {
  return parseAddress(computeAddress(parsePublicKey(publicKey, "publicKey").replace(/^0x/, "0x04")));
}

/**
 * 128 hex digits, with or without 0x and the leading 04 of the uncompressed form.
 * @param where Named in the error.
 */
export function parsePublicKey(text: string, where: string): HexData {
  const digits = text
    .trim()
    .replace(/^0x/i, "")
    .replace(/^04(?=[0-9a-fA-F]{128}$)/, "");
  if (/^[0-9a-fA-F]{128}$/.test(digits)) {
    try {
      // Decompressing and compressing refuses a point that is not on the curve.
      SigningKey.computePublicKey(`0x04${digits}`, true);
      return parseHexData(`0x${digits}`);
    } catch {
      // Said below: the sentence is the same.
    }
  }
  throw new NetworkError(
    "input",
    `${where}: a node's public key is 128 hex digits and a point of secp256k1; this is not. \`npm run network -- keys\` prints it.`,
  );
}

/** enode://<128 hex digits>@<host>:<port>, as Besu writes it: lower case, TCP port only, IPv6 in brackets and canonical. */
export function enodeUrl(of: { readonly publicKey: HexData; readonly host: string; readonly port: number }): string {
  const host = isIP(of.host) === 6 ? `[${canonicalHost(of.host)}]` : of.host;
  return `enode://${of.publicKey.slice(2).toLowerCase()}@${host}:${of.port}`;
}

/** Throws `NetworkError("input")` that says what an enode looks like. `?discport=` is dropped: discovery is off. */
export function parseEnode(url: string): Enode {
  const match = /^enode:\/\/(?:0x)?([0-9a-fA-F]{128})@(\[[^\]]+\]|[^:@/?]+):(\d{1,5})(\?discport=\d{1,5})?$/.exec(
    url.trim(),
  );
  const host = canonicalHost(match?.[2]?.replace(/^\[|\]$/g, "") ?? "");
  const port = Number(match?.[3]);
  if (match?.[1] === undefined || !canBeDialled(host) || port < 1 || port > PORT_MAX)
    throw new NetworkError(
      "input",
      `"${url.slice(0, 200)}" is not an enode. It looks like enode://<128 hex digits>@<IP address>:<TCP port>; names of hosts are not possible in it.`,
    );
  const publicKey = parsePublicKey(match[1], "enode");
  return { publicKey, address: addressOfPublicKey(publicKey), host, port };
}
