/** The merchant's number as it stands in an address. */
import { useOwnMerchant } from "../own-merchant.tsx";

export const useOwnId = (): string => String(useOwnMerchant().id);
