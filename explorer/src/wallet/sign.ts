/** What a wallet signs: a text that people read (EIP-191), or typed data (EIP-712). Nothing is sent. */
import { requireConnection } from "./connection.ts";
import { ensureNetwork } from "./network.ts";
import { WalletError, walletErrorOf } from "./wallet-error.ts";

/** As /v1/signing and the council's ballots give it. */
export interface SignableData {
  readonly domain: {
    readonly name: string;
    readonly version: string;
    readonly chainId: number;
    readonly verifyingContract?: string;
  };
  readonly types: Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>>;
  readonly primaryType: string;
  readonly message: Readonly<Record<string, string | number | boolean>>;
}

const DOMAIN_FIELDS = [
  { name: "name", type: "string" },
  { name: "version", type: "string" },
  { name: "chainId", type: "uint256" },
  { name: "verifyingContract", type: "address" },
] as const;

const signatureIn = (answer: unknown): string => {
  if (typeof answer === "string" && /^0x([0-9a-fA-F]{2})+$/.test(answer)) return answer;
  throw new WalletError("failed", "the wallet answered no signature");
};

const hexOf = (text: string): string =>
  `0x${[...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;

/** Signing in (EIP-4361) is a text; any chain will do. */
export async function signText(text: string, as?: string): Promise<string> {
  const { wallet, account } = requireConnection(as);
  try {
    return signatureIn(await wallet.provider.request({ method: "personal_sign", params: [hexOf(text), account] }));
  } catch (error) {
    throw walletErrorOf(error);
  }
}

/** Wallets refuse typed data of a chain that they are not on. */
export async function signTypedData({ domain, types, primaryType, message }: SignableData, as?: string) {
  const connection = requireConnection(as);
  try {
    await ensureNetwork(connection);
    // Wallets want the domain's own type spelled out, with exactly the fields that it has.
    const EIP712Domain = DOMAIN_FIELDS.filter(({ name }) => domain[name] !== undefined);
    const data = JSON.stringify({ domain, types: { EIP712Domain, ...types }, primaryType, message });
    return signatureIn(
      await connection.wallet.provider.request({ method: "eth_signTypedData_v4", params: [connection.account, data] }),
    );
  } catch (error) {
    throw walletErrorOf(error);
  }
}
