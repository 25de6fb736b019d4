/** How many points of each merchant the customer has, in base units. */
import { useQuery } from "@tanstack/react-query";
import { getAccountOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Account } from "../../../../gateway/client/generated/types.gen.ts";
import { useHolder } from "./holder.ts";

export type Balances = ReadonlyMap<string, string>;

const balancesOf = ({ holdings }: Account): Balances =>
  new Map(holdings.map(({ token, balance }) => [token, balance.amount]));

/** Empty until it is known, and for who never had any. */
export function useBalances(): Balances {
  const { account } = useHolder();
  const { data } = useQuery({ ...getAccountOptions({ path: { address: account } }), select: balancesOf });
  return data ?? new Map();
}
