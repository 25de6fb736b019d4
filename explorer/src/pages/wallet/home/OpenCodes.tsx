/** Points that lie on hold for shops now: codes that were not taken yet, and what can be fetched back. */
import { Alert } from "antd";
import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { listRedemptionsOptions } from "../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { formatAmount } from "../../../format/amount.ts";
import { payCodeUrl } from "../../../urls.ts";
import { useHolder } from "../holder.ts";

/** The newest of each merchant: older holds have timed out long ago. */
const LOOKED_AT = 20;

export function OpenCodes({ tokens }: { tokens: readonly string[] }) {
  const { t } = useTranslation("purse");
  const { account } = useHolder();
  const held = useQueries({
    queries: tokens.map((token) =>
      listRedemptionsOptions({ path: { token }, query: { holder: account, limit: LOOKED_AT } }),
    ),
    combine: (answers) => answers.flatMap(({ data }) => data?.items.filter(({ state }) => state === "held") ?? []),
  });
  if (held.length === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={t("home.held", { count: held.length })}
      description={
        <ul className="wallet-plain-list">
          {held.map(({ points, ref }) => (
            <li key={ref}>
              <Link to={payCodeUrl(points.token, ref)}>{formatAmount(points)}</Link>
            </li>
          ))}
        </ul>
      }
    />
  );
}
