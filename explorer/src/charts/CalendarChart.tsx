/** Days of some months, darker where there is more: when points expire, when a shop is busy. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAppearance } from "../appearance/Appearance.tsx";
import { ChartFigure } from "./ChartFigure.tsx";
import type { Look } from "./look.ts";
import { lookOf, textOf, tooltipOf } from "./look.ts";
import type { Unit } from "./unit.ts";
import { exactText, toNumber } from "./unit.ts";

export interface CalendarDay {
  /** `2026-11-23`: the merchant's own day, not the reader's. */
  readonly day: string;
  readonly value: bigint;
}

interface Props {
  readonly label: string;
  readonly days: readonly CalendarDay[];
  readonly unit: Unit;
  /** First and last month shown, `2026-11`. */
  readonly range: readonly [string, string];
}

const CELL = 17;
const DAY_MS = 86_400_000;

/** A calendar's width follows its weeks; the page scrolls it in a box of its own. */
function weeksOf([first, last]: readonly [string, string]): number {
  const [year = 0, month = 1] = last.split("-").map(Number);
  return Math.ceil((Date.UTC(year, month, 1) - Date.parse(`${first}-01T00:00:00Z`)) / DAY_MS / 7) + 1;
}

function optionOf({ days, unit, range }: Omit<Props, "label">, look: Look, language: string) {
  const monthName = new Intl.DateTimeFormat(language, { month: "short", timeZone: "UTC" });
  const weekday = new Intl.DateTimeFormat(language, { weekday: "narrow", timeZone: "UTC" });
  const most = days.reduce((max, { value }) => (value > max ? value : max), 1n);
  return {
    textStyle: textOf(look),
    tooltip: {
      ...tooltipOf(look),
      trigger: "item",
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const { day, value } = days[dataIndex] ?? { day: "", value: 0n };
        return `${day}\n${exactText(value, unit)}`;
      },
    },
    visualMap: { show: false, min: 0, max: toNumber(most, unit), inRange: { color: look.scale } },
    calendar: {
      range,
      left: 28,
      top: 24,
      cellSize: CELL,
      splitLine: { lineStyle: { color: look.soft, width: 1 } },
      itemStyle: { color: "transparent", borderColor: look.line, borderWidth: 1 },
      yearLabel: { show: false },
      dayLabel: {
        color: look.soft,
        firstDay: 1,
        nameMap: Array.from({ length: 7 }, (_, at) => weekday.format(Date.UTC(2026, 10, 22 + at))),
      },
      monthLabel: {
        color: look.soft,
        nameMap: Array.from({ length: 12 }, (_, at) => monthName.format(Date.UTC(2026, at, 1))),
      },
    },
    series: [
      {
        type: "heatmap",
        coordinateSystem: "calendar",
        data: days.map(({ day, value }) => [day, toNumber(value, unit)]),
      },
    ],
  };
}

export function CalendarChart({ label, days, unit, range }: Props) {
  const { t, i18n } = useTranslation("charts");
  const { theme } = useAppearance();
  const { language } = i18n;
  const { option, table } = useMemo(
    () => ({
      option: optionOf({ days, unit, range }, lookOf(theme), language),
      table: {
        columns: [t("time"), t("value")],
        rows: days.map(({ day, value }) => [day, exactText(value, unit)]),
      },
    }),
    [days, unit, range, theme, language, t],
  );
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={label}>
      <div style={{ minWidth: 40 + weeksOf(range) * CELL }}>
        <ChartFigure label={label} option={option} table={table} height={32 + 7 * CELL} />
      </div>
    </div>
  );
}
