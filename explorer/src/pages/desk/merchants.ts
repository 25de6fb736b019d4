/** Merchants and their tokens by name, for lists and for choosing one. */
import { useQuery } from "@tanstack/react-query";
import { listMerchantsOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Merchant } from "../../../../gateway/client/generated/types.gen.ts";

/** Merchants change rarely, and a list of names needs not be of this second. */
const FRESH_MS = 60_000;
const LIMIT = 200;

export function useMerchants(): readonly Merchant[] {
  const { data } = useQuery({
    ...listMerchantsOptions({ query: { limit: LIMIT } }),
    staleTime: FRESH_MS,
    meta: { live: false },
  });
  return data?.items ?? [];
}

export const useMerchantName = (id: number): string | undefined =>
  useMerchants().find((merchant) => merchant.id === id)?.legalName;
