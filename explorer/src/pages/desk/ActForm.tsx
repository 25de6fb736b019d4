/** One act on the chain under a case: what, about whom, a last look, and what became of it. */
import { Button, Form, Popconfirm, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Case } from "../../../../gateway/client/generated/types.gen.ts";
import { useWrite } from "../../api/write.ts";
import { CommandNote } from "../../parts/CommandNote.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { ActField } from "./ActField.tsx";
import type { Act, ActFields, ActName } from "./acts.ts";
import { ACTS, ACT_NAMES } from "./acts.ts";

interface Wanted {
  readonly act: ActName;
  readonly fields: ActFields;
}

export function ActForm({ subject }: { subject: Case }) {
  const { t } = useTranslation("desk");
  const { number: caseNumber, account, token, merchantId } = subject;
  const [form] = Form.useForm<ActFields>();
  const [act, setAct] = useState<ActName>(account === null && token !== null ? "pause" : "freeze");
  const write = useWrite<Wanted>(({ act: name, fields }, headers) =>
    ACTS[name].send({ fields, body: { caseNumber }, headers }),
  );
  const { needs }: Act = ACTS[act];
  const isUnderWay = write.isSending || write.command?.state === "queued" || write.command?.state === "sent";
  const initial: ActFields = {
    ...(account === null ? {} : { account, from: account }),
    ...(token === null ? {} : { token }),
    ...(merchantId === null ? {} : { merchantId }),
  };
  const choose = (name: ActName): void => {
    setAct(name);
    write.reset();
  };
  return (
    <Form<ActFields>
      form={form}
      name="desk-act-fields"
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      onFinish={(fields) => write.submit({ act, fields })}
    >
      <Form.Item label={t("act.what")} htmlFor="desk-act" extra={t(`act.help.${act}`)}>
        <Select
          id="desk-act"
          value={act}
          onChange={choose}
          options={ACT_NAMES.map((value) => ({ value, label: t(`act.of.${value}`) }))}
        />
      </Form.Item>
      {needs.map((name) => (
        <ActField key={name} name={name} />
      ))}
      <Popconfirm
        title={t("act.sure", { act: t(`act.of.${act}`), number: caseNumber })}
        description={t("act.public")}
        okText={t("act.yes")}
        cancelText={t("act.no")}
        onConfirm={() => form.submit()}
      >
        <Button type="primary" danger loading={isUnderWay} disabled={isUnderWay}>
          {t("act.do")}
        </Button>
      </Popconfirm>
      {write.error === undefined ? null : (
        <div className="desk-note">
          <ProblemNote error={write.error} />
        </div>
      )}
      {write.command === undefined ? null : (
        <div className="desk-note">
          <CommandNote command={write.command} />
        </div>
      )}
    </Form>
  );
}
