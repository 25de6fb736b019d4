/** Who an address is, where the chain says so: contracts, merchants and their tokens and tills, members and their nodes. */
import { useQuery } from "@tanstack/react-query";
import { getLabelsOptions } from "../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Label } from "../../../gateway/client/generated/types.gen.ts";

/** Names change rarely. */
const FRESH_MS = 60_000;

export function useKnown(address: string): Label | undefined {
  const { data } = useQuery({
    ...getLabelsOptions(),
    staleTime: FRESH_MS,
    meta: { live: false },
    select: ({ labels }) => labels.find((one) => one.address === address.toLowerCase()),
  });
  return data;
}
