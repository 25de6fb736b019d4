/** Reward epochs: what was emitted, the share of each member, who earned and who claimed it. */
import { Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useTranslation } from "react-i18next";
import type { Member, RewardEpoch } from "../../../../gateway/client/generated/types.gen.ts";
import { AmountText } from "../../parts/AmountText.tsx";
import { TimeText } from "../../parts/TimeText.tsx";

interface Props {
  readonly epochs: RewardEpoch[];
  readonly members: readonly Member[];
}

export function EpochTable({ epochs, members }: Props) {
  const { t } = useTranslation("members");
  const columns: ColumnsType<RewardEpoch> = [
    {
      title: t("epoch.epoch"),
      dataIndex: "epoch",
      render: (epoch: number, { isOver }) => (
        <>
          {epoch} {isOver ? null : <span className="soft">{t("epoch.present")}</span>}
        </>
      ),
    },
    { title: t("epoch.starts"), dataIndex: "startsAt", render: (at: number) => <TimeText seconds={at} as="time" /> },
    {
      title: t("epoch.emission"),
      dataIndex: "emission",
      align: "right",
      render: (emission: RewardEpoch["emission"]) => <AmountText amount={emission} />,
    },
    {
      title: t("epoch.share"),
      dataIndex: "share",
      align: "right",
      render: (share: RewardEpoch["share"]) => <AmountText amount={share} />,
    },
    {
      title: t("epoch.claimed"),
      dataIndex: "claimed",
      align: "right",
      render: (claimed: RewardEpoch["claimed"]) => <AmountText amount={claimed} />,
    },
    ...members.map(({ id, name }) => ({
      title: name,
      key: `member-${id}`,
      ellipsis: true,
      width: 150,
      render: (_: unknown, epoch: RewardEpoch) => <RecordText epoch={epoch} memberId={id} />,
    })),
  ];
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t("rewards.title")}>
      <Table<RewardEpoch>
        rowKey="epoch"
        className="whole-width"
        size="small"
        columns={columns}
        dataSource={epochs}
        pagination={false}
      />
    </div>
  );
}

export function RecordText({ epoch, memberId }: { readonly epoch: RewardEpoch; readonly memberId: number }) {
  const { t } = useTranslation("members");
  const record = epoch.records.find((one) => one.memberId === memberId);
  if (record === undefined) return <span className="soft">–</span>;
  const { windowsAttested, isClaimed, isEarned } = record;
  const state = isClaimed ? "claimed" : isEarned ? "earned" : epoch.isOver ? "missed" : "underWay";
  return (
    <span className="record" data-state={state}>
      {t(`record.${state}`)} <span className="soft">{t("record.windows", { count: windowsAttested })}</span>
    </span>
  );
}
