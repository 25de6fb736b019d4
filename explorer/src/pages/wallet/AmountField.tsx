/** How many points: typed as people write them, kept as base units. */
import { Button, Input } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { formatExact, parseAmount } from "../../format/amount.ts";

interface Props {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly symbol: string;
  readonly decimals: number;
  /** What there is, in base units: offered as a whole, and more than that is told. */
  readonly most?: string | undefined;
}

export const baseOf = (text: string, decimals: number): bigint | undefined => {
  const base = parseAmount(text, decimals);
  return base === undefined || base === 0n ? undefined : base;
};

export function AmountField({ label, text, onText, symbol, decimals, most }: Props) {
  const { t } = useTranslation("purse");
  const id = useId();
  const isWrong = text !== "" && baseOf(text, decimals) === undefined;
  return (
    <div className="wallet-field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        size="large"
        inputMode="decimal"
        autoComplete="off"
        value={text}
        suffix={<span>{symbol}</span>}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-wrong` : undefined}
        {...(isWrong ? { status: "error" as const } : {})}
        onChange={({ target }) => onText(target.value)}
      />
      {isWrong ? (
        <span id={`${id}-wrong`} className="wallet-soon">
          {t("field.wrong", { decimals })}
        </span>
      ) : null}
      {most === undefined ? null : (
        <span className="wallet-soft">
          {t("field.have", { points: formatExact(most, decimals) })}{" "}
          <Button type="link" size="small" onClick={() => onText(formatExact(most, decimals).replaceAll(",", ""))}>
            {t("field.all")}
          </Button>
        </span>
      )}
    </div>
  );
}
