/** Where, how many points, and with whose points when there are too few of the shop's own. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { formatExact } from "../../../format/amount.ts";
import { AmountField, baseOf } from "../AmountField.tsx";
import { useBalances } from "../balances.ts";
import { ShopSelect } from "../ShopSelect.tsx";
import type { Shop } from "../shops.ts";
import { faceFen, yuanText } from "../shops.ts";
import { PayConsent } from "./PayConsent.tsx";

export function PayForm({ shops }: { shops: readonly Shop[] }) {
  const { t } = useTranslation("purse");
  const [query, setQuery] = useSearchParams();
  const balances = useBalances();
  const heldOf = ({ token }: Shop): bigint => BigInt(balances.get(token) ?? 0);
  const asked = query.get("token")?.toLowerCase();
  const shop = shops.find(({ token }) => token === asked) ?? shops.find((one) => heldOf(one) > 0n) ?? shops[0];
  const [text, setText] = useState(() => {
    const points = query.get("points");
    return points === null || !/^\d{1,17}$/.test(points) ? "" : formatExact(points, shop?.decimals ?? 2);
  });
  const [source, setSource] = useState<string>();
  if (shop === undefined) return null;
  const points = baseOf(text, shop.decimals);
  const isShort = points !== undefined && points > heldOf(shop);
  const others = shops.filter((one) => one.token !== shop.token && heldOf(one) > 0n);
  const from = isShort ? (others.find(({ token }) => token === source) ?? others[0]) : undefined;
  const note = (one: Shop): string => `${formatExact(heldOf(one), one.decimals)} ${one.symbol}`;
  return (
    <div className="wallet-form">
      <ShopSelect
        label={t("pay.shop")}
        shops={shops}
        token={shop.token}
        note={note}
        onToken={(token) => setQuery({ token }, { replace: true })}
      />
      <AmountField
        label={t("pay.points")}
        text={text}
        onText={setText}
        symbol={shop.symbol}
        decimals={shop.decimals}
        most={heldOf(shop).toString()}
      />
      {points === undefined ? null : (
        <p className="wallet-worth">{t("pay.worth", { yuan: yuanText(faceFen(points, shop.pointsPerYuan)) })}</p>
      )}
      {isShort && others.length > 0 ? (
        <ShopSelect label={t("pay.with")} shops={others} token={from?.token} note={note} onToken={setSource} />
      ) : null}
      {points === undefined ? null : (
        <PayConsent shop={shop} points={points} missing={isShort ? points - heldOf(shop) : 0n} from={from} />
      )}
    </div>
  );
}
