/** An amount with its unit. Cut where there is little room; the exact one is in the title and for screen readers. */
import type { Amount } from "../format/amount.ts";
import { formatAmount, formatShort } from "../format/amount.ts";

export function AmountText({ amount }: { amount: Amount }) {
  const { text, isCut } = formatShort(amount);
  const exact = formatAmount(amount);
  return (
    <span className="amount" title={exact}>
      {isCut ? <span aria-hidden="true">{text}</span> : text}
      {isCut ? <span className="visually-hidden">{exact}</span> : ` ${amount.symbol}`}
      {isCut ? <span aria-hidden="true"> {amount.symbol}</span> : null}
    </span>
  );
}
