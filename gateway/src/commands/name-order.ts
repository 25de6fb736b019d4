/** The name that the chain knows an order by, for searching. */
export { refOf as nameOrder } from "../chain/text-ref.ts";
