/** A small line of a course over time. It has no axes: the words beside it give the numbers, a table all of them. */
interface Props {
  /** Oldest first; already scaled down to numbers, for a picture only. */
  readonly values: readonly number[];
  /** What it shows, for those who do not see it. */
  readonly label: string;
  readonly height?: number;
  readonly as?: "line" | "bars";
}

const WIDTH = 200;
/** Room for the thickness of the line. */
const EDGE = 2;

export function Sparkline({ values, label, height = 40, as = "line" }: Props) {
  const top = Math.max(...values, 0);
  const low = as === "bars" ? 0 : Math.min(...values, top);
  const span = top - low;
  const inner = height - 2 * EDGE;
  // Nothing changed: a line through the middle, or at the bottom when there is nothing at all.
  const yOf = (value: number): number =>
    span === 0 ? (top === 0 ? height - EDGE : height / 2) : EDGE + inner - ((value - low) / span) * inner;
  const step = values.length < 2 ? WIDTH : WIDTH / (values.length - (as === "bars" ? 0 : 1));
  const points = values.map((value, index) => `${(index * step).toFixed(1)},${yOf(value).toFixed(1)}`);
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${WIDTH} ${height}`}
      preserveAspectRatio="none"
      height={height}
      role="img"
      aria-label={label}
    >
      {as === "bars" ? (
        values.map((value, index) => (
          <rect
            // A day keeps its place.
            key={index}
            x={index * step + step * 0.1}
            width={step * 0.8}
            y={yOf(value)}
            height={Math.max(height - EDGE - yOf(value), value > 0 ? 1 : 0)}
          />
        ))
      ) : (
        <>
          <polygon points={`0,${height} ${points.join(" ")} ${WIDTH},${height}`} />
          <polyline points={points.join(" ")} vectorEffect="non-scaling-stroke" />
        </>
      )}
    </svg>
  );
}
