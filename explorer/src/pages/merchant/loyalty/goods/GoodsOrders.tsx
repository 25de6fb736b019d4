/** Goods that were asked for with points: accept, hand over, or cancel with a reason. */
import { Button, Popconfirm, Select, Table, Tag } from "antd";
import type { TableColumnsType } from "antd";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { listGoodsRedemptionsInfiniteOptions } from "../../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { GoodsRedemption } from "../../../../../../gateway/client/generated/types.gen.ts";
import { allRows } from "../../../../api/pages.ts";
import { formatExact } from "../../../../format/amount.ts";
import { AddressLink } from "../../../../parts/AddressLink.tsx";
import { MoreButton } from "../../../../parts/MoreButton.tsx";
import { NothingThere } from "../../../../parts/NothingThere.tsx";
import { Panel } from "../../../../parts/Panel.tsx";
import { ProblemNote } from "../../../../parts/ProblemNote.tsx";
import { TimeText } from "../../../../parts/TimeText.tsx";
import { useOwnMerchant } from "../../own-merchant.tsx";
import { useOwnId } from "../own-id.ts";
import { POINT_DECIMALS } from "../../units.ts";
import type { Fulfilment } from "./fulfilment.ts";
import { FULFILMENT_STATES, isFulfilmentState, stepsOf, useFulfilment } from "./fulfilment.ts";

export function GoodsOrders() {
  const { t } = useTranslation("loyalty");
  const id = useOwnId();
  const [query, setQuery] = useSearchParams();
  const state = query.get("state") ?? "";
  const wanted = query.get("redemption");
  const path = { id };
  const list = useInfiniteQuery({
    ...listGoodsRedemptionsInfiniteOptions({
      path,
      query: { limit: 50, ...(isFulfilmentState(state) ? { state } : {}) },
    }),
    initialPageParam: { path },
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const fulfilment = useFulfilment();
  const columns = useColumns(fulfilment);
  const rows = allRows(list.data).filter(({ redemptionRef }) => wanted === null || redemptionRef === wanted);
  return (
    <Panel
      title={t("orders.title")}
      tools={
        <div className="loyalty-tools">
          {wanted === null ? null : (
            <Button size="small" onClick={() => setQuery({})}>
              {t("orders.all")}
            </Button>
          )}
          <Select
            aria-label={t("orders.state")}
            value={isFulfilmentState(state) ? state : "all"}
            onChange={(next: string) => setQuery(next === "all" ? {} : { state: next }, { replace: true })}
            popupMatchSelectWidth={false}
            options={[
              { value: "all", label: t("orders.every") },
              ...FULFILMENT_STATES.map((one) => ({ value: one, label: t(`orders.is.${one}`) })),
            ]}
          />
        </div>
      }
    >
      {list.isError ? <ProblemNote error={list.error} onRetry={() => void list.refetch()} /> : null}
      {fulfilment.error === undefined ? null : <ProblemNote error={fulfilment.error} />}
      <div className="scroll" tabIndex={0}>
        <Table<GoodsRedemption>
          size="small"
          rowKey="redemptionRef"
          columns={columns}
          dataSource={rows}
          loading={list.isPending}
          pagination={false}
          locale={{ emptyText: <NothingThere text={t("orders.none")} /> }}
        />
      </div>
      <MoreButton list={list} />
    </Panel>
  );
}

function useColumns({ submit, isSaving }: Fulfilment): TableColumnsType<GoodsRedemption> {
  const { t } = useTranslation("loyalty");
  const { tokenSymbol } = useOwnMerchant();
  return [
    { title: t("orders.ref"), render: (_, { redemptionRef }) => <span className="hex">{redemptionRef}</span> },
    { title: t("goods.sku"), render: (_, { sku, quantity }) => `${sku} × ${quantity}` },
    { title: t("orders.customer"), render: (_, { account }) => <AddressLink address={account} /> },
    {
      title: t("goods.price"),
      align: "right",
      render: (_, { points }) => `${formatExact(points, POINT_DECIMALS)} ${tokenSymbol}`,
    },
    { title: t("orders.when"), render: (_, { createdAt }) => <TimeText seconds={createdAt} /> },
    { title: t("goods.state"), render: (_, { state }) => <Tag>{t(`orders.is.${state}`)}</Tag> },
    {
      title: t("orders.do"),
      render: (_, { redemptionRef, state }) => (
        <div className="loyalty-tools">
          {stepsOf(state).map((step) =>
            step === "cancel" ? (
              <Popconfirm
                key={step}
                title={t("orders.sure")}
                onConfirm={() => submit({ step, redemptionRef, reason: t("orders.reason") })}
              >
                <Button size="small" disabled={isSaving}>
                  {t("orders.step.cancel")}
                </Button>
              </Popconfirm>
            ) : (
              <Button
                key={step}
                size="small"
                type="primary"
                disabled={isSaving}
                onClick={() => submit({ step, redemptionRef, reason: "" })}
              >
                {t(`orders.step.${step}`)}
              </Button>
            ),
          )}
        </div>
      ),
    },
  ];
}
