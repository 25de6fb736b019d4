/** How a customer is named: by the id that the gateway gave, or by the account's address. */
import { getCustomer } from "../../../../gateway/client/generated/sdk.gen.ts";

export const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
export const CUSTOMER_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The account of either. */
export async function addressOf(idOrAddress: string): Promise<string> {
  const given = idOrAddress.trim();
  if (ADDRESS.test(given)) return given;
  const { data } = await getCustomer({ path: { customerId: given.toLowerCase() }, throwOnError: true });
  return data.address;
}
