/** Every merchant's side of the exchange in a row. */
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Pool } from "../../../../gateway/client/generated/types.gen.ts";
import { AmountText } from "../../parts/AmountText.tsx";
import { ToneTag } from "../../parts/ToneTag.tsx";
import { poolUrl } from "../../urls.ts";
import { perPoint } from "./prices.ts";

export function PoolTable({ pools }: { pools: readonly Pool[] }) {
  const { t } = useTranslation("exchange");
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t("pools.title")}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t("pools.points")}</th>
            <th scope="col" className="number" title={t("pools.acceptWhat")}>
              {t("pools.accept")}
            </th>
            <th scope="col" className="number" title={t("pools.releaseWhat")}>
              {t("pools.release")}
            </th>
            <th scope="col" className="number">
              {t("pools.pointReserve")}
            </th>
            <th scope="col" className="number">
              {t("pools.alpReserve")}
            </th>
            <th scope="col">{t("pools.state")}</th>
          </tr>
        </thead>
        <tbody>
          {pools.map((pool) => (
            <tr key={pool.token}>
              <td>
                <Link to={poolUrl(pool.token)}>
                  {pool.name} ({pool.symbol})
                </Link>
              </td>
              <td className="number">
                <AmountText amount={perPoint(pool.prices.accept, pool.pointReserve.decimals)} />
              </td>
              <td className="number">
                <AmountText amount={perPoint(pool.prices.release, pool.pointReserve.decimals)} />
              </td>
              <td className="number">
                <AmountText amount={pool.pointReserve} />
              </td>
              <td className="number">
                <AmountText amount={pool.alpReserve} />
              </td>
              <td>
                <PoolState pool={pool} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function PoolState({ pool: { isAcceptPaused, isReleasePaused } }: { pool: Pool }) {
  const { t } = useTranslation("exchange");
  const state =
    isAcceptPaused && isReleasePaused
      ? "paused"
      : isAcceptPaused
        ? "releaseOnly"
        : isReleasePaused
          ? "acceptOnly"
          : "open";
  return <ToneTag tone={state === "open" ? "good" : "warn"}>{t(`poolState.${state}`)}</ToneTag>;
}
