/** How charts look in either theme: colours that differ for colour-blind eyes too, and words that can be read. */
import type { Theme } from "../appearance/Appearance.tsx";

export interface Look {
  readonly text: string;
  readonly soft: string;
  readonly line: string;
  readonly surface: string;
  /** From nothing to much. */
  readonly scale: readonly [string, string];
  readonly series: readonly string[];
}

/** After Okabe and Ito, darkened or lightened to 3 : 1 and more against the panel. */
const LOOKS: Readonly<Record<Theme, Look>> = {
  light: {
    text: "#16191d",
    soft: "#5a6068",
    line: "#dde1e6",
    surface: "#ffffff",
    scale: ["#dbe8fa", "#0f5bc4"],
    series: ["#0f5bc4", "#0b8a6a", "#c26a00", "#a34a86", "#5a6068", "#b3261e", "#4b7fa8", "#7a6a00"],
  },
  dark: {
    text: "#e8eaed",
    soft: "#a8adb5",
    line: "#32373e",
    surface: "#181b1f",
    scale: ["#1d2f4a", "#7db1ff"],
    series: ["#7db1ff", "#4fc9a4", "#f0a94b", "#e39ac9", "#a8adb5", "#ff8a80", "#9fd0ee", "#d8c64e"],
  },
};

export const lookOf = (theme: Theme): Look => LOOKS[theme];

/** Space around the drawing area; the library measures labels by itself. */
export const GRID = { left: 8, right: 16, top: 40, bottom: 8, outerBoundsMode: "same" } as const;

export const textOf = (look: Look) => ({ color: look.text, fontSize: 12 });

/** What is said on hover: plain text, never markup, so that nobody's name can become a part of the page. */
export const tooltipOf = (look: Look) => ({
  renderMode: "richText" as const,
  confine: true,
  backgroundColor: look.surface,
  borderColor: look.line,
  textStyle: textOf(look),
});

export const legendOf = (look: Look) => ({
  type: "plain" as const,
  top: 0,
  left: 0,
  icon: "roundRect",
  itemWidth: 12,
  itemHeight: 12,
  textStyle: textOf(look),
  inactiveColor: look.line,
});
