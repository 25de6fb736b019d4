/** Parts of one whole. For a handful of parts; more are easier to compare as bars. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAppearance } from "../appearance/Appearance.tsx";
import { formatBps } from "../format/amount.ts";
import { ChartFigure } from "./ChartFigure.tsx";
import { legendOf, lookOf, textOf, tooltipOf } from "./look.ts";
import type { Unit } from "./unit.ts";
import { exactText, toNumber } from "./unit.ts";

export interface Slice {
  readonly name: string;
  readonly value: bigint;
}

interface Props {
  readonly label: string;
  readonly of: string;
  readonly slices: readonly Slice[];
  readonly unit: Unit;
  readonly height?: number;
}

export function DonutChart({ label, of, slices, unit, height = 260 }: Props) {
  const { t } = useTranslation("charts");
  const { theme } = useAppearance();
  const { option, table } = useMemo(() => {
    const look = lookOf(theme);
    const total = slices.reduce((sum, { value }) => sum + value, 0n);
    const shareOf = (value: bigint): string => (total === 0n ? "–" : formatBps((value * 10_000n) / total));
    return {
      option: {
        textStyle: textOf(look),
        legend: { ...legendOf(look), orient: "horizontal" },
        tooltip: {
          ...tooltipOf(look),
          trigger: "item",
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const { name, value } = slices[dataIndex] ?? { name: "", value: 0n };
            return `${name}\n${exactText(value, unit)}\n${shareOf(value)}`;
          },
        },
        series: [
          {
            type: "pie",
            radius: ["48%", "78%"],
            center: ["50%", "58%"],
            padAngle: 1,
            label: { show: false },
            itemStyle: { borderRadius: 3 },
            data: slices.map(({ name, value }, at) => ({
              name,
              value: toNumber(value, unit),
              itemStyle: { color: look.series[at % look.series.length] },
            })),
          },
        ],
      },
      table: {
        columns: [of, t("value"), t("share")],
        rows: slices.map(({ name, value }) => [name, exactText(value, unit), shareOf(value)]),
      },
    };
  }, [slices, unit, theme, of, t]);
  return <ChartFigure label={label} option={option} table={table} height={height} />;
}
