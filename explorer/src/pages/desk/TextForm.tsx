/** One field of text and a button: a note, a reason, an outcome. Emptied when it was taken. */
import { Button, Form, Input } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useIntent } from "../../api/intent.ts";
import type { IntentHeaders } from "../../api/write.ts";
import { ProblemNote } from "../../parts/ProblemNote.tsx";

interface Props<R> {
  readonly label: string;
  readonly action: string;
  readonly send: (text: string, headers: IntentHeaders) => Promise<{ data: R }>;
  readonly onDone?: (answer: R) => void;
  readonly isDanger?: boolean;
  readonly rows?: number;
}

const TEXT_MAX = 2_000;

export function TextForm<R>({ label, action, send, onDone, isDanger = false, rows = 2 }: Props<R>) {
  const { t } = useTranslation("desk");
  const [form] = Form.useForm<{ text: string }>();
  // Several of these stand on one page: each names its field for itself.
  const name = useId();
  const intent = useIntent<string, R>(send, (answer) => {
    form.resetFields();
    onDone?.(answer);
  });
  return (
    <Form
      form={form}
      name={name}
      layout="vertical"
      requiredMark={false}
      onFinish={({ text }) => intent.submit(text.trim())}
    >
      <Form.Item
        name="text"
        label={label}
        rules={[{ required: true, whitespace: true, message: t("form.text") }]}
        style={{ marginBottom: 12 }}
      >
        <Input.TextArea rows={rows} maxLength={TEXT_MAX} />
      </Form.Item>
      <Button htmlType="submit" danger={isDanger} loading={intent.isSending}>
        {action}
      </Button>
      {intent.error === undefined ? null : (
        <div className="desk-note">
          <ProblemNote error={intent.error} />
        </div>
      )}
    </Form>
  );
}
