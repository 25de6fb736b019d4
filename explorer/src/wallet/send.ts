/** A transaction of the reader's own: the wallet signs and sends it, and this waits until a block has it. */
import { requireConnection } from "./connection.ts";
import { ensureNetwork } from "./network.ts";
import type { WalletProvider } from "./provider.ts";
import { WalletError, walletErrorOf } from "./wallet-error.ts";

export interface Call {
  readonly to: string;
  readonly data: string;
}

const ASK_EVERY_MS = 1_000;
/** Blocks come every few seconds; after this long the reader is told where it can be looked up later. */
const PATIENCE_MS = 120_000;

/** Resolves with the transaction's hash as soon as the wallet has sent it. `as`: the account that must send it. */
export async function sendCall({ to, data }: Call, as?: string): Promise<string> {
  const connection = requireConnection(as);
  const { wallet, account } = connection;
  try {
    await ensureNetwork(connection);
    const params = [{ from: account, to, data, value: "0x0" }];
    const hash = await wallet.provider.request({ method: "eth_sendTransaction", params });
    if (typeof hash === "string" && /^0x[0-9a-f]{64}$/i.test(hash)) return hash;
    throw new WalletError("failed", "the wallet answered no transaction");
  } catch (error) {
    throw walletErrorOf(error);
  }
}

const statusIn = (receipt: unknown): string | undefined =>
  typeof receipt === "object" && receipt !== null && "status" in receipt ? String(receipt.status) : undefined;

async function askStatus(provider: WalletProvider, hash: string): Promise<string | undefined> {
  try {
    return statusIn(await provider.request({ method: "eth_getTransactionReceipt", params: [hash] }));
  } catch {
    // The node may be away for a moment; what was sent stays sent.
    return undefined;
  }
}

/** Throws `reverted` when the chain refused it, `not_mined` when no block took it in time. */
export async function waitUntilMined(hash: string): Promise<void> {
  const { provider } = requireConnection().wallet;
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
    const status = await askStatus(provider, hash);
    if (status === "0x1") return;
    if (status !== undefined) throw new WalletError("reverted", hash);
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  throw new WalletError("not_mined", hash);
}
