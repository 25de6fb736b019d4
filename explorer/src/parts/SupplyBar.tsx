/** Where the points of a token are: one bar, split; the exact amounts on hover and for screen readers. */
import { useTranslation } from "react-i18next";
import type { Amount } from "../format/amount.ts";
import { formatAmount } from "../format/amount.ts";
import { percentForPicture } from "../format/picture.ts";

/** In the order in which they stand. Reversed issues never were in anybody's hands for good and are not drawn. */
const PARTS = ["circulating", "held", "pooled", "redeemed", "expired"] as const;

interface Props {
  readonly supply: Readonly<Record<(typeof PARTS)[number], Amount>>;
}

export function SupplyBar({ supply }: Props) {
  const { t } = useTranslation();
  const whole = PARTS.reduce((sum, part) => sum + BigInt(supply[part].amount), 0n);
  const words = PARTS.map((part) => `${t(`supply.${part}`)} ${formatAmount(supply[part])}`);
  return (
    <div className="supply-bar" role="img" aria-label={words.join("; ")} title={words.join("\n")}>
      {PARTS.map((part) => {
        const width = percentForPicture(BigInt(supply[part].amount), whole);
        return width === 0 ? null : <span key={part} data-part={part} style={{ width: `${width}%` }} />;
      })}
    </div>
  );
}

export function SupplyLegend() {
  const { t } = useTranslation();
  return (
    <ul className="supply-legend">
      {PARTS.map((part) => (
        <li key={part}>
          <span data-part={part} aria-hidden="true" />
          {t(`supply.${part}`)}
        </li>
      ))}
    </ul>
  );
}
