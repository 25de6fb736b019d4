/** The parts of the chart library that are used, and no more: fetched when the first chart of a visit is drawn. */
import { BarChart, HeatmapChart, LineChart, PieChart, SankeyChart } from "echarts/charts";
import {
  CalendarComponent,
  DataZoomInsideComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
} from "echarts/components";
import { init, use as register } from "echarts/core";
import type { EChartsCoreOption } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

register([
  BarChart,
  HeatmapChart,
  LineChart,
  PieChart,
  SankeyChart,
  CalendarComponent,
  DataZoomInsideComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
  // Sharp at every zoom and on paper; our charts have hundreds of marks, not hundreds of thousands.
  SVGRenderer,
]);

/** A chart in an element: drawn anew when told, as wide as the element, gone when ended. */
export interface DrawnChart {
  draw(option: EChartsCoreOption): void;
  end(): void;
}

export function openChart(element: HTMLElement): DrawnChart {
  const chart = init(element, undefined, { renderer: "svg" });
  const sizes = new ResizeObserver(() => chart.resize());
  sizes.observe(element);
  return {
    draw: (option) => chart.setOption(option, { notMerge: true }),
    end() {
      sizes.disconnect();
      chart.dispose();
    },
  };
}
