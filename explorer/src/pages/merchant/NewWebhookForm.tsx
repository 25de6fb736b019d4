/** Names an address to be told; its signing secret is shown once. */
import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input, Select } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { createWebhook } from "../../../../gateway/client/generated/sdk.gen.ts";
import type { CreateWebhookData } from "../../../../gateway/client/generated/types.gen.ts";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { WEBHOOK_EVENTS } from "./webhook-events.ts";

type Body = CreateWebhookData["body"];

interface Fields {
  readonly url: string;
  readonly label?: string;
  readonly events?: NonNullable<Body["events"]>;
}

interface Props {
  readonly merchantId: string;
  readonly onMade: (secret: string | null) => void;
}

const bodyOf = ({ url, label = "", events = [] }: Fields): Body => ({
  url: url.trim(),
  ...(label.trim() === "" ? {} : { label: label.trim() }),
  ...(events.length === 0 ? {} : { events }),
});

export function NewWebhookForm({ merchantId, onMade }: Props) {
  const { t } = useTranslation("merchantAccess");
  const [form] = Form.useForm<Fields>();
  const intent = useRef<{ input: string; key: string }>(undefined);
  const making = useMutation({
    mutationFn: async (fields: Fields) => {
      const body = bodyOf(fields);
      const input = JSON.stringify(body);
      if (intent.current?.input !== input) intent.current = { input, key: crypto.randomUUID() };
      const headers = { "Idempotency-Key": intent.current.key };
      const { data } = await createWebhook({ path: { id: merchantId }, body, headers, throwOnError: true });
      intent.current = undefined;
      return data;
    },
    onSuccess: ({ secret }) => {
      form.resetFields();
      onMade(secret);
    },
  });
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      className="console-form"
      requiredMark={false}
      onFinish={(fields) => making.mutate(fields)}
    >
      <Form.Item
        name="url"
        label={t("webhooks.url")}
        extra={t("webhooks.urlHint")}
        rules={[{ required: true, pattern: /^https:\/\/\S+$/, message: t("webhooks.urlFlaw") }]}
      >
        <Input inputMode="url" autoComplete="off" placeholder="https://" maxLength={2_048} />
      </Form.Item>
      <Form.Item name="label" label={t("webhooks.label")}>
        <Input autoComplete="off" maxLength={64} />
      </Form.Item>
      <Form.Item name="events" label={t("webhooks.events")} extra={t("webhooks.eventsHint")}>
        <Select mode="multiple" allowClear options={WEBHOOK_EVENTS.map((event) => ({ value: event, label: event }))} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={making.isPending}>
        {t("webhooks.add")}
      </Button>
      {making.isError ? (
        <div className="command-note">
          <ProblemNote error={making.error} />
        </div>
      ) : null}
    </Form>
  );
}
