/** This chain as wallets want to be told of it (EIP-3085). */
import { z } from "zod";
import type { Route } from "../route.ts";
import { route } from "../route.ts";

export const networkRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/network",
    operationId: "getNetwork",
    summary: "This chain, as wallet_addEthereumChain takes it; chainId as a number",
    description: "Gas costs nothing here: an account needs no balance to send a transaction.",
    tag: "Chain",
    roles: "public",
    output: z
      .strictObject({
        chainId: z.int().min(1),
        chainName: z.string(),
        rpcUrls: z.array(z.string()).meta({ example: ["https://points.example/rpc"] }),
        blockExplorerUrls: z.array(z.string()).meta({ example: ["https://points.example"] }),
        nativeCurrency: z.strictObject({ name: z.string(), symbol: z.string(), decimals: z.int() }),
      })
      .meta({ id: "Network" }),
    run: ({ web: { origin } }, { deployment: { chainId } }) =>
      Promise.resolve({
        chainId,
        chainName: `积分通 Alliance Points ${chainId}`,
        rpcUrls: [`${origin}/rpc`],
        blockExplorerUrls: [origin],
        nativeCurrency: { name: "Gas (free)", symbol: "GAS", decimals: 18 },
      }),
  }),
];
