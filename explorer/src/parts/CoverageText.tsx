/** How far collateral covers what is outstanding: in percent, and in a word for those who do not see colours. */
import { useTranslation } from "react-i18next";
import { formatBps } from "../format/amount.ts";

/** Exactly covered. */
const FULL_BPS = 10_000n;

interface Props {
  /** Null when nothing needs to be covered. */
  readonly ratioBps: string | null;
}

export function CoverageText({ ratioBps }: Props) {
  const { t } = useTranslation();
  if (ratioBps === null) return <span className="soft">{t("coverage.none")}</span>;
  const state = BigInt(ratioBps) >= FULL_BPS ? "covered" : "short";
  return (
    <span className="coverage" data-state={state} title={t(`coverage.${state}`)}>
      {formatBps(ratioBps)}
      <span className="visually-hidden"> {t(`coverage.${state}`)}</span>
    </span>
  );
}
