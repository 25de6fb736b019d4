/** A picture and the same numbers as a table: for those who can not see it, and for those who want to copy them. */
import type { EChartsCoreOption } from "echarts/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Drawing } from "./Drawing.tsx";
import "./charts.css";

export interface ChartTable {
  readonly columns: readonly string[];
  /** The first cell names the row; the others are exact values. */
  readonly rows: readonly (readonly string[])[];
}

interface Props {
  readonly label: string;
  readonly option: EChartsCoreOption;
  readonly table: ChartTable;
  readonly height: number;
}

export function ChartFigure({ label, option, table, height }: Props) {
  const { t } = useTranslation("charts");
  const id = useId();
  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption id={id} className="visually-hidden">
        {label}
      </figcaption>
      <Drawing label={label} option={option} height={height} />
      <details className="chart-table">
        <summary>{t("asTable")}</summary>
        <div className="scroll" tabIndex={0} role="region" aria-label={label}>
          <table className="plain">
            <thead>
              <tr>
                {table.columns.map((column, at) => (
                  <th key={column} scope="col" className={at === 0 ? undefined : "number"}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map(([name, ...values], row) => (
                // Two rows may have the same name: two merchants of one name, two flows of one pair.
                <tr key={`${row} ${name ?? ""}`}>
                  <th scope="row">{name}</th>
                  {values.map((value, at) => (
                    <td key={table.columns[at + 1]} className="number">
                      {value}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
