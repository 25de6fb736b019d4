/** Where the shops are and what they offer for points: what wallets nearby show. */
import { Button, Table } from "antd";
import type { TableColumnsType } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  listOffersOptions,
  listStoresOptions,
} from "../../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Offer, Store } from "../../../../../../gateway/client/generated/types.gen.ts";
import { formatExact } from "../../../../format/amount.ts";
import { formatDay } from "../../../../format/time.ts";
import { NothingThere } from "../../../../parts/NothingThere.tsx";
import { Page } from "../../../../parts/Page.tsx";
import { Panel } from "../../../../parts/Panel.tsx";
import { QueryView } from "../../../../parts/QueryView.tsx";
import { useOwnMerchant } from "../../own-merchant.tsx";
import { useOwnId } from "../own-id.ts";
import { POINT_DECIMALS } from "../../units.ts";
import { yuanOf } from "../fen.ts";
import { OfferDrawer } from "./OfferDrawer.tsx";
import { StoreDrawer } from "./StoreDrawer.tsx";

const MOST = 200;

export default function OffersPage() {
  const { t } = useTranslation("loyalty");
  const id = useOwnId();
  const [store, setStore] = useState<Store | "new">();
  const [offer, setOffer] = useState<Offer | "new">();
  const stores = useQuery(listStoresOptions({ path: { id }, query: { limit: MOST } }));
  const offers = useQuery(listOffersOptions({ path: { id }, query: { limit: MOST } }));
  return (
    <Page title={t("offers.title")} lead={t("offers.lead")}>
      <Panel
        title={t("offers.stores")}
        tools={
          <Button type="primary" onClick={() => setStore("new")}>
            {t("offers.addStore")}
          </Button>
        }
      >
        <QueryView query={stores}>{({ items }) => <StoresTable stores={items} onEdit={setStore} />}</QueryView>
      </Panel>
      <Panel
        title={t("offers.offers")}
        tools={
          <Button type="primary" onClick={() => setOffer("new")}>
            {t("offers.addOffer")}
          </Button>
        }
      >
        <QueryView query={offers}>{({ items }) => <OffersTable offers={items} onEdit={setOffer} />}</QueryView>
      </Panel>
      {store === undefined ? null : (
        <StoreDrawer store={store === "new" ? undefined : store} onClose={() => setStore(undefined)} />
      )}
      {offer === undefined ? null : (
        <OfferDrawer
          offer={offer === "new" ? undefined : offer}
          stores={stores.data?.items ?? []}
          onClose={() => setOffer(undefined)}
        />
      )}
    </Page>
  );
}

function StoresTable({ stores, onEdit }: { stores: readonly Store[]; onEdit: (store: Store) => void }) {
  const { t, i18n } = useTranslation("loyalty");
  const columns: TableColumnsType<Store> = [
    { title: t("offers.store"), render: (_, { name }) => (i18n.language === "en" ? name.en : name.zh) },
    { title: t("offers.address"), dataIndex: "address" },
    { title: t("offers.place"), render: (_, { latitude, longitude }) => `${latitude}, ${longitude}` },
    {
      title: t("change"),
      render: (_, store) => (
        <Button size="small" onClick={() => onEdit(store)}>
          {t("change")}
        </Button>
      ),
    },
  ];
  return (
    <div className="scroll" tabIndex={0}>
      <Table<Store>
        size="small"
        rowKey="storeRef"
        columns={columns}
        dataSource={[...stores]}
        pagination={false}
        locale={{ emptyText: <NothingThere text={t("offers.noStores")} /> }}
      />
    </div>
  );
}

function OffersTable({ offers, onEdit }: { offers: readonly Offer[]; onEdit: (offer: Offer) => void }) {
  const { t, i18n } = useTranslation("loyalty");
  const { tokenSymbol } = useOwnMerchant();
  const columns: TableColumnsType<Offer> = [
    { title: t("offers.offer"), render: (_, { title }) => (i18n.language === "en" ? title.en : title.zh) },
    {
      title: t("goods.price"),
      align: "right",
      render: (_, { points }) => `${formatExact(points, POINT_DECIMALS)} ${tokenSymbol}`,
    },
    { title: t("offers.cash"), align: "right", render: (_, { cashFen }) => `¥${yuanOf(cashFen)}` },
    { title: t("offers.worth"), align: "right", render: (_, { worthFen }) => `¥${yuanOf(worthFen)}` },
    { title: t("offers.until"), render: (_, { endsAt }) => formatDay(endsAt, i18n.language) },
    { title: t("offers.where"), render: (_, { stores }) => (stores === null ? t("offers.everywhere") : stores.length) },
    {
      title: t("change"),
      render: (_, offer) => (
        <Button size="small" onClick={() => onEdit(offer)}>
          {t("change")}
        </Button>
      ),
    },
  ];
  return (
    <div className="scroll" tabIndex={0}>
      <Table<Offer>
        size="small"
        rowKey="offerRef"
        columns={columns}
        dataSource={[...offers]}
        pagination={false}
        locale={{ emptyText: <NothingThere text={t("offers.none")} /> }}
      />
    </div>
  );
}
