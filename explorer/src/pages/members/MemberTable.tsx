/** Each member with its node: does it attest, how steadily, and how far it is with the present epoch. */
import { Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Member, RewardEpoch } from "../../../../gateway/client/generated/types.gen.ts";
import { lastAttestedAt } from "../../format/attesting.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { NodeState } from "../../parts/NodeState.tsx";
import { Sparkline } from "../../parts/Sparkline.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { memberUrl } from "../../urls.ts";
import { MemberStatus } from "./MemberStatus.tsx";

interface Props {
  readonly members: Member[];
  /** The present one first. */
  readonly epochs: readonly RewardEpoch[];
  readonly now: number | undefined;
  readonly windowsRequired: number | undefined;
}

const windowsOf = (epoch: RewardEpoch | undefined, id: number): number =>
  epoch?.records.find(({ memberId }) => memberId === id)?.windowsAttested ?? 0;

export function MemberTable({ members, epochs, now, windowsRequired }: Props) {
  const { t } = useTranslation("members");
  const [present] = epochs;
  const past = epochs.toReversed();
  const columns: ColumnsType<Member> = [
    {
      title: t("member.name"),
      dataIndex: "name",
      render: (name: string, { id }) => <Link to={memberUrl(id)}>{name}</Link>,
    },
    { title: t("member.status"), dataIndex: "status", render: (status: string) => <MemberStatus status={status} /> },
    {
      title: t("member.attests"),
      key: "attests",
      render: (_, { id, status }) =>
        now === undefined ? null : (
          <NodeState isActive={status === "active"} attestedAt={lastAttestedAt(epochs, id)} epoch={present} now={now} />
        ),
    },
    {
      title: t("member.windows"),
      key: "windows",
      align: "right",
      render: (_, { id }) => t("member.windowsOf", { count: windowsOf(present, id), required: windowsRequired ?? "…" }),
    },
    {
      title: t("member.course", { count: epochs.length }),
      key: "course",
      width: 170,
      render: (_, { id, name }) => (
        <Sparkline
          as="bars"
          height={28}
          values={past.map((epoch) => windowsOf(epoch, id))}
          titles={past.map((epoch) => `${t("epoch.title", { epoch: epoch.epoch })}: ${windowsOf(epoch, id)}`)}
          label={t("member.picture", { name, count: epochs.length })}
        />
      ),
    },
    { title: t("member.node"), dataIndex: "node", render: (node: string) => <AddressLink address={node} /> },
    { title: t("member.since"), dataIndex: "since", render: (since: number) => <TimeText seconds={since} /> },
  ];
  return (
    <Table<Member>
      rowKey="id"
      size="small"
      columns={columns}
      dataSource={members}
      pagination={false}
      scroll={{ x: "max-content" }}
    />
  );
}
