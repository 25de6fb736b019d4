/** The order's number: the name under which points are given once, for ever. */
import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { ORDER_REF } from "./order-ref.ts";

export function OrderItem({ hint }: { hint?: string }) {
  const { t } = useTranslation("merchantIssue");
  const [query] = useSearchParams();
  return (
    <Form.Item
      name="orderRef"
      label={t("orderRef")}
      extra={hint ?? t("orderRefHint")}
      initialValue={query.get("orderRef") ?? undefined}
      rules={[{ required: true, pattern: ORDER_REF, whitespace: true, message: t("field.orderRef") }]}
    >
      <Input autoComplete="off" spellCheck={false} maxLength={128} />
    </Form.Item>
  );
}
