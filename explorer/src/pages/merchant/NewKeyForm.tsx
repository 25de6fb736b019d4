/** Makes an API key: for which role, how long it lives, how it is called. */
import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input, InputNumber, Select } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { createKey } from "../../../../gateway/client/generated/sdk.gen.ts";
import { ProblemNote } from "../../parts/ProblemNote.tsx";

const ROLES = ["till", "merchant", "consumer"] as const;
const LIFE_DAYS_MAX = 400;

interface Fields {
  readonly label: string;
  readonly role: (typeof ROLES)[number];
  readonly lifeDays: number;
}

export function NewKeyForm({ onMade }: { onMade: (secret: string) => void }) {
  const { t } = useTranslation("merchantAccess");
  const [form] = Form.useForm<Fields>();
  const intent = useRef<{ input: string; key: string }>(undefined);
  const making = useMutation({
    mutationFn: async (fields: Fields) => {
      const input = JSON.stringify(fields);
      if (intent.current?.input !== input) intent.current = { input, key: crypto.randomUUID() };
      const headers = { "Idempotency-Key": intent.current.key };
      const { data } = await createKey({ body: fields, headers, throwOnError: true });
      intent.current = undefined;
      return data;
    },
    onSuccess: ({ secret }) => {
      form.resetFields();
      // Null when this very wish was granted before: the secret was shown then, and only then.
      if (secret !== null) onMade(secret);
    },
  });
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      className="console-form"
      requiredMark={false}
      initialValues={{ role: "till", lifeDays: 365 }}
      onFinish={(fields) => making.mutate({ ...fields, label: fields.label.trim() })}
    >
      <Form.Item
        name="label"
        label={t("keys.label")}
        extra={t("keys.labelHint")}
        rules={[{ required: true, whitespace: true, max: 64, message: t("keys.labelFlaw") }]}
      >
        <Input autoComplete="off" maxLength={64} />
      </Form.Item>
      <Form.Item name="role" label={t("keys.role")} extra={t("keys.roleHint")}>
        <Select options={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))} />
      </Form.Item>
      <Form.Item name="lifeDays" label={t("keys.lifeDays")} rules={[{ required: true }]}>
        <InputNumber min={1} max={LIFE_DAYS_MAX} precision={0} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={making.isPending}>
        {t("keys.make")}
      </Button>
      {making.isError ? (
        <div className="command-note">
          <ProblemNote error={making.error} />
        </div>
      ) : null}
    </Form>
  );
}
