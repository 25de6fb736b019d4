/** The exchange: what a swap would give, every merchant's prices and reserves, what was swapped. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listPoolsOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { FlowTable } from "./FlowTable.tsx";
import { PoolTable } from "./PoolTable.tsx";
import { QuoteBox } from "./QuoteBox.tsx";
import { RateTable } from "./RateTable.tsx";
import { SwapList } from "./SwapList.tsx";
import "./exchange.css";

/** An alliance has tens of merchants; the CSV has them all. */
const POOLS_SHOWN = 200;
/** A wider table of rates is not read any more; the quote answers any pair. */
const RATES_MAX = 12;

export default function ExchangePage() {
  const { t } = useTranslation("exchange");
  const pools = useQuery(listPoolsOptions({ query: { limit: POOLS_SHOWN } }));
  return (
    <Page title={t("title")} lead={t("lead")}>
      <QueryView query={pools} rows={12}>
        {({ items }) =>
          items.length === 0 ? (
            <NothingThere text={t("pools.none")} />
          ) : (
            <>
              <div className="exchange-top">
                <Panel title={t("quote.title")}>
                  <QuoteBox pools={items} />
                </Panel>
                {items.length <= RATES_MAX ? (
                  <Panel title={t("rates.title")}>
                    <RateTable pools={items} />
                    <p className="soft">{t("rates.how")}</p>
                  </Panel>
                ) : null}
              </div>
              <Panel title={t("pools.title")} tools={<CsvLink path="/v1/exchange/pools.csv" />}>
                <PoolTable pools={items} />
                <p className="soft">{t("pools.how")}</p>
              </Panel>
            </>
          )
        }
      </QueryView>
      <FlowTable />
      <SwapList />
    </Page>
  );
}
