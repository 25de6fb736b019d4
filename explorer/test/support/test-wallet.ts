/**
 * A wallet in the browser of a visit, as an extension would be: it announces itself (EIP-6963), speaks EIP-1193, and holds
 * a real key, here outside of the page. What it sends goes to the chain by the gateway's own /rpc.
 */
import { JsonRpcProvider, Wallet, getBytes } from "ethers";
import type { TypedDataField } from "ethers";
import type { Stage } from "./stage.ts";
import type { Visit } from "./visit.ts";

export interface TestWallet {
  readonly address: string;
  /** The methods that the page asked for, in their order. */
  readonly asked: readonly string[];
  /** Its owner says no to the next question that asks for consent. */
  declineNext(): void;
}

interface Options {
  readonly privateKey: string;
  /** It starts on another chain and knows no other, as a wallet does that was never here. */
  readonly knowsChain?: boolean;
  readonly name?: string;
}

interface Asked {
  readonly method: string;
  readonly params?: readonly unknown[];
}

type Answer = { readonly result: unknown; readonly chainId?: string } | { readonly error: object };

const OTHER_CHAIN = "0x1";
const NEEDS_CONSENT = [
  "eth_requestAccounts",
  "personal_sign",
  "eth_signTypedData_v4",
  "eth_sendTransaction",
  "wallet_addEthereumChain",
  "wallet_switchEthereumChain",
];

interface TypedData {
  readonly domain: Record<string, unknown>;
  readonly types: Record<string, TypedDataField[]>;
  readonly message: Record<string, unknown>;
}

class Keyring {
  readonly asked: string[] = [];
  readonly #signer: Wallet;
  readonly #provider: JsonRpcProvider;
  readonly #known: Set<string>;
  #chainId: string;
  #isDeclining = false;

  constructor(url: string, { privateKey, knowsChain = true }: Options, chainId: string) {
    this.#provider = new JsonRpcProvider(`${url}/rpc`, undefined, { staticNetwork: true, batchMaxCount: 1 });
    this.#signer = new Wallet(privateKey, this.#provider);
    this.#chainId = knowsChain ? chainId : OTHER_CHAIN;
    this.#known = new Set(knowsChain ? [chainId] : []);
  }

  declineNext = (): void => {
    this.#isDeclining = true;
  };

  async answer({ method, params = [] }: Asked): Promise<Answer> {
    this.asked.push(method);
    if (this.#isDeclining && NEEDS_CONSENT.includes(method)) {
      this.#isDeclining = false;
      return { error: { code: 4001, message: "User rejected the request." } };
    }
    try {
      return await this.#carryOut(method, params);
    } catch (error) {
      return { error: { code: -32603, message: (error as Error).message } };
    }
  }

  async #carryOut(method: string, params: readonly unknown[]): Promise<Answer> {
    const [first, second] = params;
    switch (method) {
      case "eth_accounts":
      case "eth_requestAccounts":
        return { result: [this.#signer.address] };
      case "eth_chainId":
        return { result: this.#chainId };
      case "wallet_addEthereumChain":
        this.#known.add((first as { chainId: string }).chainId);
        return this.#enter((first as { chainId: string }).chainId);
      case "wallet_switchEthereumChain":
        return this.#enter((first as { chainId: string }).chainId);
      case "personal_sign":
        return { result: await this.#signer.signMessage(getBytes(String(first))) };
      case "eth_signTypedData_v4":
        return { result: await this.#signTyped(JSON.parse(String(second)) as TypedData) };
      case "eth_sendTransaction": {
        const { to, data } = first as { to: string; data: string };
        const sent = await this.#signer.sendTransaction({ to, data, gasPrice: 0, type: 0 });
        return { result: sent.hash };
      }
      default:
        return { result: (await this.#provider.send(method, [...params])) as unknown };
    }
  }

  #enter(chainId: string): Answer {
    if (!this.#known.has(chainId)) return { error: { code: 4902, message: "Unrecognized chain ID." } };
    this.#chainId = chainId;
    return { result: null, chainId };
  }

  #signTyped({ domain, types, message }: TypedData): Promise<string> {
    const own = Object.fromEntries(Object.entries(types).filter(([name]) => name !== "EIP712Domain"));
    return this.#signer.signTypedData(domain, own, message);
  }
}

/** Before the page is opened. */
export async function installWallet({ page }: Visit, stage: Stage, options: Options): Promise<TestWallet> {
  const response = await fetch(`${stage.url}/rpc`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] }),
  });
  const { result } = (await response.json()) as { result: string };
  const keyring = new Keyring(stage.url, options, result);
  await page.exposeFunction("askTestWallet", (asked: Asked) => keyring.answer(asked));
  await page.addInitScript(announce, options.name ?? "Test wallet");
  return { address: new Wallet(options.privateKey).address, asked: keyring.asked, declineNext: keyring.declineNext };
}

/** Runs in the page. */
function announce(name: string): void {
  const listeners = new Map<string, Set<(value: unknown) => void>>();
  const { askTestWallet } = window as unknown as { askTestWallet: (asked: object) => Promise<Answer> };
  const provider = {
    async request(asked: object): Promise<unknown> {
      const answer = await askTestWallet(asked);
      if ("error" in answer) throw Object.assign(new Error("refused"), answer.error);
      if (answer.chainId !== undefined) listeners.get("chainChanged")?.forEach((tell) => tell(answer.chainId));
      return answer.result;
    },
    on(event: string, listener: (value: unknown) => void): void {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener));
    },
    removeListener(event: string, listener: (value: unknown) => void): void {
      listeners.get(event)?.delete(listener);
    },
  };
  const info = { uuid: crypto.randomUUID(), name, icon: "", rdns: "test.wallet" };
  const tell = (): void => {
    dispatchEvent(
      new CustomEvent("eip6963:announceProvider", {
        detail: Object.freeze({ info, provider }),
      }),
    );
  };
  addEventListener("eip6963:requestProvider", tell);
  tell();
}
