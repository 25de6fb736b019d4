/** The text that a wallet shows its owner when it signs in (EIP-4361). Wallets compare its first line with the page's address. */

interface SignInText {
  /** Host and port of this page, as its address shows them. */
  readonly host: string;
  readonly origin: string;
  /** As EIP-55 writes it. */
  readonly address: string;
  readonly chainId: number;
  readonly nonce: string;
  readonly issuedAt: Date;
}

/** The standard allows no other letters than those of ASCII. */
const STATEMENT = "Sign in to the alliance points ledger. This sends nothing, moves nothing and costs nothing.";

export function signInText({ host, origin, address, chainId, nonce, issuedAt }: SignInText): string {
  return [
    `${host} wants you to sign in with your Ethereum account:`,
    address,
    "",
    STATEMENT,
    "",
    `URI: ${origin}/sign-in`,
    "Version: 1",
    `Chain ID: ${chainId}`,
    `Nonce: ${nonce}`,
    `Issued At: ${issuedAt.toISOString()}`,
  ].join("\n");
}
