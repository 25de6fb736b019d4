/** The picture itself. The chart library comes when the first one is shown; until then its place is kept. */
import type { EChartsCoreOption } from "echarts/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DrawnChart } from "./engine.ts";

interface Props {
  /** What the picture shows, in a sentence: what a screen reader says. */
  readonly label: string;
  readonly option: EChartsCoreOption;
  readonly height: number;
}

const isStill = matchMedia("(prefers-reduced-motion: reduce)");

export function Drawing({ label, option, height }: Props) {
  const { t } = useTranslation("charts");
  const place = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<DrawnChart | "failed">();
  useEffect(() => {
    let opened: DrawnChart | undefined;
    let isGone = false;
    import("./engine.ts").then(
      ({ openChart }) => {
        if (isGone || place.current === null) return;
        opened = openChart(place.current);
        setChart(opened);
      },
      () => setChart("failed"),
    );
    return () => {
      isGone = true;
      opened?.end();
      setChart(undefined);
    };
  }, []);
  useEffect(() => {
    if (chart !== undefined && chart !== "failed") chart.draw({ animation: !isStill.matches, ...option });
  }, [chart, option]);
  if (chart === "failed") return <p className="chart-failed">{t("failed")}</p>;
  return (
    <div
      ref={place}
      className="chart-drawing"
      role="img"
      aria-label={label}
      aria-busy={chart === undefined}
      style={{ height }}
    />
  );
}
