/** Where a hit has its page; a merchant's page is that of its points, which another read tells. */
import type { SearchHit } from "../../../../gateway/client/generated/types.gen.ts";
import {
  accountUrl,
  blockUrl,
  commandUrl,
  memberUrl,
  merchantPaths,
  pointUrl,
  proposalUrl,
  transactionUrl,
} from "../../urls.ts";

export function hitUrl({ kind, id }: Pick<SearchHit, "kind" | "id">): string | undefined {
  switch (kind) {
    case "account":
      return accountUrl(id);
    case "point":
      return pointUrl(id);
    case "block":
      return blockUrl(id);
    case "transaction":
    case "issue":
    case "redemption":
      return transactionUrl(id);
    case "member":
      return memberUrl(Number(id));
    case "proposal":
      return proposalUrl(id);
    case "command":
      return commandUrl(id);
    case "goodsRedemption":
      return merchantPaths.goods;
    // An order is told by its state in the hit; what it did on the chain is a hit of its own.
    case "order":
    case "checkout":
    case "merchant":
      return undefined;
  }
}
