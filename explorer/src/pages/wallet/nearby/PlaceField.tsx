/** A place by name: any shop or street that the alliance's shops name; or coordinates as a map gives them. */
import { AutoComplete } from "antd";
import { useQueries } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { listStoresOptions } from "../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Store } from "../../../../../gateway/client/generated/types.gen.ts";
import { useShops } from "../shops.ts";
import type { Place } from "./place.ts";
import { parsePlace } from "./place.ts";

const MOST_STORES = 200;
const SUGGESTED = 8;

function useStores(): readonly Store[] {
  const { data: shops = [] } = useShops();
  return useQueries({
    queries: shops.map(({ merchantId }) =>
      listStoresOptions({ path: { id: String(merchantId) }, query: { limit: MOST_STORES } }),
    ),
    combine: (answers) => answers.flatMap(({ data }) => data?.items ?? []),
  });
}

export function PlaceField({ onPlace }: { onPlace: (place: Place) => void }) {
  const { t, i18n } = useTranslation("purse");
  const id = useId();
  const [text, setText] = useState("");
  const stores = useStores();
  const wanted = text.trim().toLowerCase();
  const matching = stores.filter(({ name, address }) =>
    `${name.zh} ${name.en} ${address}`.toLowerCase().includes(wanted),
  );
  const options = matching.slice(0, SUGGESTED).map(({ merchantId, storeRef, name, address }) => ({
    key: `${merchantId}-${storeRef}`,
    value: `${i18n.language === "en" ? name.en : name.zh} · ${address}`,
  }));
  const choose = (chosen: string): void => {
    const store = stores.find(
      ({ name, address }) => `${i18n.language === "en" ? name.en : name.zh} · ${address}` === chosen,
    );
    if (store !== undefined) onPlace({ lat: store.latitude, lon: store.longitude });
  };
  return (
    <div className="wallet-field">
      <label htmlFor={id}>{t("nearby.place")}</label>
      <AutoComplete
        id={id}
        size="large"
        value={text}
        options={options}
        placeholder={t("nearby.placeHint")}
        onChange={(typed: string) => {
          setText(typed);
          const place = parsePlace(typed);
          if (place !== undefined) onPlace(place);
        }}
        onSelect={choose}
      />
    </div>
  );
}
