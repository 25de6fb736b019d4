/** A small picture of a course over time. It has no axes: the words beside it give the numbers, hovering each of them. */
interface Props {
  /** Oldest first; already scaled down to numbers, for a picture only. */
  readonly values: readonly number[];
  /** What each value says exactly, on hover. */
  readonly titles?: readonly string[];
  /** What it shows, for those who do not see it. */
  readonly label: string;
  readonly height?: number;
  readonly as?: "line" | "bars";
}

const WIDTH = 200;
/** Room for the thickness of the line. */
const EDGE = 2;

export function Sparkline({ values, titles, label, height = 40, as = "line" }: Props) {
  const top = Math.max(...values, 0);
  const low = as === "bars" ? 0 : Math.min(...values, top);
  const span = top - low;
  // Nothing changed: a line through the middle, or at the bottom when there is nothing at all.
  const flat = top === 0 ? height - EDGE : height / 2;
  const yOf = (value: number): number =>
    span === 0 ? flat : height - EDGE - ((value - low) / span) * (height - 2 * EDGE);
  const column = values.length === 0 ? WIDTH : WIDTH / values.length;
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${WIDTH} ${height}`}
      preserveAspectRatio="none"
      height={height}
      role="img"
      aria-label={label}
    >
      {as === "bars" ? <Bars values={values} yOf={yOf} floor={height - EDGE} /> : <Course values={values} yOf={yOf} />}
      {titles?.map((title, index) => (
        // A value keeps its place.
        <rect key={index} className="sparkline-hit" x={index * column} width={column} height={height}>
          <title>{title}</title>
        </rect>
      ))}
    </svg>
  );
}

interface Drawing {
  readonly values: readonly number[];
  readonly yOf: (value: number) => number;
}

function Course({ values, yOf }: Drawing) {
  const step = values.length < 2 ? WIDTH : WIDTH / (values.length - 1);
  const points = values.map((value, index) => `${(index * step).toFixed(1)},${yOf(value).toFixed(1)}`).join(" ");
  return (
    <>
      <polygon points={`0,100 ${points} ${WIDTH},100`} />
      <polyline points={points} vectorEffect="non-scaling-stroke" />
    </>
  );
}

function Bars({ values, yOf, floor }: Drawing & { readonly floor: number }) {
  const step = WIDTH / Math.max(values.length, 1);
  return values.map((value, index) => (
    <rect
      key={index}
      x={index * step + step * 0.1}
      width={step * 0.8}
      y={value > 0 ? Math.min(yOf(value), floor - 1) : floor}
      height={value > 0 ? Math.max(floor - yOf(value), 1) : 0}
    />
  ));
}
