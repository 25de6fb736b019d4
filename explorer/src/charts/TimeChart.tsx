/** Values over time: lines, stacked areas or bars. Times are unix seconds. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAppearance } from "../appearance/Appearance.tsx";
import { formatDay, formatTime } from "../format/time.ts";
import { ChartFigure } from "./ChartFigure.tsx";
import type { Look } from "./look.ts";
import { GRID, legendOf, lookOf, textOf, tooltipOf } from "./look.ts";
import type { Series, Unit } from "./unit.ts";
import { axisNumber, exactText, toNumber } from "./unit.ts";

/** `step`: a value holds until the next one (prices, balances); `bar`: what happened within a day. */
export type TimeShape = "line" | "step" | "area" | "bar";

interface Props {
  readonly label: string;
  readonly times: readonly number[];
  readonly series: readonly Series[];
  readonly unit: Unit;
  readonly shape?: TimeShape;
  readonly isStacked?: boolean;
  /** Times of day matter, not only days. */
  readonly withClock?: boolean;
  readonly height?: number;
}

interface Drawn extends Required<Pick<Props, "times" | "series" | "unit" | "shape" | "isStacked">> {
  readonly look: Look;
  readonly language: string;
  readonly timeText: (seconds: number) => string;
}

function seriesOption({ times, series, unit, shape, isStacked, look }: Drawn) {
  return series.map(({ name, values }, at) => ({
    name,
    type: shape === "bar" ? ("bar" as const) : ("line" as const),
    ...(isStacked ? { stack: "all" } : {}),
    ...(shape === "step" || shape === "area" ? { step: "end" as const } : {}),
    ...(shape === "area" ? { areaStyle: { opacity: 0.35 } } : {}),
    color: look.series[at % look.series.length],
    symbol: "circle",
    symbolSize: 5,
    // Stacked areas are read by their borders; a single day has none.
    showSymbol: shape === "area" ? times.length === 1 : times.length <= 60,
    barMaxWidth: 18,
    lineStyle: { width: 2 },
    // The row comes along, so that what is hovered finds its exact value. Bars stand side by side, not along time.
    data: values.map((value, row) => [
      shape === "bar" ? row : (times[row] ?? 0) * 1_000,
      value === undefined ? null : toNumber(value, unit),
      row,
    ]),
  }));
}

function xAxisOf({ times, shape, look, language }: Drawn) {
  const day = new Intl.DateTimeFormat(language, { month: "short", day: "numeric" });
  const line = { axisLine: { lineStyle: { color: look.line } } };
  const label = { color: look.soft, hideOverlap: true };
  if (shape === "bar")
    return {
      ...line,
      type: "category",
      data: times.map((_, row) => row),
      axisLabel: { ...label, formatter: (row: string) => day.format((times[Number(row)] ?? 0) * 1_000) },
    };
  return {
    ...line,
    type: "time",
    axisLabel: { ...label, formatter: (ms: number) => day.format(ms) },
    // Fewer than a day apart, two labels would say the same day.
    minInterval: 86_400_000,
  };
}

function optionOf(drawn: Drawn) {
  const { times, series, unit, shape, look, language, timeText } = drawn;
  const tell = (row: number): string =>
    [timeText(times[row] ?? 0), ...series.map(({ name, values }) => `${name}  ${exactText(values[row], unit)}`)].join(
      "\n",
    );
  return {
    grid: { ...GRID, top: series.length > 1 ? 48 : 16 },
    textStyle: textOf(look),
    ...(series.length > 1 ? { legend: legendOf(look) } : {}),
    tooltip: {
      ...tooltipOf(look),
      trigger: "axis",
      formatter: (shown: { value: (number | null)[] }[]) => tell(shown[0]?.value[2] ?? 0),
    },
    dataZoom: [{ type: "inside", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false, moveOnMouseMove: false }],
    xAxis: xAxisOf(drawn),
    yAxis: {
      type: "value",
      scale: shape === "line" || shape === "step",
      axisLabel: { color: look.soft, formatter: axisNumber(language) },
      splitLine: { lineStyle: { color: look.line } },
    },
    series: seriesOption(drawn),
  };
}

export function TimeChart({
  label,
  times,
  series,
  unit,
  shape = "line",
  isStacked = false,
  withClock = false,
  height = 280,
}: Props) {
  const { t, i18n } = useTranslation("charts");
  const { theme } = useAppearance();
  const { language } = i18n;
  const { option, table } = useMemo(() => {
    const timeText = (seconds: number): string => (withClock ? formatTime : formatDay)(seconds, language);
    const drawn = { times, series, unit, shape, isStacked, look: lookOf(theme), language, timeText };
    return {
      option: optionOf(drawn),
      table: {
        columns: [t("time"), ...series.map(({ name }) => name)],
        rows: times.map((time, row) => [timeText(time), ...series.map((one) => exactText(one.values[row], unit))]),
      },
    };
  }, [times, series, unit, shape, isStacked, theme, language, withClock, t]);
  return <ChartFigure label={label} option={option} table={table} height={height} />;
}
