/** Whose account: a customer's id or an address. */
import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { ADDRESS, CUSTOMER_ID } from "./customers.ts";

export function CustomerItem({ name, managedOnly = false }: { name: string; managedOnly?: boolean }) {
  const { t } = useTranslation("merchantIssue");
  const check = (_: unknown, text: string | undefined): Promise<void> => {
    const given = (text ?? "").trim();
    const isFine = CUSTOMER_ID.test(given) || (!managedOnly && ADDRESS.test(given));
    return isFine
      ? Promise.resolve()
      : Promise.reject(new Error(t(managedOnly ? "field.customerId" : "field.customer")));
  };
  return (
    <Form.Item
      name={name}
      label={t(managedOnly ? "customerId" : "customer")}
      extra={t(managedOnly ? "customerIdHint" : "customerHint")}
      rules={[{ validator: check }]}
    >
      <Input autoComplete="off" spellCheck={false} placeholder={managedOnly ? "0d382f16-9b7f-…" : "0x42cb…"} />
    </Form.Item>
  );
}
