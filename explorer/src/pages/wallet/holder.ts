/** Whose wallet this is, for every page of it. */
import { createContext, use } from "react";

export interface Holder {
  /** Lower case. */
  readonly account: string;
  /** A customer whose key the gateway keeps: its consent is the session. Undefined: it signs with a wallet of its own. */
  readonly customerId: string | undefined;
}

export const HolderContext = createContext<Holder | undefined>(undefined);

export function useHolder(): Holder {
  const holder = use(HolderContext);
  if (holder === undefined) throw new Error("a page of the wallet outside of it");
  return holder;
}
