/** Values side by side, one group a category; standing, or lying where the names are long. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAppearance } from "../appearance/Appearance.tsx";
import { ChartFigure } from "./ChartFigure.tsx";
import type { Look } from "./look.ts";
import { GRID, legendOf, lookOf, textOf, tooltipOf } from "./look.ts";
import type { Series, Unit } from "./unit.ts";
import { axisNumber, exactText, toNumber } from "./unit.ts";

interface Props {
  readonly label: string;
  /** What the categories are: the heading of the table's first column. */
  readonly of: string;
  readonly categories: readonly string[];
  readonly series: readonly Series[];
  readonly unit: Unit;
  readonly isStacked?: boolean;
  readonly isLying?: boolean;
  readonly height?: number;
}

function optionOf(props: Required<Omit<Props, "label" | "of" | "height">>, look: Look, language: string) {
  const { categories, series, unit, isStacked, isLying } = props;
  const names = {
    type: "category",
    data: categories,
    inverse: isLying,
    axisLine: { lineStyle: { color: look.line } },
    axisTick: { show: false },
    axisLabel: { color: look.soft, ...(isLying ? { width: 120, overflow: "truncate" } : { hideOverlap: true }) },
  };
  const values = {
    type: "value",
    axisLabel: { color: look.soft, formatter: axisNumber(language), hideOverlap: true },
    splitLine: { lineStyle: { color: look.line } },
  };
  return {
    grid: { ...GRID, top: series.length > 1 ? 48 : 16 },
    textStyle: textOf(look),
    ...(series.length > 1 ? { legend: legendOf(look) } : {}),
    tooltip: {
      ...tooltipOf(look),
      trigger: "axis",
      axisPointer: { type: "shadow" },
      formatter: (shown: { dataIndex: number }[]) => {
        const at = shown[0]?.dataIndex ?? 0;
        return [categories[at] ?? "", ...series.map((one) => `${one.name}  ${exactText(one.values[at], unit)}`)].join(
          "\n",
        );
      },
    },
    xAxis: isLying ? values : names,
    yAxis: isLying ? names : values,
    series: series.map((one, at) => ({
      name: one.name,
      type: "bar" as const,
      ...(isStacked ? { stack: "all" } : {}),
      color: look.series[at % look.series.length],
      barMaxWidth: 36,
      itemStyle: { borderRadius: isStacked ? 0 : 3 },
      data: one.values.map((value) => (value === undefined ? null : toNumber(value, unit))),
    })),
  };
}

export function BarChart({
  label,
  of,
  categories,
  series,
  unit,
  isStacked = false,
  isLying = false,
  height = 280,
}: Props) {
  const { i18n } = useTranslation("charts");
  const { theme } = useAppearance();
  const { language } = i18n;
  const { option, table } = useMemo(
    () => ({
      option: optionOf({ categories, series, unit, isStacked, isLying }, lookOf(theme), language),
      table: {
        columns: [of, ...series.map(({ name }) => name)],
        rows: categories.map((name, at) => [name, ...series.map((one) => exactText(one.values[at], unit))]),
      },
    }),
    [categories, series, unit, isStacked, isLying, theme, language, of],
  );
  return <ChartFigure label={label} option={option} table={table} height={height} />;
}
