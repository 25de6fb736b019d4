/** Opens a case: its title, the number if another authority gave one, the alerts that led to it. */
import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { openCase } from "../../../../gateway/client/generated/sdk.gen.ts";
import type { WholeCase } from "../../../../gateway/client/generated/types.gen.ts";
import { useIntent } from "../../api/intent.ts";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { caseUrl } from "../../urls.ts";

interface Fields {
  readonly title: string;
  readonly number?: string;
  readonly account?: string;
}

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const NUMBER = /^[A-Za-z0-9.-]{1,31}$/;

export function NewCaseForm({ alertIds }: { alertIds: readonly string[] }) {
  const { t } = useTranslation("desk");
  const navigate = useNavigate();
  const intent = useIntent<Fields, WholeCase>(
    ({ title, number, account }, headers) =>
      openCase({
        body: {
          title: title.trim(),
          alertIds: [...alertIds],
          ...(number === undefined || number === "" ? {} : { number }),
          ...(account === undefined || account === "" ? {} : { account }),
        },
        headers,
        throwOnError: true,
      }),
    ({ number }) => void navigate(caseUrl(number)),
  );
  return (
    <Form<Fields> name="desk-case" layout="vertical" requiredMark={false} onFinish={(fields) => intent.submit(fields)}>
      <Form.Item
        name="title"
        label={t("cases.what")}
        rules={[{ required: true, whitespace: true, message: t("form.text") }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        name="number"
        label={t("cases.number")}
        extra={t("cases.numberHelp")}
        rules={[{ pattern: NUMBER, message: t("form.caseNumber") }]}
      >
        <Input placeholder="2027-0042" autoComplete="off" />
      </Form.Item>
      {alertIds.length > 0 ? (
        <p className="soft">{t("cases.withAlerts", { count: alertIds.length })}</p>
      ) : (
        <Form.Item name="account" label={t("cases.account")} rules={[{ pattern: ADDRESS, message: t("form.address") }]}>
          <Input placeholder="0x…" autoComplete="off" spellCheck={false} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={intent.isSending}>
        {t("cases.open")}
      </Button>
      {intent.error === undefined ? null : (
        <div className="desk-note">
          <ProblemNote error={intent.error} />
        </div>
      )}
    </Form>
  );
}
