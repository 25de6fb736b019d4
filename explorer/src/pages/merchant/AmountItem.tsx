/** A field for an amount: says what is wrong with it before it is sent. */
import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { parseAmount } from "../../format/amount.ts";

interface Props {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly decimals: number;
  readonly extra?: string;
  /** 0 means something (a limit, not a payment). */
  readonly mayBeZero?: boolean;
  /** The chain counts in steps of so many base units. */
  readonly step?: bigint;
  /** What else must hold, of other fields too. */
  readonly also?: {
    readonly of: readonly string[];
    readonly flaw: (values: Record<string, string>) => string | undefined;
  };
}

export function AmountItem({ name, label, unit, decimals, extra, mayBeZero = false, step = 1n, also }: Props) {
  const { t } = useTranslation("merchantIssue");
  const check = (_: unknown, text: string | undefined): Promise<void> => {
    const amount = parseAmount(text ?? "", decimals);
    if (amount === undefined) return Promise.reject(new Error(t("field.amount", { count: decimals })));
    if (amount === 0n && !mayBeZero) return Promise.reject(new Error(t("field.positive")));
    if (amount % step !== 0n) return Promise.reject(new Error(t("field.step")));
    return Promise.resolve();
  };
  return (
    <Form.Item
      name={name}
      label={label}
      extra={extra}
      dependencies={[...(also?.of ?? [])]}
      validateFirst
      rules={[
        { validator: check },
        ({ getFieldsValue }) => ({
          validator: () => {
            const flaw = also?.flaw(getFieldsValue() as Record<string, string>);
            return flaw === undefined ? Promise.resolve() : Promise.reject(new Error(flaw));
          },
        }),
      ]}
    >
      <Input inputMode="decimal" autoComplete="off" suffix={unit} />
    </Form.Item>
  );
}
