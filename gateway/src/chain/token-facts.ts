/** What an ERC-20 token says of itself, asked of the chain: any token, also one that the alliance does not know. */
import { AbiCoder, Interface } from "ethers";
import type { Address, HexData } from "../kernel/ids.ts";
import type { ChainClient } from "./client.ts";

const ERC20 = new Interface([
  "function name() view returns (string)",
  "function symbol() view returns (string)",
  "function decimals() view returns (uint8)",
  "function totalSupply() view returns (uint256)",
  "function balanceOf(address) view returns (uint256)",
]);

type View = "name" | "symbol" | "decimals" | "totalSupply" | "balanceOf";

/** Undefined where there is no such view. */
async function view(
  chain: ChainClient,
  at: { token: Address; block?: number | undefined },
  what: View,
  args: readonly unknown[] = [],
): Promise<unknown> {
  const data = ERC20.encodeFunctionData(what, args) as HexData;
  const outcome = await chain.call({ to: at.token, data }, at.block);
  if (!outcome.ok || outcome.data === "0x") return undefined;
  const [type] = ERC20.getFunction(what)?.outputs ?? [];
  try {
    return type === undefined ? undefined : (AbiCoder.defaultAbiCoder().decode([type], outcome.data)[0] as unknown);
  } catch {
    return undefined;
  }
}

export interface TokenFacts {
  readonly name: string;
  readonly symbol: string;
  readonly decimals: number;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Undefined where there is no token. These three never change in a token's life. */
export async function fetchTokenFacts(chain: ChainClient, token: Address): Promise<TokenFacts | undefined> {
  const name = await view(chain, { token }, "name");
  const symbol = await view(chain, { token }, "symbol");
  const decimals = await view(chain, { token }, "decimals");
  if (decimals === undefined) return undefined;
  return { name: textOf(name), symbol: textOf(symbol), decimals: Number(decimals) };
}

/** Undefined where there is no token. */
export async function fetchTotalSupply(chain: ChainClient, token: Address): Promise<bigint | undefined> {
  return (await view(chain, { token }, "totalSupply")) as bigint | undefined;
}

/** At the head, or at the end of a block. */
export async function fetchTokenBalance(
  chain: ChainClient,
  { token, account }: { token: Address; account: Address },
  block?: number,
): Promise<bigint | undefined> {
  return (await view(chain, { token, block }, "balanceOf", [account])) as bigint | undefined;
}
