/** Earnings that the guards object to: a person looks, and pays or refuses with a reason. */
import { Button, Input, Modal, Table } from "antd";
import type { TableColumnsType } from "antd";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { listObjectionsInfiniteOptions } from "../../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { decideEarning } from "../../../../../../gateway/client/generated/sdk.gen.ts";
import type { Earning } from "../../../../../../gateway/client/generated/types.gen.ts";
import { allRows } from "../../../../api/pages.ts";
import { shortHex } from "../../../../format/address.ts";
import { formatExact } from "../../../../format/amount.ts";
import { CsvLink } from "../../../../parts/CsvLink.tsx";
import { MoreButton } from "../../../../parts/MoreButton.tsx";
import { NothingThere } from "../../../../parts/NothingThere.tsx";
import { Page } from "../../../../parts/Page.tsx";
import { Panel } from "../../../../parts/Panel.tsx";
import { ProblemNote } from "../../../../parts/ProblemNote.tsx";
import { TimeText } from "../../../../parts/TimeText.tsx";
import { merchantPaths, withQuery } from "../../../../urls.ts";
import { useOwnMerchant } from "../../own-merchant.tsx";
import { useOwnId } from "../own-id.ts";
import { POINT_DECIMALS } from "../../units.ts";
import { useSave } from "../save.ts";

interface Deciding {
  readonly earning: Earning;
  readonly decision: "pay" | "refuse";
}

const CODES = ["self_dealing", "velocity", "device_shared", "account_devices", "ring", "frozen"] as const;
type Code = (typeof CODES)[number];
const isCode = (code: string): code is Code => (CODES as readonly string[]).includes(code);

export default function ObjectionsPage() {
  const { t } = useTranslation("loyalty");
  const id = useOwnId();
  const [deciding, setDeciding] = useState<Deciding>();
  return (
    <Page
      title={t("objections.title")}
      lead={t("objections.lead")}
      tools={<CsvLink path={`/v1/merchants/${id}/objections.csv`} />}
    >
      <Panel title={t("objections.open")}>
        <ObjectionsTable onDecide={setDeciding} />
      </Panel>
      {deciding === undefined ? null : <DecisionModal deciding={deciding} onClose={() => setDeciding(undefined)} />}
    </Page>
  );
}

function ObjectionsTable({ onDecide }: { onDecide: (deciding: Deciding) => void }) {
  const { t } = useTranslation("loyalty");
  const id = useOwnId();
  const path = { id };
  const list = useInfiniteQuery({
    ...listObjectionsInfiniteOptions({ path, query: { limit: 50 } }),
    initialPageParam: { path },
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const columns = useColumns(onDecide);
  if (list.isError) return <ProblemNote error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <>
      <div className="scroll" tabIndex={0}>
        <Table<Earning>
          size="small"
          rowKey="earningId"
          columns={columns}
          dataSource={allRows(list.data)}
          loading={list.isPending}
          pagination={false}
          locale={{ emptyText: <NothingThere text={t("objections.none")} /> }}
        />
      </div>
      <MoreButton list={list} />
    </>
  );
}

function useColumns(onDecide: (deciding: Deciding) => void): TableColumnsType<Earning> {
  const { t } = useTranslation("loyalty");
  const { tokenSymbol, isOwner } = useOwnMerchant();
  return [
    { title: t("earning.when"), render: (_, { createdAt }) => <TimeText seconds={createdAt} /> },
    {
      title: t("orders.customer"),
      render: (_, { account }) => (
        <Link className="hex" to={withQuery(merchantPaths.loyaltyMembers, { account })} title={account}>
          {shortHex(account)}
        </Link>
      ),
    },
    { title: t("earning.subject"), render: (_, { subject }) => <span className="hex">{subject}</span> },
    {
      title: t("earning.points"),
      align: "right",
      render: (_, { points }) => `${formatExact(points, POINT_DECIMALS)} ${tokenSymbol}`,
    },
    {
      title: t("objections.why"),
      render: (_, { objections }) =>
        objections.map(({ code, facts }) => (
          <div key={code}>
            {isCode(code) ? t(`objections.code.${code}`) : code}{" "}
            <span className="loyalty-soft">
              {Object.entries(facts)
                .map(([name, value]) => `${name} ${value}`)
                .join(", ")}
            </span>
          </div>
        )),
    },
    ...(isOwner
      ? [
          {
            title: t("objections.decide"),
            render: (_: unknown, earning: Earning) => (
              <div className="loyalty-tools">
                <Button size="small" type="primary" onClick={() => onDecide({ earning, decision: "pay" })}>
                  {t("objections.pay")}
                </Button>
                <Button size="small" onClick={() => onDecide({ earning, decision: "refuse" })}>
                  {t("objections.refuse")}
                </Button>
              </div>
            ),
          },
        ]
      : []),
  ];
}

function DecisionModal({ deciding: { earning, decision }, onClose }: { deciding: Deciding; onClose: () => void }) {
  const { t } = useTranslation("loyalty");
  const id = useOwnId();
  const [reason, setReason] = useState("");
  const save = useSave((body: { decision: "pay" | "refuse"; reason: string }, headers) =>
    decideEarning({ path: { id, earningId: earning.earningId }, body, headers, throwOnError: true }),
  );
  return (
    <Modal
      open
      title={t(decision === "pay" ? "objections.payTitle" : "objections.refuseTitle", { subject: earning.subject })}
      okText={t(decision === "pay" ? "objections.pay" : "objections.refuse")}
      cancelText={t("cancel")}
      confirmLoading={save.isSaving}
      okButtonProps={{ disabled: reason.trim() === "" }}
      onOk={() => save.submit({ decision, reason: reason.trim() }, onClose)}
      onCancel={onClose}
    >
      <label htmlFor="decision-reason">{t("grant.reason")}</label>
      <Input.TextArea
        id="decision-reason"
        autoSize={{ minRows: 2 }}
        maxLength={200}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      {save.error === undefined ? null : <ProblemNote error={save.error} />}
    </Modal>
  );
}
