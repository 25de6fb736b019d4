/** The one wallet that this tab is connected to: which account, on which chain. Remembered, so that a reload stays connected. */
import { foundWallets, subscribeToWallets } from "./discovery.ts";
import type { FoundWallet } from "./provider.ts";
import { WalletError, walletErrorOf } from "./wallet-error.ts";

export interface Connection {
  readonly wallet: FoundWallet;
  /** Lower case. */
  readonly account: string;
  readonly chainId: number;
}

const REMEMBERED_AS = "ledger-wallet";

const listeners = new Set<() => void>();
let connection: Connection | undefined;
let stopFollowing: (() => void) | undefined;
let isRestored = false;

function enter(next: Connection | undefined): void {
  connection = next;
  for (const tell of listeners) tell();
}

const accountIn = (answer: unknown): string | undefined => {
  const first: unknown = Array.isArray(answer) ? answer[0] : undefined;
  return typeof first === "string" && /^0x[0-9a-fA-F]{40}$/.test(first) ? first.toLowerCase() : undefined;
};

/** The wallet's owner may choose another account or chain at any time. */
function follow(wallet: FoundWallet): void {
  const { provider } = wallet;
  const onAccounts = (accounts: unknown): void => {
    const account = accountIn(accounts);
    if (account === undefined) disconnect();
    else if (connection !== undefined) enter({ ...connection, account });
  };
  const onChain = (chainId: unknown): void => {
    if (connection !== undefined) enter({ ...connection, chainId: Number(chainId) });
  };
  provider.on?.("accountsChanged", onAccounts);
  provider.on?.("chainChanged", onChain);
  stopFollowing = () => {
    provider.removeListener?.("accountsChanged", onAccounts);
    provider.removeListener?.("chainChanged", onChain);
  };
}

async function open(wallet: FoundWallet, method: "eth_requestAccounts" | "eth_accounts"): Promise<Connection> {
  const account = accountIn(await wallet.provider.request({ method }));
  if (account === undefined) throw new WalletError("unauthorized");
  const chainId = Number(await wallet.provider.request({ method: "eth_chainId" }));
  stopFollowing?.();
  follow(wallet);
  const opened = { wallet, account, chainId };
  enter(opened);
  return opened;
}

/** The wallet asks its owner. */
export async function connectWallet(wallet: FoundWallet): Promise<Connection> {
  try {
    const opened = await open(wallet, "eth_requestAccounts");
    localStorage.setItem(REMEMBERED_AS, wallet.rdns);
    return opened;
  } catch (error) {
    throw walletErrorOf(error);
  }
}

/** For this page only: the wallet keeps its own list of the sites it trusts. */
export function disconnect(): void {
  stopFollowing?.();
  stopFollowing = undefined;
  localStorage.removeItem(REMEMBERED_AS);
  enter(undefined);
}

/** After a reload: without asking anybody. A wallet that is locked meanwhile is simply not connected. */
function restore(): void {
  if (isRestored) return;
  const rdns = localStorage.getItem(REMEMBERED_AS);
  const wallet = rdns === null ? undefined : foundWallets().find((one) => one.rdns === rdns);
  if (wallet === undefined) return;
  isRestored = true;
  open(wallet, "eth_accounts").catch(() => undefined);
}

export function subscribeToConnection(listener: () => void): () => void {
  listeners.add(listener);
  const stop = subscribeToWallets(restore);
  restore();
  return () => {
    stop();
    listeners.delete(listener);
  };
}

export const currentConnection = (): Connection | undefined => connection;

/** Who is asked to sign or send. `as`: the account it must be. */
export function requireConnection(as?: string): Connection {
  if (connection === undefined) throw new WalletError("none");
  if (as !== undefined && as.toLowerCase() !== connection.account) throw new WalletError("other_account", as);
  return connection;
}
