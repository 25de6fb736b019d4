/** What the merchant gives for points, and the orders that wait for it. */
import { Button, Table, Tag } from "antd";
import type { TableColumnsType } from "antd";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listGoodsInfiniteOptions } from "../../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Goods } from "../../../../../../gateway/client/generated/types.gen.ts";
import { allRows } from "../../../../api/pages.ts";
import { formatExact } from "../../../../format/amount.ts";
import { CsvLink } from "../../../../parts/CsvLink.tsx";
import { MoreButton } from "../../../../parts/MoreButton.tsx";
import { NothingThere } from "../../../../parts/NothingThere.tsx";
import { Page } from "../../../../parts/Page.tsx";
import { Panel } from "../../../../parts/Panel.tsx";
import { ProblemNote } from "../../../../parts/ProblemNote.tsx";
import { useOwnMerchant } from "../../own-merchant.tsx";
import { useOwnId } from "../own-id.ts";
import { POINT_DECIMALS } from "../../units.ts";
import { GoodsDrawer } from "./GoodsDrawer.tsx";
import { GoodsOrders } from "./GoodsOrders.tsx";

export default function CataloguePage() {
  const { t } = useTranslation("loyalty");
  const id = useOwnId();
  const { isOwner } = useOwnMerchant();
  const [edited, setEdited] = useState<Goods | "new">();
  return (
    <Page title={t("goods.title")} lead={t("goods.lead")}>
      <Panel
        title={t("goods.list")}
        tools={
          <div className="loyalty-tools">
            <CsvLink path={`/v1/merchants/${id}/goods.csv`} />
            {isOwner ? (
              <Button type="primary" onClick={() => setEdited("new")}>
                {t("goods.add")}
              </Button>
            ) : null}
          </div>
        }
      >
        <GoodsTable onEdit={isOwner ? setEdited : undefined} />
      </Panel>
      <GoodsOrders />
      {edited === undefined ? null : (
        <GoodsDrawer goods={edited === "new" ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
    </Page>
  );
}

function GoodsTable({ onEdit }: { onEdit: ((goods: Goods) => void) | undefined }) {
  const { t, i18n } = useTranslation("loyalty");
  const id = useOwnId();
  const { tokenSymbol } = useOwnMerchant();
  const path = { id };
  const list = useInfiniteQuery({
    ...listGoodsInfiniteOptions({ path, query: { limit: 100 } }),
    initialPageParam: { path },
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  if (list.isError) return <ProblemNote error={list.error} onRetry={() => void list.refetch()} />;
  const columns: TableColumnsType<Goods> = [
    { title: t("goods.name"), render: (_, { name }) => (i18n.language === "en" ? name.en : name.zh) },
    { title: t("goods.sku"), dataIndex: "sku", render: (sku: string) => <span className="hex">{sku}</span> },
    {
      title: t("goods.price"),
      align: "right",
      render: (_, { points }) => `${formatExact(points, POINT_DECIMALS)} ${tokenSymbol}`,
    },
    { title: t("goods.stock"), align: "right", render: (_, { stock }) => stock ?? t("goods.unlimited") },
    { title: t("goods.state"), render: (_, { isOpen }) => <Tag>{t(isOpen ? "goods.open" : "goods.closed")}</Tag> },
    ...(onEdit === undefined
      ? []
      : [
          {
            title: t("change"),
            render: (_: unknown, goods: Goods) => (
              <Button size="small" onClick={() => onEdit(goods)}>
                {t("change")}
              </Button>
            ),
          },
        ]),
  ];
  return (
    <>
      <div className="scroll" tabIndex={0}>
        <Table<Goods>
          size="small"
          rowKey="sku"
          columns={columns}
          dataSource={allRows(list.data)}
          loading={list.isPending}
          pagination={false}
          locale={{ emptyText: <NothingThere text={t("goods.none")} /> }}
        />
      </div>
      <MoreButton list={list} />
    </>
  );
}
