/** What the merchant pays for its own points coming in, and asks for them going out. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { getPoolOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { postPrices } from "../../../../gateway/client/generated/sdk.gen.ts";
import type { PoolDetail } from "../../../../gateway/client/generated/types.gen.ts";
import { formatExact } from "../../format/amount.ts";
import { AmountText } from "../../parts/AmountText.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { TransactionLink } from "../../parts/links.tsx";
import { poolUrl } from "../../urls.ts";
import { OpenPoolPanel } from "./OpenPoolPanel.tsx";
import { PriceItems } from "./PriceItems.tsx";
import { WriteForm } from "./WriteForm.tsx";
import { useOwnMerchant } from "./own-merchant.tsx";
import { pricesIn } from "./prices.ts";
import type { PriceFields } from "./prices.ts";
import { ALP_DECIMALS, POINT_DECIMALS } from "./units.ts";

export default function PricesPage() {
  const { t } = useTranslation("merchantPool");
  const { token } = useOwnMerchant();
  const pool = useQuery(getPoolOptions({ path: { token } }));
  return (
    <Page title={t("prices.title")} lead={t("prices.lead")} tools={<Link to={poolUrl(token)}>{t("inExplorer")}</Link>}>
      <QueryView query={pool} missing={<OpenPoolPanel token={token} />}>
        {(found) => <PricesOfPool pool={found} />}
      </QueryView>
    </Page>
  );
}

/** The API's prices are of a base unit; people think of a whole point. */
const ofOnePoint = (alpOfBaseUnit: string): string =>
  formatExact(BigInt(alpOfBaseUnit) * 10n ** BigInt(POINT_DECIMALS), ALP_DECIMALS).replaceAll(",", "");

function PricesOfPool({ pool }: { pool: PoolDetail }) {
  const { t } = useTranslation("merchantPool");
  const { prices, nextPrices } = pool;
  const shown = nextPrices ?? prices;
  return (
    <>
      <Panel title={t("prices.now")}>
        <dl className="facts">
          <dt>{t("prices.accept")}</dt>
          <dd>{`${ofOnePoint(prices.accept.amount)} ${prices.accept.symbol}`}</dd>
          <dt>{t("prices.release")}</dt>
          <dd>{`${ofOnePoint(prices.release.amount)} ${prices.release.symbol}`}</dd>
          {nextPrices === null ? null : (
            <>
              <dt>{t("prices.next")}</dt>
              <dd>
                {t("prices.nextText", {
                  accept: ofOnePoint(nextPrices.accept.amount),
                  release: ofOnePoint(nextPrices.release.amount),
                })}{" "}
                <TimeText seconds={nextPrices.effectiveAt} as="time" />
              </dd>
            </>
          )}
        </dl>
      </Panel>
      <Panel title={t("prices.form")}>
        <WriteForm<PriceFields>
          action={t("prices.do")}
          initial={{ accept: ofOnePoint(shown.accept.amount), release: ofOnePoint(shown.release.amount) }}
          send={(fields, headers) =>
            postPrices({ path: { token: pool.token }, body: pricesIn(fields), headers, throwOnError: true })
          }
        >
          <PriceItems />
        </WriteForm>
      </Panel>
      <Panel title={t("prices.history")}>
        <PriceHistory pool={pool} />
      </Panel>
    </>
  );
}

function PriceHistory({ pool }: { pool: PoolDetail }) {
  const { t } = useTranslation("merchantPool");
  if (pool.priceHistory.length === 0) return <NothingThere text={t("prices.noHistory")} />;
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t("prices.history")}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t("prices.effective")}</th>
            <th scope="col" className="number">
              {t("prices.acceptUnit")}
            </th>
            <th scope="col" className="number">
              {t("prices.releaseUnit")}
            </th>
            <th scope="col">{t("transaction")}</th>
          </tr>
        </thead>
        <tbody>
          {pool.priceHistory.map(({ transactionHash, effectiveAt, accept, release }) => (
            <tr key={transactionHash}>
              <td>
                <TimeText seconds={effectiveAt} as="time" />
              </td>
              <td className="number">
                <AmountText amount={{ ...accept, amount: (BigInt(accept.amount) * 100n).toString() }} />
              </td>
              <td className="number">
                <AmountText amount={{ ...release, amount: (BigInt(release.amount) * 100n).toString() }} />
              </td>
              <td>
                <TransactionLink hash={transactionHash} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
