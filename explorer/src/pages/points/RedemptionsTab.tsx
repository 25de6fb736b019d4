/** Every redemption: what kind, how far it has come, and which lots it took. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Tag } from "antd";
import type { TableColumnsType } from "antd";
import { useTranslation } from "react-i18next";
import { listRedemptionsInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { ListRedemptionsResponse } from "../../../../gateway/client/generated/types.gen.ts";
import { asPages } from "../../api/pages.ts";
import { shortHex } from "../../format/address.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { AmountText } from "../../parts/AmountText.tsx";
import { LongTable } from "../../parts/LongTable.tsx";
import { LotList } from "../../parts/LotList.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { TransactionLink } from "../../parts/links.tsx";
import type { PointProps } from "./PointPage.tsx";

type Redemption = ListRedemptionsResponse["items"][number];
type Kind = "deduction" | "goods" | "lottery";
type State = "held" | "captured" | "released" | "refunded";

const PAGE_ROWS = 25;

function useColumns(): TableColumnsType<Redemption> {
  const { t } = useTranslation("points");
  return [
    {
      key: "when",
      title: t("redemptions.when"),
      width: 130,
      render: (_, { timestamp }) => <TimeText seconds={timestamp} />,
    },
    {
      key: "holder",
      title: t("redemptions.holder"),
      render: (_, { holder }) => <AddressLink address={holder} />,
    },
    {
      key: "kind",
      title: t("redemptions.kind"),
      width: 110,
      render: (_, { kind }) => t(`redemptions.kinds.${kind as Kind}`, kind),
    },
    {
      key: "state",
      title: t("redemptions.state"),
      width: 110,
      render: (_, { state }) => <Tag>{t(`redemptions.states.${state as State}`, state)}</Tag>,
    },
    {
      key: "points",
      title: t("redemptions.points"),
      align: "right",
      width: 150,
      render: (_, { points }) => <AmountText amount={points} />,
    },
    {
      key: "returned",
      title: t("redemptions.returned"),
      align: "right",
      width: 140,
      render: (_, { returned }) => (returned.amount === "0" ? "–" : <AmountText amount={returned} />),
    },
    {
      key: "ref",
      title: t("issues.ref"),
      width: 130,
      render: (_, { ref }) => (
        <span className="hex" title={ref}>
          {shortHex(ref)}
        </span>
      ),
    },
    {
      key: "transaction",
      title: t("issues.transaction"),
      width: 130,
      render: (_, { transactionHash }) => <TransactionLink hash={transactionHash} />,
    },
  ];
}

export function RedemptionsTab({ point }: PointProps) {
  const { t } = useTranslation("points");
  const { token } = point;
  const list = useInfiniteQuery({
    ...listRedemptionsInfiniteOptions({ path: { token }, query: { limit: PAGE_ROWS } }),
    ...asPages,
    initialPageParam: { path: { token } },
  });
  const columns = useColumns();
  return (
    <Panel title={t("redemptions.title")}>
      <LongTable
        label={t("redemptions.title")}
        list={list}
        columns={columns}
        rowKey={({ ref }) => ref}
        empty={t("redemptions.none")}
        width={1080}
        csv={`/v1/points/${token}/redemptions.csv`}
        detail={({ lots }) => <LotList lots={lots} />}
      />
    </Panel>
  );
}
