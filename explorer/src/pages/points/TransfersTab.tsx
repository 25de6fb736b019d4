/** Every movement of the token; by kind, by account, by day. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { listTransfersInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { asPages } from "../../api/pages.ts";
import { MOVEMENTS, MovementsTable } from "../../parts/MovementsTable.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useUrlClear, useUrlField } from "../../parts/url-field.ts";
import type { PointProps } from "./PointPage.tsx";

const PAGE_ROWS = 25;
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const FIELDS = ["kind", "account", "from", "to"];
const SECONDS_OF_DAY = 86_400;

/** The first second of a day where the reader is. */
const startOf = (day: string): number => Math.floor(new Date(`${day}T00:00:00`).getTime() / 1_000);

function useFilters() {
  const [kind, setKind] = useUrlField("kind");
  const [account, setAccount] = useUrlField("account");
  const [from, setFrom] = useUrlField("from");
  const [to, setTo] = useUrlField("to");
  const clear = useUrlClear(FIELDS);
  const known = MOVEMENTS.find((one) => one === kind);
  const query = {
    ...(known === undefined ? {} : { kind: known }),
    ...(ADDRESS.test(account) ? { account } : {}),
    ...(DAY.test(from) ? { from: startOf(from) } : {}),
    ...(DAY.test(to) ? { to: startOf(to) + SECONDS_OF_DAY - 1 } : {}),
  };
  return { kind: known, account, from, to, setKind, setAccount, setFrom, setTo, clear, query };
}

export function TransfersTab({ point }: PointProps) {
  const { t } = useTranslation("points");
  const filters = useFilters();
  const list = useInfiniteQuery({
    ...listTransfersInfiniteOptions({ path: { token: point.token }, query: { limit: PAGE_ROWS, ...filters.query } }),
    ...asPages,
    initialPageParam: { path: { token: point.token } },
  });
  const asText = Object.entries(filters.query).map(([name, value]) => [name, String(value)]);
  const isFiltered = asText.length > 0;
  const suffix = isFiltered ? `?${new URLSearchParams(asText).toString()}` : "";
  return (
    <Panel title={t("transfers.title")}>
      <FilterForm filters={filters} />
      <MovementsTable
        label={t("transfers.title")}
        list={list}
        empty={<NothingThere text={t(isFiltered ? "transfers.noneFiltered" : "transfers.none")} />}
        csv={`/v1/points/${point.token}/transfers.csv${suffix}`}
      />
    </Panel>
  );
}

function FilterForm({ filters }: { filters: ReturnType<typeof useFilters> }) {
  const { t } = useTranslation("points");
  const { t: words } = useTranslation("movements");
  const { kind, account, from, to } = filters;
  const isWrong = account !== "" && !ADDRESS.test(account);
  return (
    <Form layout="vertical" className="filters" role="search" aria-label={t("transfers.filter")}>
      <Form.Item label={t("transfers.kind")} htmlFor="filter-kind">
        <Select
          id="filter-kind"
          allowClear
          className="filter-kind"
          {...(kind === undefined ? {} : { value: kind })}
          placeholder={t("transfers.anyKind")}
          onChange={(next?: string) => filters.setKind(next ?? "")}
          options={MOVEMENTS.map((value) => ({ value, label: words(`kinds.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        label={t("transfers.account")}
        htmlFor="filter-account"
        {...(isWrong ? { validateStatus: "error" as const, help: t("transfers.wrongAccount") } : {})}
      >
        <Input
          id="filter-account"
          className="filter-account hex"
          allowClear
          value={account}
          placeholder="0x…"
          onChange={(event) => filters.setAccount(event.target.value.trim())}
        />
      </Form.Item>
      <Form.Item label={t("transfers.from")} htmlFor="filter-from">
        <Input id="filter-from" type="date" value={from} onChange={(event) => filters.setFrom(event.target.value)} />
      </Form.Item>
      <Form.Item label={t("transfers.to")} htmlFor="filter-to">
        <Input id="filter-to" type="date" value={to} onChange={(event) => filters.setTo(event.target.value)} />
      </Form.Item>
      <Form.Item label=" " colon={false}>
        <Button onClick={filters.clear}>{t("transfers.clear")}</Button>
      </Form.Item>
    </Form>
  );
}
