/** What came and what went, newest first; each line leads to its receipt. */
import { Button } from "antd";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { listAccountTransfersInfiniteOptions } from "../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Transfer } from "../../../../../gateway/client/generated/types.gen.ts";
import { CsvLink } from "../../../parts/CsvLink.tsx";
import { NothingThere } from "../../../parts/NothingThere.tsx";
import { Page } from "../../../parts/Page.tsx";
import { PageSkeleton } from "../../../parts/PageSkeleton.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { ProblemNote } from "../../../parts/ProblemNote.tsx";
import { useHolder } from "../holder.ts";
import { HistoryRow } from "./HistoryRow.tsx";

const PAGE = 50;

export default function HistoryPage() {
  const { t } = useTranslation("purse");
  const { account } = useHolder();
  const query = useInfiniteQuery({
    ...listAccountTransfersInfiniteOptions({ path: { address: account }, query: { limit: PAGE } }),
    initialPageParam: { path: { address: account } },
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t("history.title")} lead={t("history.lead")}>
      <Panel title={t("history.panel")} tools={<CsvLink path={`/v1/accounts/${account}/transfers.csv`} />}>
        {query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.isPending ? <PageSkeleton /> : null}
        {query.isSuccess && items.length === 0 ? <NothingThere text={t("history.none")} /> : null}
        <Months items={items} account={account} />
        {query.hasNextPage ? (
          <Button block loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t("history.more")}
          </Button>
        ) : null}
      </Panel>
    </Page>
  );
}

/** By calendar months of the reader. */
function Months({ items, account }: { items: readonly Transfer[]; account: string }) {
  const { i18n } = useTranslation("purse");
  const words = new Intl.DateTimeFormat(i18n.language === "en" ? "en-GB" : "zh-CN", { year: "numeric", month: "long" });
  const monthOf = ({ timestamp }: Transfer): string => words.format(timestamp * 1_000);
  const months = [...new Set(items.map(monthOf))];
  return months.map((month) => (
    <Fragment key={month}>
      <h3 className="wallet-months">{month}</h3>
      <ul className="wallet-list">
        {items.map((transfer, index) =>
          monthOf(transfer) === month ? (
            <HistoryRow key={`${transfer.transactionHash}-${index}`} transfer={transfer} account={account} />
          ) : null,
        )}
      </ul>
    </Fragment>
  ));
}
