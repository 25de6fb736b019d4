/** What can go wrong with a wallet, by name. The words are in the language files under `wallet:error`. */

export const WALLET_ERROR_CODES = [
  "none",
  "rejected",
  "pending",
  "unauthorized",
  "unsupported",
  "disconnected",
  "wrong_chain",
  "other_account",
  "reverted",
  "not_mined",
  "failed",
] as const;
export type WalletErrorCode = (typeof WALLET_ERROR_CODES)[number];

export class WalletError extends Error {
  override readonly name = "WalletError";
  readonly code: WalletErrorCode;

  /** `detail`: what the wallet itself said, or the address or hash that the sentence is about. */
  constructor(code: WalletErrorCode, detail = "") {
    super(detail === "" ? code : detail);
    this.code = code;
  }
}

/** EIP-1193 and EIP-1474. */
const CODES: Readonly<Record<number, WalletErrorCode>> = {
  4001: "rejected",
  4100: "unauthorized",
  4200: "unsupported",
  4900: "disconnected",
  4901: "wrong_chain",
  [-32002]: "pending",
  [-32601]: "unsupported",
  3: "reverted",
};

/** The code of an answer that refuses, whatever its shape; wallets wrap their node's errors. */
export function answerCode(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("code" in error && typeof error.code === "number" && error.code !== -32603) return error.code;
  const inner = "data" in error && typeof error.data === "object" ? error.data : undefined;
  const wrapped = inner !== null && inner !== undefined && "originalError" in inner ? inner.originalError : inner;
  return wrapped === undefined || wrapped === null ? undefined : answerCode(wrapped);
}

export function walletErrorOf(error: unknown): WalletError {
  if (error instanceof WalletError) return error;
  const message =
    typeof error === "object" && error !== null && "message" in error && typeof error.message === "string"
      ? error.message
      : String(error);
  const known = CODES[answerCode(error) ?? 0];
  if (known !== undefined) return new WalletError(known, known === "rejected" ? "" : message);
  // A node's refusal that a wallet passes on without a code of its own.
  return new WalletError(/revert/i.test(message) ? "reverted" : "failed", message);
}
