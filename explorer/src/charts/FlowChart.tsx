/** What goes from whom to whom: a Sankey. Who gives stands left, who gets right, so that both ways of a pair show. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAppearance } from "../appearance/Appearance.tsx";
import { ChartFigure } from "./ChartFigure.tsx";
import type { Look } from "./look.ts";
import { lookOf, textOf, tooltipOf } from "./look.ts";
import type { Unit } from "./unit.ts";
import { exactText, toNumber } from "./unit.ts";

export interface Flow {
  readonly from: string;
  readonly to: string;
  /** The width of the band, in one unit for all. */
  readonly value: bigint;
  /** More about it, shown on hover and in the table: what was given, what was bought. */
  readonly notes?: readonly string[];
}

interface Props {
  readonly label: string;
  readonly flows: readonly Flow[];
  readonly unit: Unit;
  /** Headings of the notes in the table. */
  readonly noteNames?: readonly string[];
  readonly height?: number;
}

const LEFT = "from ";
const RIGHT = "to ";
const nameOf = (node: string): string => node.replace(/^(from|to) /, "");
const NO_NAMES: readonly string[] = [];

interface Hovered {
  readonly dataType: "node" | "edge";
  readonly dataIndex: number;
  readonly name: string;
  readonly value: number;
}

function optionOf(flows: readonly Flow[], unit: Unit, look: Look) {
  const names = [...new Set(flows.flatMap(({ from, to }) => [from, to]))];
  const colorOf = (name: string) => look.series[names.indexOf(name) % look.series.length] ?? look.soft;
  const side = (prefix: string, end: "from" | "to") =>
    [...new Set(flows.map((flow) => flow[end]))].map((name) => ({
      name: prefix + name,
      itemStyle: { color: colorOf(name) },
      label: { position: end === "from" ? "right" : "left" },
    }));
  const sumOf = (node: string): bigint =>
    flows
      .filter(({ from, to }) => LEFT + from === node || RIGHT + to === node)
      .reduce((sum, { value }) => sum + value, 0n);
  return {
    textStyle: textOf(look),
    tooltip: {
      ...tooltipOf(look),
      trigger: "item",
      formatter: ({ dataType, dataIndex, name }: Hovered) => {
        const flow = flows[dataIndex];
        if (dataType === "node" || flow === undefined) return `${nameOf(name)}\n${exactText(sumOf(name), unit)}`;
        return [`${flow.from} → ${flow.to}`, exactText(flow.value, unit), ...(flow.notes ?? [])].join("\n");
      },
    },
    series: [
      {
        type: "sankey",
        left: 4,
        right: 4,
        top: 8,
        bottom: 8,
        nodeGap: 16,
        nodeWidth: 14,
        draggable: false,
        emphasis: { focus: "adjacency" },
        label: { ...textOf(look), formatter: ({ name }: { name: string }) => nameOf(name) },
        lineStyle: { color: "gradient", opacity: 0.35, curveness: 0.5 },
        data: [...side(LEFT, "from"), ...side(RIGHT, "to")],
        links: flows.map(({ from, to, value }) => ({
          source: LEFT + from,
          target: RIGHT + to,
          value: toNumber(value, unit),
        })),
      },
    ],
  };
}

export function FlowChart({ label, flows, unit, noteNames = NO_NAMES, height = 320 }: Props) {
  const { t } = useTranslation("charts");
  const { theme } = useAppearance();
  const { option, table } = useMemo(
    () => ({
      option: optionOf(flows, unit, lookOf(theme)),
      table: {
        columns: [t("flow"), t("value"), ...noteNames],
        rows: flows.map(({ from, to, value, notes = NO_NAMES }) => [
          `${from} → ${to}`,
          exactText(value, unit),
          ...notes,
        ]),
      },
    }),
    [flows, unit, noteNames, theme, t],
  );
  return <ChartFigure label={label} option={option} table={table} height={height} />;
}
