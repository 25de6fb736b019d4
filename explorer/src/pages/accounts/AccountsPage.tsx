/** Every account there is, the one that moved last first; by what it is, or by whose points it holds. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Form, Select, Tag } from "antd";
import type { TableColumnsType } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import {
  listAccountsInfiniteOptions,
  listPointsOptions,
} from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { ListedAccount } from "../../../../gateway/client/generated/types.gen.ts";
import { asPages } from "../../api/pages.ts";
import { formatCount } from "../../format/number.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { AmountText } from "../../parts/AmountText.tsx";
import { BlockLink } from "../../parts/links.tsx";
import { LongTable } from "../../parts/LongTable.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { useUrlField } from "../../parts/url-field.ts";
import { paths } from "../../urls.ts";

const KINDS = ["customer", "merchant", "till", "member", "node", "contract"] as const;
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const PAGE_ROWS = 25;
const TOKENS = 200;

function useFilters() {
  const [kindText, setKind] = useUrlField("kind");
  const [token, setToken] = useUrlField("token");
  const kind = KINDS.find((one) => one === kindText);
  const query = { ...(kind === undefined ? {} : { kind }), ...(ADDRESS.test(token) ? { token } : {}) };
  return { kind, token: query.token, setKind, setToken, query };
}

function useColumns(hasToken: boolean): TableColumnsType<ListedAccount> {
  const { t } = useTranslation("accounts");
  return [
    { key: "account", title: t("list.account"), render: (_, { address }) => <AddressLink address={address} /> },
    {
      key: "kind",
      title: t("list.kind"),
      width: 150,
      render: (_, { kind, isFrozen }) => (
        <>
          {t(`kinds.${kind}`)} {isFrozen ? <Tag color="red">{t("frozen")}</Tag> : null}
        </>
      ),
    },
    ...(hasToken
      ? [
          {
            key: "balance",
            title: t("list.balance"),
            align: "right" as const,
            width: 170,
            render: (_: unknown, { balance }: ListedAccount) =>
              balance === null ? "–" : <AmountText amount={balance} />,
          },
        ]
      : []),
    {
      key: "value",
      title: <abbr title={t("valueWhat")}>{t("list.value")}</abbr>,
      align: "right",
      width: 180,
      render: (_, { value }) => <AmountText amount={value} />,
    },
    {
      key: "tokens",
      title: t("list.tokens"),
      align: "right",
      width: 110,
      render: (_, { tokenCount }) => formatCount(tokenCount),
    },
    {
      key: "active",
      title: t("list.active"),
      width: 150,
      render: (_, { lastActiveAt }) => (lastActiveAt === null ? "–" : <TimeText seconds={lastActiveAt} />),
    },
    {
      key: "block",
      title: t("list.block"),
      align: "right",
      width: 110,
      render: (_, { lastBlock }) => (lastBlock === null ? "–" : <BlockLink number={lastBlock} />),
    },
  ];
}

export default function AccountsPage() {
  const { t } = useTranslation("accounts");
  const filters = useFilters();
  const list = useInfiniteQuery({
    ...listAccountsInfiniteOptions({ query: { limit: PAGE_ROWS, ...filters.query } }),
    ...asPages,
  });
  const columns = useColumns(filters.token !== undefined);
  const asText = Object.entries(filters.query).map(([name, value]) => [name, value]);
  const suffix = asText.length === 0 ? "" : `?${new URLSearchParams(asText).toString()}`;
  return (
    <Page title={t("list.title")} lead={t("list.lead")}>
      <Panel title={t("list.panel")}>
        <FilterForm filters={filters} />
        <LongTable
          label={t("list.panel")}
          list={list}
          columns={columns}
          rowKey={({ address }) => address}
          empty={
            <NothingThere text={t("list.none")}>
              <Link to={paths.accounts}>{t("list.all")}</Link>
            </NothingThere>
          }
          width={960}
          csv={`/v1/accounts.csv${suffix}`}
        />
      </Panel>
    </Page>
  );
}

function FilterForm({ filters }: { filters: ReturnType<typeof useFilters> }) {
  const { t } = useTranslation("accounts");
  const points = useQuery(listPointsOptions({ query: { limit: TOKENS } }));
  const { kind, token } = filters;
  return (
    <Form layout="vertical" className="filters" role="search" aria-label={t("list.filter")}>
      <Form.Item label={t("list.kind")} htmlFor="filter-kind">
        <Select
          id="filter-kind"
          className="filter-kind"
          allowClear
          placeholder={t("list.anyKind")}
          {...(kind === undefined ? {} : { value: kind })}
          onChange={(next?: string) => filters.setKind(next ?? "")}
          options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        />
      </Form.Item>
      <Form.Item label={t("list.token")} htmlFor="filter-token">
        <Select
          id="filter-token"
          className="filter-kind"
          allowClear
          placeholder={t("list.anyToken")}
          {...(token === undefined ? {} : { value: token.toLowerCase() })}
          onChange={(next?: string) => filters.setToken(next ?? "")}
          options={(points.data?.items ?? []).map((point) => ({
            value: point.token,
            label: `${point.name} ${point.symbol}`,
          }))}
        />
      </Form.Item>
    </Form>
  );
}
