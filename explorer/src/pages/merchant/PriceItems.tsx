/** The two prices of a pool, for one whole point. */
import { useTranslation } from "react-i18next";
import { AmountItem } from "./AmountItem.tsx";
import { PRICE_STEP, isSpread } from "./prices.ts";
import { ALP_DECIMALS } from "./units.ts";

export function PriceItems() {
  const { t } = useTranslation("merchantPool");
  const about = { unit: "ALP", decimals: ALP_DECIMALS, step: PRICE_STEP } as const;
  const flaw = (values: Record<string, string>): string | undefined =>
    isSpread(values) ? undefined : t("prices.crossed");
  return (
    <>
      <AmountItem {...about} name="accept" label={t("prices.accept")} extra={t("prices.acceptHint")} />
      <AmountItem
        {...about}
        name="release"
        label={t("prices.release")}
        extra={t("prices.releaseHint")}
        also={{ of: ["accept"], flaw }}
      />
    </>
  );
}
