/** Holds and redemptions: what waits, what was consumed, and what can still be done with each. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Select, Table } from "antd";
import type { TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { listRedemptionsInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Redemption } from "../../../../gateway/client/generated/types.gen.ts";
import { shortHex } from "../../format/address.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { AmountText } from "../../parts/AmountText.tsx";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { StateTag } from "../../parts/StateTag.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { merchantPaths } from "../../urls.ts";
import { SettleDrawer } from "./SettleDrawer.tsx";
import type { Settling } from "./SettleDrawer.tsx";
import { useOwnMerchant } from "./own-merchant.tsx";
import { STATE_TONES, isKindWord, isStateWord, settleable, stepsOf } from "./redemption.ts";

export default function RedemptionsPage() {
  const { t } = useTranslation("merchantRedeem");
  const { token } = useOwnMerchant();
  const [query, setQuery] = useSearchParams();
  const [settling, setSettling] = useState<Settling>();
  const state = query.get("state") ?? "all";
  return (
    <Page
      title={t("list.title")}
      lead={t("list.lead")}
      tools={<CsvLink path={`/v1/points/${token}/redemptions.csv`} />}
    >
      <Panel
        title={t("list.title")}
        tools={
          <Select
            aria-label={t("list.only")}
            value={state}
            onChange={(next) => setQuery(next === "all" ? {} : { state: next }, { replace: true })}
            options={["all", ...Object.keys(STATE_TONES)].map((one) => ({
              value: one,
              label: one === "all" ? t("list.all") : isStateWord(one) ? t(`state.${one}`) : one,
            }))}
          />
        }
      >
        <RedemptionsTable token={token} state={state} onSettle={setSettling} />
      </Panel>
      {settling === undefined ? null : <SettleDrawer settling={settling} onClose={() => setSettling(undefined)} />}
    </Page>
  );
}

interface TableProps {
  readonly token: string;
  readonly state: string;
  readonly onSettle: (settling: Settling) => void;
}

function RedemptionsTable({ token, state, onSettle }: TableProps) {
  const { t } = useTranslation("merchantRedeem");
  const query = useInfiniteQuery({
    ...listRedemptionsInfiniteOptions({ path: { token }, query: { limit: 100 } }),
    initialPageParam: { path: { token } },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const columns = useColumns(onSettle);
  if (query.isError && query.data === undefined)
    return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  const all = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <div className="scroll">
        <Table<Redemption>
          size="small"
          columns={columns}
          dataSource={state === "all" ? all : all.filter((one) => one.state === state)}
          rowKey={({ holder, ref }) => `${holder}${ref}`}
          loading={query.isPending}
          pagination={false}
          locale={{
            emptyText: (
              <NothingThere text={t("list.none")}>
                <Link to={merchantPaths.redeem}>{t("redeem.title")}</Link>
              </NothingThere>
            ),
          }}
        />
      </div>
      {query.hasNextPage ? (
        <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          {t("list.more")}
        </Button>
      ) : null}
    </>
  );
}

function useColumns(onSettle: TableProps["onSettle"]): TableColumnsType<Redemption> {
  const { t } = useTranslation("merchantRedeem");
  return [
    { title: t("list.when"), render: (_, { timestamp }) => <TimeText seconds={timestamp} /> },
    { title: t("list.holder"), render: (_, { holder }) => <AddressLink address={holder} /> },
    {
      title: t("ref"),
      render: (_, { ref }) => (
        <span className="hex" title={ref}>
          {shortHex(ref)}
        </span>
      ),
    },
    { title: t("kind.label"), render: (_, { kind }) => (isKindWord(kind) ? t(`kind.${kind}`) : kind) },
    {
      title: t("list.state"),
      render: (_, { state }) =>
        isStateWord(state) ? <StateTag tone={STATE_TONES[state]}>{t(`state.${state}`)}</StateTag> : state,
    },
    { title: t("points"), align: "right", render: (_, { points }) => <AmountText amount={points} /> },
    {
      title: t("list.returned"),
      align: "right",
      render: (_, { returned }) => (returned.amount === "0" ? "–" : <AmountText amount={returned} />),
    },
    {
      title: t("list.actions"),
      render: (_, redemption) => (
        <div className="row-tools">
          {stepsOf(redemption).map((step) => (
            <Button
              key={step}
              size="small"
              onClick={() => onSettle({ step, redemption, most: settleable(redemption) })}
            >
              {t(`settle.${step}.do`)}
            </Button>
          ))}
        </div>
      ),
    },
  ];
}
