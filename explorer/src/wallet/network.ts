/** This chain, as wallets know chains: add it (EIP-3085), switch to it (EIP-3326). */
import { client } from "../../../gateway/client/generated/client.gen.ts";
import type { Connection } from "./connection.ts";
import { currentConnection } from "./connection.ts";
import type { WalletProvider } from "./provider.ts";
import { WalletError, answerCode, walletErrorOf } from "./wallet-error.ts";

export interface Network {
  readonly chainId: number;
  readonly chainName: string;
  readonly rpcUrls: readonly string[];
  readonly blockExplorerUrls: readonly string[];
  readonly nativeCurrency: { readonly name: string; readonly symbol: string; readonly decimals: number };
}

/** The wallet does not know the chain (EIP-3326). Some wallets say so as an internal error. */
const UNKNOWN_CHAIN = 4902;

const hexOf = (chainId: number): string => `0x${chainId.toString(16)}`;

let known: Promise<Network> | undefined;

/** It never changes while a page is open; a failed question is asked again. */
export function fetchNetwork(): Promise<Network> {
  known ??= client
    .get<{ 200: Network }, unknown, true>({ url: "/v1/network", throwOnError: true })
    .then(({ data }) => data)
    .catch((error: unknown) => {
      known = undefined;
      throw error;
    });
  return known;
}

/** The wallet asks its owner; it also switches to it. */
export async function addNetwork(provider: WalletProvider, network: Network): Promise<void> {
  const { chainId, chainName, rpcUrls, blockExplorerUrls, nativeCurrency } = network;
  // A path is the gateway's own; wallets take whole addresses only.
  const whole = (urls: readonly string[]): string[] => urls.map((url) => new URL(url, location.origin).href);
  try {
    await provider.request({
      method: "wallet_addEthereumChain",
      params: [
        {
          chainId: hexOf(chainId),
          chainName,
          rpcUrls: whole(rpcUrls),
          blockExplorerUrls: whole(blockExplorerUrls),
          nativeCurrency,
        },
      ],
    });
  } catch (error) {
    throw walletErrorOf(error);
  }
}

async function switchTo(provider: WalletProvider, network: Network): Promise<void> {
  try {
    await provider.request({
      method: "wallet_switchEthereumChain",
      params: [{ chainId: hexOf(network.chainId) }],
    });
  } catch (error) {
    const isUnknown = answerCode(error) === UNKNOWN_CHAIN || /unrecognized chain/i.test(String(error));
    if (!isUnknown) throw walletErrorOf(error);
    await addNetwork(provider, network);
  }
}

/** Before anything is signed or sent: the wallet is on this chain. */
export async function ensureNetwork({ wallet: { provider } }: Connection): Promise<void> {
  const network = await fetchNetwork();
  const isHere = async (): Promise<boolean> =>
    Number(await provider.request({ method: "eth_chainId" })) === network.chainId;
  if (await isHere()) return;
  await switchTo(provider, network);
  if (!(await isHere())) throw new WalletError("wrong_chain", network.chainName);
}

/** Of the wallet that is connected now, for a button that offers it. */
export async function switchNetwork(): Promise<void> {
  const connection = currentConnection();
  if (connection === undefined) throw new WalletError("none");
  await ensureNetwork(connection);
}
