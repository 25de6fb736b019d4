/** What the account loses when: soonest first, and what it has lost already. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { getAccountExpiriesOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { formatDay } from "../../format/time.ts";
import { AmountText } from "../../parts/AmountText.tsx";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { pointUrl } from "../../urls.ts";
import type { AccountProps } from "./AccountPage.tsx";

export function AccountExpiries({ account }: AccountProps) {
  const { t, i18n } = useTranslation("accounts");
  const { address } = account;
  const query = useQuery(getAccountExpiriesOptions({ path: { account: address } }));
  return (
    <Panel title={t("expiries.title")} tools={<CsvLink path={`/v1/accounts/${address}/expiries.csv`} />}>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <NothingThere text={t("expiries.none")} />
          ) : (
            <div className="scroll" tabIndex={0} role="region" aria-label={t("expiries.title")}>
              <table className="plain">
                <thead>
                  <tr>
                    <th scope="col">{t("expiries.day")}</th>
                    <th scope="col">{t("expiries.left")}</th>
                    <th scope="col">{t("holdings.point")}</th>
                    <th scope="col" className="number">
                      {t("expiries.points")}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map(({ token, epoch, name, points, expiresAt }) => (
                    <tr key={`${token} ${epoch}`}>
                      <th scope="row">{formatDay(expiresAt, i18n.language)}</th>
                      <td>
                        <TimeText seconds={expiresAt} />
                      </td>
                      <td>
                        <Link to={pointUrl(token)}>{name}</Link>
                      </td>
                      <td className="number">
                        <AmountText amount={points} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </QueryView>
    </Panel>
  );
}
