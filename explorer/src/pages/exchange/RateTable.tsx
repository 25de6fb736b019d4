/** What one point of each merchant buys of each other one, rounded down as the pool does. */
import { useTranslation } from "react-i18next";
import type { Pool } from "../../../../gateway/client/generated/types.gen.ts";
import { formatAmount, formatExact } from "../../format/amount.ts";
import { boughtByOnePoint } from "./prices.ts";

export function RateTable({ pools }: { pools: readonly Pool[] }) {
  const { t } = useTranslation("exchange");
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t("rates.title")}>
      <table className="plain rates">
        <thead>
          <tr>
            <th scope="col">{t("rates.one")}</th>
            {pools.map(({ token, symbol }) => (
              <th key={token} scope="col" className="number">
                {symbol}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pools.map((from) => (
            <tr key={from.token}>
              <th scope="row">1 {from.symbol}</th>
              {pools.map((to) => {
                const bought = boughtByOnePoint(from, to);
                return (
                  <td key={to.token} className="number" title={from === to ? undefined : formatAmount(bought)}>
                    {from === to ? "–" : formatExact(bought.amount, bought.decimals, bought.decimals)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
