/** The last swaps: what was given, what was bought. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { listSwapsOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { AmountText } from "../../parts/AmountText.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { paths, transactionUrl } from "../../urls.ts";

const SHOWN = 8;

export function LatestSwaps() {
  const { t } = useTranslation("overview");
  const swaps = useQuery(listSwapsOptions({ query: { limit: SHOWN } }));
  return (
    <Panel title={t("swaps.title")} tools={<Link to={paths.exchange}>{t("swaps.all")}</Link>}>
      <QueryView query={swaps}>
        {({ items }) =>
          items.length === 0 ? (
            <NothingThere text={t("swaps.none")} />
          ) : (
            <div className="scroll" tabIndex={0} role="region" aria-label={t("swaps.title")}>
              <table className="plain">
                <thead>
                  <tr>
                    <th scope="col">{t("swaps.account")}</th>
                    <th scope="col" className="number">
                      {t("swaps.given")}
                    </th>
                    <th scope="col" className="number">
                      {t("swaps.bought")}
                    </th>
                    <th scope="col" className="number">
                      {t("swaps.when")}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((swap) => (
                    <tr key={`${swap.transactionHash}${swap.account}${swap.given.token}${swap.given.amount}`}>
                      <td>
                        <AddressLink address={swap.account} />
                      </td>
                      <td className="number">
                        <AmountText amount={swap.given} />
                      </td>
                      <td className="number">
                        <AmountText amount={swap.bought} />
                      </td>
                      <td className="number nowrap">
                        <Link to={transactionUrl(swap.transactionHash)}>
                          <TimeText seconds={swap.timestamp} />
                        </Link>
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
