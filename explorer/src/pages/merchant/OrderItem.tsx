/** The order's number: the name under which points are given once, for ever. */
import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

/** 1 to 128 characters without control characters, as the API takes them. */

export const ORDER_REF = /^[^\u0000-\u001f\u007f]{1,128}$/;

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
