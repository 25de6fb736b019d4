/** One measure over another, both in percent: how much of the whole the greatest holders have. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAppearance } from "../appearance/Appearance.tsx";
import { formatBps } from "../format/amount.ts";
import { ChartFigure } from "./ChartFigure.tsx";
import { GRID, legendOf, lookOf, textOf, tooltipOf } from "./look.ts";

export interface CurvePoint {
  readonly xBps: bigint;
  readonly yBps: bigint;
}

interface Props {
  readonly label: string;
  readonly points: readonly CurvePoint[];
  readonly xName: string;
  readonly yName: string;
  /** What a straight line from corner to corner would mean. */
  readonly evenName: string;
  readonly height?: number;
}

const percent = (bps: bigint): number => Number(bps) / 100;

export function CurveChart({ label, points, xName, yName, evenName, height = 300 }: Props) {
  useTranslation("charts");
  const { theme } = useAppearance();
  const { option, table } = useMemo(() => {
    const look = lookOf(theme);
    const axis = (name: string) => ({
      type: "value" as const,
      name,
      nameLocation: "middle" as const,
      nameTextStyle: { color: look.soft },
      min: 0,
      max: 100,
      axisLabel: { color: look.soft, formatter: "{value}%" },
      splitLine: { lineStyle: { color: look.line } },
    });
    return {
      option: {
        grid: GRID,
        textStyle: textOf(look),
        legend: legendOf(look),
        tooltip: {
          ...tooltipOf(look),
          trigger: "item",
          formatter: ({ dataIndex, seriesIndex }: { dataIndex: number; seriesIndex: number }) => {
            const point = points[dataIndex];
            if (seriesIndex === 1 || point === undefined) return evenName;
            return `${xName}  ${formatBps(point.xBps)}\n${yName}  ${formatBps(point.yBps)}`;
          },
        },
        xAxis: axis(xName),
        yAxis: { ...axis(yName), nameGap: 40 },
        series: [
          {
            name: yName,
            type: "line",
            color: look.series[0],
            areaStyle: { opacity: 0.15 },
            symbol: "circle",
            symbolSize: 6,
            showSymbol: points.length <= 60,
            data: points.map(({ xBps, yBps }) => [percent(xBps), percent(yBps)]),
          },
          {
            name: evenName,
            type: "line",
            color: look.soft,
            symbol: "none",
            lineStyle: { type: "dashed", width: 1 },
            data: [
              [0, 0],
              [100, 100],
            ],
          },
        ],
      },
      table: { columns: [xName, yName], rows: points.map(({ xBps, yBps }) => [formatBps(xBps), formatBps(yBps)]) },
    };
  }, [points, xName, yName, evenName, theme]);
  return <ChartFigure label={label} option={option} table={table} height={height} />;
}
