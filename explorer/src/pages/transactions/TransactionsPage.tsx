/** Every transaction in business words, newest first; one kind of them when asked for. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { listTransactionsInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { allRows, asPages } from "../../api/pages.ts";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { ListView } from "../../parts/ListView.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { TransactionTable } from "../../parts/TransactionTable.tsx";
import { paths } from "../../urls.ts";
import type { KnownAction } from "./actions.ts";
import { GROUPS, isKnownAction } from "./actions.ts";

const PAGE = 50;

export default function TransactionsPage() {
  const { t } = useTranslation("chain");
  const [search, setSearch] = useSearchParams();
  const asked = search.get("action");
  const action = isKnownAction(asked) ? asked : undefined;
  const filter = action === undefined ? {} : { action };
  const transactions = useInfiniteQuery({
    ...listTransactionsInfiniteOptions({ query: { limit: PAGE, ...filter } }),
    ...asPages,
  });
  return (
    <Page
      title={t("transactions.title")}
      lead={t("transactions.lead")}
      tools={
        <>
          <ActionSelect value={action} onChange={(next) => setSearch(next === undefined ? {} : { action: next })} />
          <CsvLink path={`/v1/transactions.csv?${new URLSearchParams(filter).toString()}`} />
        </>
      }
    >
      <section className="panel">
        <ListView
          list={transactions}
          empty={
            <NothingThere text={t("transactions.none")}>
              <Link to={paths.transactions}>{t("transactions.all")}</Link>
            </NothingThere>
          }
        >
          <TransactionTable rows={allRows(transactions.data)} />
        </ListView>
      </section>
    </Page>
  );
}

interface SelectProps {
  readonly value: KnownAction | undefined;
  readonly onChange: (action: KnownAction | undefined) => void;
}

function ActionSelect({ value, onChange }: SelectProps) {
  const { t } = useTranslation("chain");
  return (
    <Select
      aria-label={t("transactions.filter")}
      placeholder={t("transactions.filter")}
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      style={{ minWidth: 220 }}
      value={value ?? null}
      onChange={(next: KnownAction | null) => onChange(next ?? undefined)}
      options={GROUPS.map(({ topic, actions }) => ({
        label: t(`topic.${topic}`),
        options: actions.map((action) => ({ value: action, label: t(`action.${action}`) })),
      }))}
    />
  );
}
