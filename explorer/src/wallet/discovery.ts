/** Which wallets there are: each announces itself when asked (EIP-6963). One that only fills `window.ethereum` is found too. */
import type { FoundWallet, WalletProvider } from "./provider.ts";

interface Announcement {
  readonly info: { readonly name: string; readonly icon: string; readonly rdns: string };
  readonly provider: WalletProvider;
}

declare global {
  interface WindowEventMap {
    "eip6963:announceProvider": CustomEvent<Announcement>;
  }
  interface Window {
    ethereum?: WalletProvider;
  }
}

/** A wallet of before EIP-6963. */
const UNNAMED = { rdns: "window.ethereum", name: "window.ethereum", icon: "" } as const;

const listeners = new Set<() => void>();
let found: readonly FoundWallet[] = [];

function add({ detail: { info, provider } }: WindowEventMap["eip6963:announceProvider"]): void {
  if (found.some((wallet) => wallet.provider === provider || wallet.rdns === info.rdns)) return;
  const icon = info.icon.startsWith("data:image/") ? info.icon : "";
  const named = found.filter(({ rdns }) => rdns !== UNNAMED.rdns);
  found = [...named, { rdns: info.rdns, name: info.name, icon, provider }];
  for (const tell of listeners) tell();
}

let isListening = false;

/** Asks once; wallets that arrive late announce themselves. */
function discover(): void {
  if (isListening) return;
  isListening = true;
  addEventListener("eip6963:announceProvider", add);
  dispatchEvent(new Event("eip6963:requestProvider"));
  if (found.length === 0 && window.ethereum !== undefined) found = [{ ...UNNAMED, provider: window.ethereum }];
}

export function subscribeToWallets(listener: () => void): () => void {
  listeners.add(listener);
  discover();
  return () => void listeners.delete(listener);
}

export const foundWallets = (): readonly FoundWallet[] => {
  discover();
  return found;
};
