/** "Sign-In with Ethereum" (EIP-4361): reads the text that a wallet showed and signed, and who signed it. */
import { getAddress, hashMessage, Interface, verifyMessage } from "ethers";
import { SiweMessage } from "siwe";
import type { Address, HexData } from "../kernel/ids.ts";
import { parseAddress } from "../kernel/ids.ts";
import type { ChainClient } from "./client.ts";

export interface WalletMessage {
  readonly account: Address;
  /** Host and port of the page that asked. */
  readonly domain: string;
  readonly uri: string;
  readonly version: string;
  readonly chainId: number;
  readonly nonce: string;
  /** Milliseconds since 1970; NaN for what is no time. */
  readonly issuedAt: number;
  readonly expiresAt?: number;
  readonly notBefore?: number;
}

/** Undefined when the text is not exactly of that form: what one reads and what is checked must be the same. */
export function readWalletMessage(text: string): WalletMessage | undefined {
  try {
    const message = new SiweMessage(text);
    if (message.prepareMessage() !== text) return undefined;
    const { address, domain, uri, version, chainId, nonce, issuedAt, expirationTime, notBefore } = message;
    return {
      account: parseAddress(address),
      domain,
      uri,
      version,
      chainId,
      nonce,
      issuedAt: Date.parse(issuedAt ?? ""),
      ...(expirationTime === undefined ? {} : { expiresAt: Date.parse(expirationTime) }),
      ...(notBefore === undefined ? {} : { notBefore: Date.parse(notBefore) }),
    };
  } catch {
    return undefined;
  }
}

/** As EIP-55 writes it: the form that such a text must have. */
export const checksummed = (account: Address): string => getAddress(account);

const contractWallet = new Interface([
  "function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)",
]);
const IS_VALID = "0x1626ba7e";

/** By a key, or by a contract that says so itself (ERC-1271: a wallet of several owners, for example). */
export async function isSignedBy(
  chain: Pick<ChainClient, "call" | "codeOf">,
  account: Address,
  { text, signature }: { text: string; signature: HexData },
): Promise<boolean> {
  if (signerOf(text, signature) === account) return true;
  if ((await chain.codeOf(account)) === "0x") return false;
  const data = contractWallet.encodeFunctionData("isValidSignature", [hashMessage(text), signature]) as HexData;
  const answer = await chain.call({ to: account, data });
  return answer.ok && answer.data.startsWith(IS_VALID) && answer.data.length === 66;
}

function signerOf(text: string, signature: HexData): Address | undefined {
  try {
    return parseAddress(verifyMessage(text, signature));
  } catch {
    return undefined;
  }
}
