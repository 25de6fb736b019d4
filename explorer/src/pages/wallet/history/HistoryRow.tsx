/** One movement of points, in the customer's words. */
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Transfer } from "../../../../../gateway/client/generated/types.gen.ts";
import { formatAmount } from "../../../format/amount.ts";
import { TimeText } from "../../../parts/TimeText.tsx";
import { receiptUrl } from "../../../urls.ts";
import { ShopBadge } from "../ShopBadge.tsx";
import { useShop } from "../shops.ts";

const KNOWN = [
  "transfer",
  "issue",
  "redeem",
  "hold",
  "release",
  "refund",
  "swapIn",
  "swapOut",
  "reverse",
  "forced",
] as const;
type Known = (typeof KNOWN)[number];
const isKnown = (kind: string): kind is Known => (KNOWN as readonly string[]).includes(kind);

export function HistoryRow({ transfer, account }: { transfer: Transfer; account: string }) {
  const { t } = useTranslation("purse");
  const { points, kind, to, from, timestamp, transactionHash } = transfer;
  const shop = useShop(points.token);
  const isIn = to === account;
  const word =
    isKnown(kind) && kind !== "transfer" ? t(`history.kind.${kind}`) : t(isIn ? "history.in" : "history.out");
  return (
    <li>
      <Link className="wallet-row" to={receiptUrl(transactionHash)} title={`${from} → ${to}`}>
        <ShopBadge merchantId={shop?.merchantId ?? 1} name={shop?.pointName ?? points.symbol} />
        <span>
          <span className="wallet-name">{word}</span>
          <br />
          <span className="wallet-soft">
            {shop?.pointName} · <TimeText seconds={timestamp} as="time" />
          </span>
        </span>
        <span className={isIn ? "wallet-amount wallet-in" : "wallet-amount"}>
          <strong>
            {isIn ? "+" : "−"}
            {formatAmount(points)}
          </strong>
        </span>
      </Link>
    </li>
  );
}
