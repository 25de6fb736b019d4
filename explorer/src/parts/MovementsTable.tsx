/** Movements of points: what kind, from whom, to whom, how much. */
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Transfer } from "../../../gateway/client/generated/types.gen.ts";
import { AddressLink } from "./AddressLink.tsx";
import { AmountText } from "./AmountText.tsx";
import { LongTable } from "./LongTable.tsx";
import { TimeText } from "./TimeText.tsx";
import { TransactionLink } from "./links.tsx";

export const MOVEMENTS = [
  "issue",
  "transfer",
  "swapIn",
  "swapOut",
  "hold",
  "redeem",
  "release",
  "refund",
  "reverse",
  "forced",
] as const;
type Movement = (typeof MOVEMENTS)[number];

const NOBODY = /^0x0{40}$/;

interface Props {
  readonly label: string;
  readonly list: UseInfiniteQueryResult<InfiniteData<{ items: Transfer[] }>, unknown>;
  readonly empty: ReactNode;
  readonly csv: `/v1/${string}`;
}

/** On the chain new points come from nobody and consumed ones go to nobody; here it says where they really are. */
function Party({ address, kind }: { address: string; kind: string }) {
  const { t } = useTranslation("movements");
  if (!NOBODY.test(address)) return <AddressLink address={address} />;
  return <span className="soft">{t(`nobody.${kind as Movement}`)}</span>;
}

export function MovementsTable({ label, list, empty, csv }: Props) {
  const { t } = useTranslation("movements");
  const columns: TableColumnsType<Transfer> = [
    { key: "when", title: t("when"), width: 130, render: (_, { timestamp }) => <TimeText seconds={timestamp} /> },
    { key: "kind", title: t("kind"), width: 120, render: (_, { kind }) => t(`kinds.${kind as Movement}`) },
    { key: "from", title: t("from"), render: (_, { from, kind }) => <Party address={from} kind={kind} /> },
    { key: "to", title: t("to"), render: (_, { to, kind }) => <Party address={to} kind={kind} /> },
    {
      key: "points",
      title: t("points"),
      align: "right",
      width: 160,
      render: (_, { points }) => <AmountText amount={points} />,
    },
    {
      key: "transaction",
      title: t("transaction"),
      width: 140,
      render: (_, { transactionHash }) => <TransactionLink hash={transactionHash} />,
    },
  ];
  return (
    <LongTable
      label={label}
      list={list}
      columns={columns}
      // Several movements of one transaction are told apart by who, whom, what and how much.
      rowKey={({ transactionHash, from, to, kind, points }) =>
        [transactionHash, from, to, kind, points.token, points.amount].join(" ")
      }
      empty={empty}
      width={900}
      csv={csv}
    />
  );
}
