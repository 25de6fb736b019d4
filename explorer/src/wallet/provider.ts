/** What a wallet in the browser is to this page: EIP-1193, and who it says it is: EIP-6963. */

export interface WalletRequest {
  readonly method: string;
  readonly params?: readonly unknown[] | Readonly<Record<string, unknown>>;
}

/** Answers are whatever the wallet says; whoever asks checks what came. */
export interface WalletProvider {
  request(request: WalletRequest): Promise<unknown>;
  on?(event: string, listener: (value: unknown) => void): unknown;
  removeListener?(event: string, listener: (value: unknown) => void): unknown;
}

export interface FoundWallet {
  /** Reverse domain name: the same after a reload, other than the wallet's uuid. */
  readonly rdns: string;
  readonly name: string;
  /** A data: URI; empty when the wallet gave another kind, for no other address is asked for pictures. */
  readonly icon: string;
  readonly provider: WalletProvider;
}
