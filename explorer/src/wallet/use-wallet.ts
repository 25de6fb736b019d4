/** The wallet, for pages. */
import { useSyncExternalStore } from "react";
import { useQuery } from "@tanstack/react-query";
import type { Connection } from "./connection.ts";
import { currentConnection, subscribeToConnection } from "./connection.ts";
import { foundWallets, subscribeToWallets } from "./discovery.ts";
import { fetchNetwork } from "./network.ts";

/** Undefined while none is connected. */
export const useConnection = (): Connection | undefined =>
  useSyncExternalStore(subscribeToConnection, currentConnection);

export const useWallets = () => useSyncExternalStore(subscribeToWallets, foundWallets);

export const useNetwork = () =>
  useQuery({ queryKey: ["network"], queryFn: fetchNetwork, staleTime: Infinity, meta: { live: false } });
