/** Offers with their reason in words, and the way to take them. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { listNearbyOffersOptions } from "../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { NearbyOffer } from "../../../../../gateway/client/generated/types.gen.ts";
import { NothingThere } from "../../../parts/NothingThere.tsx";
import { QueryView } from "../../../parts/QueryView.tsx";
import { walletPaths, withQuery } from "../../../urls.ts";
import { useHolder } from "../holder.ts";
import { ShopBadge } from "../ShopBadge.tsx";
import type { Place } from "./place.ts";

const MOST_OFFERS = 50;

export function OfferList({ place: { lat, lon }, radius }: { place: Place; radius: number }) {
  const { t } = useTranslation("purse");
  const { account } = useHolder();
  const asked = { lat, lon, radiusMeters: radius, account, limit: MOST_OFFERS };
  const query = useQuery({ ...listNearbyOffersOptions({ query: asked }), gcTime: 0 });
  return (
    <QueryView query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <NothingThere text={t("nearby.none")} />
        ) : (
          <ul className="wallet-list" data-testid="offers">
            {items.map((offer) => (
              <OfferRow key={`${offer.merchantId}-${offer.offerRef}`} offer={offer} />
            ))}
          </ul>
        )
      }
    </QueryView>
  );
}

function OfferRow({ offer }: { offer: NearbyOffer }) {
  const { t, i18n } = useTranslation("purse");
  const isEnglish = i18n.language === "en";
  const { merchantId, title, store, distanceMeters, reach, points, sentence, swap } = offer;
  const name = isEnglish ? title.en : title.zh;
  const pay = withQuery(walletPaths.pay, { token: points.token, points: points.amount });
  return (
    <li className="wallet-row wallet-offer">
      <ShopBadge merchantId={merchantId} name={isEnglish ? store.name.en : store.name.zh} />
      <span>
        <span className="wallet-name">{name}</span>{" "}
        {reach === null ? null : (
          <span className="wallet-reach" data-reach={reach}>
            {t(`nearby.reach.${reach}`)}
          </span>
        )}
        <br />
        <span>{isEnglish ? sentence.en : sentence.zh}</span>
        <br />
        <span className="wallet-soft">
          {store.address} · {t("nearby.meters", { count: distanceMeters })}
        </span>
      </span>
      {reach === "short" ? (
        <Link to={withQuery(walletPaths.swap, { to: points.token })} aria-label={`${t("act.swap")} ${name}`}>
          {t("act.swap")}
        </Link>
      ) : (
        <Link to={pay} aria-label={`${t(swap === null ? "act.pay" : "nearby.swapAndPay")} ${name}`}>
          {t(swap === null ? "act.pay" : "nearby.swapAndPay")}
        </Link>
      )}
    </li>
  );
}
