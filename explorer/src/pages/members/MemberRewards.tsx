/** What keeping the chain earned a member, epoch by epoch. */
import { Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useTranslation } from "react-i18next";
import type { MemberDetail } from "../../../../gateway/client/generated/types.gen.ts";
import { AmountText } from "../../parts/AmountText.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { Sparkline } from "../../parts/Sparkline.tsx";
import { TimeText } from "../../parts/TimeText.tsx";

type Rewards = MemberDetail["rewards"];
type Epoch = Rewards["epochs"][number];

const PAGE = 12;

export function MemberRewards({ rewards, name }: { readonly rewards: Rewards; readonly name: string }) {
  const { t } = useTranslation("members");
  const { schedule, claimed, claimable, epochsClaimed, epochs } = rewards;
  const past = epochs.toReversed();
  const columns: ColumnsType<Epoch> = [
    { title: t("epoch.epoch"), dataIndex: "epoch" },
    {
      title: t("member.windows"),
      dataIndex: "windowsAttested",
      align: "right",
      render: (count: number) => t("member.windowsOf", { count, required: schedule.windowsRequired }),
    },
    {
      title: t("member.attestedLast"),
      dataIndex: "lastAttestedAt",
      render: (at: number | null) => (at === null ? <span className="soft">–</span> : <TimeText seconds={at} />),
    },
    {
      title: t("epoch.earned"),
      key: "earned",
      render: (_, { isEarned, isClaimed, epoch }) =>
        t(
          `record.${isClaimed ? "claimed" : isEarned ? "earned" : epoch === schedule.currentEpoch ? "underWay" : "missed"}`,
        ),
    },
    {
      title: t("rewards.claimable"),
      dataIndex: "claimable",
      align: "right",
      render: (amount: Epoch["claimable"]) => <AmountText amount={amount} />,
    },
    {
      title: t("rewards.claimed"),
      dataIndex: "claimed",
      align: "right",
      render: (amount: Epoch["claimed"]) => <AmountText amount={amount} />,
    },
  ];
  return (
    <Panel title={t("rewards.title")}>
      <dl className="facts">
        <dt>{t("rewards.claimed")}</dt>
        <dd>
          <AmountText amount={claimed} />{" "}
          <span className="soft">{t("rewards.inEpochs", { count: epochsClaimed })}</span>
        </dd>
        <dt>{t("rewards.claimable")}</dt>
        <dd>
          <AmountText amount={claimable} />
        </dd>
      </dl>
      <Sparkline
        as="bars"
        height={48}
        values={past.map(({ windowsAttested }) => windowsAttested)}
        titles={past.map(({ epoch, windowsAttested }) => `${t("epoch.title", { epoch })}: ${windowsAttested}`)}
        label={t("member.picture", { name, count: epochs.length })}
      />
      <div className="scroll" tabIndex={0} role="region" aria-label={t("rewards.title")}>
        <Table<Epoch>
          rowKey="epoch"
          className="whole-width"
          size="small"
          columns={columns}
          dataSource={epochs}
          pagination={{ pageSize: PAGE, showSizeChanger: false, hideOnSinglePage: true }}
        />
      </div>
    </Panel>
  );
}
