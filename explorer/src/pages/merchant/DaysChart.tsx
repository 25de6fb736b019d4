/** What was issued, redeemed, expired and taken back on each of the last days. */
import type { PointDay } from "../../../../gateway/client/generated/types.gen.ts";
import { useTranslation } from "react-i18next";
import { TimeChart } from "../../charts/TimeChart.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { useNow } from "../../parts/now.ts";
import { useOwnMerchant } from "./own-merchant.tsx";
import { dayThere } from "./tills.ts";
import { POINT_DECIMALS } from "./units.ts";

export const DAYS = 30;
const DAY_SECONDS = 86_400;
const PARTS = ["issued", "redeemed", "expired", "reversed"] as const;

export function DaysChart({ days }: { days: readonly PointDay[] }) {
  const { t } = useTranslation("merchant");
  const { tokenSymbol, utcOffsetSeconds } = useOwnMerchant();
  const now = useNow();
  const byDay = new Map(days.map((day) => [day.day, day]));
  // Noon, so that it is the same day wherever it is looked at.
  const times = Array.from({ length: DAYS }, (_, index) => {
    const day = dayThere(now - (DAYS - 1 - index) * DAY_SECONDS, utcOffsetSeconds);
    return { day, seconds: Date.parse(`${day}T12:00:00Z`) / 1_000 };
  });
  if (!times.some(({ day }) => byDay.has(day))) return <NothingThere text={t("today.noDays")} />;
  return (
    <TimeChart
      label={t("today.days")}
      times={times.map(({ seconds }) => seconds)}
      series={PARTS.map((part) => ({
        name: t(`today.${part}`),
        values: times.map(({ day }) => BigInt(byDay.get(day)?.[part].amount ?? 0)),
      }))}
      unit={{ decimals: POINT_DECIMALS, symbol: tokenSymbol }}
      shape="bar"
      height={240}
    />
  );
}
