/** The points of one merchant: how many, until when, what they take off a bill there. */
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Holding } from "../../../../../gateway/client/generated/types.gen.ts";
import { formatDay } from "../../../format/time.ts";
import { AmountText } from "../../../parts/AmountText.tsx";
import { walletShopUrl } from "../../../urls.ts";
import { ShopBadge } from "../ShopBadge.tsx";
import { faceFen, useShop, yuanText } from "../shops.ts";

export function HoldingRow({ holding }: { holding: Holding }) {
  const { t, i18n } = useTranslation("purse");
  const { token, name, merchantId, balance, nextExpiry, isFrozen } = holding;
  const shop = useShop(token);
  return (
    <li>
      <Link className="wallet-row" to={walletShopUrl(token)}>
        <ShopBadge merchantId={merchantId} name={name} />
        <span>
          <span className="wallet-name">{name}</span> {isFrozen ? <Tag>{t("frozen")}</Tag> : null}
          {shop?.isPaused === true ? <Tag>{t("paused")}</Tag> : null}
          <br />
          <span className="wallet-soft">
            {nextExpiry === null || nextExpiry.expiresAt === null
              ? (shop?.name ?? "")
              : t("home.until", { day: formatDay(nextExpiry.expiresAt, i18n.language) })}
          </span>
        </span>
        <span className="wallet-amount">
          <strong>
            <AmountText amount={balance} />
          </strong>
          <br />
          <span className="wallet-soft">
            {shop === undefined ? "" : `¥${yuanText(faceFen(balance.amount, shop.pointsPerYuan))}`}
          </span>
        </span>
      </Link>
    </li>
  );
}
