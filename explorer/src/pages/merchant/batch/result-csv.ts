/** What became of each row, as a file: the rows that were sent, in their order, with state, transaction and reason. */
import { formatExact } from "../../../format/amount.ts";
import { writeCsv } from "../../../format/csv.ts";
import { POINT_DECIMALS } from "../units.ts";
import type { BatchRun, Part, RowState } from "./run.ts";

interface Words {
  readonly header: readonly string[];
  readonly words: (state: RowState) => string;
  readonly language: "en" | "zh";
}

export function resultCsv(run: BatchRun, parts: readonly Part[], { header, words, language }: Words): string {
  const rows = parts.flatMap(({ from, results }) =>
    results.map(({ state, hash = "", error }, index) => {
      const { row, to, points, orderRef } = run.rows[from + index] ?? { row: 0, to: "", points: "0", orderRef: "" };
      const amount = formatExact(points, POINT_DECIMALS).replaceAll(",", "");
      return [String(row), to, amount, orderRef, words(state), hash, error?.[language] ?? ""];
    }),
  );
  return writeCsv([header, ...rows]);
}
