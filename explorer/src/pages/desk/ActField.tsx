/** A field of an act: an address, a merchant or its token by name, a percentage, an amount. */
import { Form, Input, InputNumber, Select } from "antd";
import type { FormItemProps } from "antd";
import { useTranslation } from "react-i18next";
import { parseAmount } from "../../format/amount.ts";
import type { FieldName } from "./acts.ts";
import { useMerchants } from "./merchants.ts";

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const POINT_DECIMALS = 2;

export function ActField({ name }: { name: FieldName }) {
  const { t } = useTranslation("desk");
  const merchants = useMerchants();
  const item: FormItemProps = { name, label: t(`field.${name}`) };
  switch (name) {
    case "merchantId":
      return (
        <Form.Item {...item} rules={[{ required: true, message: t("form.merchant") }]}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={merchants.map(({ id, legalName }) => ({ value: id, label: `${legalName} (${id})` }))}
          />
        </Form.Item>
      );
    case "token":
      return (
        <Form.Item {...item} rules={[{ required: true, message: t("form.token") }]}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={merchants.flatMap(({ token, tokenName, tokenSymbol }) =>
              token === null ? [] : [{ value: token, label: `${tokenName} (${tokenSymbol})` }],
            )}
          />
        </Form.Item>
      );
    case "percent":
      return (
        <Form.Item {...item} rules={[{ required: true, message: t("form.percent") }]}>
          <InputNumber min={0} max={100} precision={0} suffix="%" style={{ width: "100%" }} />
        </Form.Item>
      );
    case "points":
      return (
        <Form.Item
          {...item}
          rules={[
            {
              validator: (_, text: string | undefined) =>
                (parseAmount(text ?? "", POINT_DECIMALS) ?? 0n) > 0n
                  ? Promise.resolve()
                  : Promise.reject(new Error(t("form.points"))),
            },
          ]}
        >
          <Input inputMode="decimal" autoComplete="off" />
        </Form.Item>
      );
    case "orderId":
      return (
        <Form.Item {...item} rules={[{ required: true, pattern: /^[1-9][0-9]*$/, message: t("form.order") }]}>
          <Input inputMode="numeric" autoComplete="off" />
        </Form.Item>
      );
    default:
      return (
        <Form.Item {...item} rules={[{ required: true, pattern: ADDRESS, message: t("form.address") }]}>
          <Input placeholder="0x…" autoComplete="off" spellCheck={false} />
        </Form.Item>
      );
  }
}
