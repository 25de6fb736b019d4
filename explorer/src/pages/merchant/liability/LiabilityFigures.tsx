/** The report in six numbers. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Amount, Liability } from "../../../../../gateway/client/generated/types.gen.ts";
import { formatBps } from "../../../format/amount.ts";
import { AmountText } from "../../../parts/AmountText.tsx";
import { CoverageText } from "../../../parts/CoverageText.tsx";
import { YuanText } from "./YuanText.tsx";

interface Valued {
  readonly points: Amount;
  readonly faceFen: string;
  readonly accept: Amount | null;
}

export function LiabilityFigures({ liability }: { liability: Liability }) {
  const { t } = useTranslation("liability");
  const { owed, expectedExpired, expectedUsed, breakage, coverage } = liability;
  return (
    <dl className="figures">
      <Figure label={t("owed")} note={<Worth valued={owed} />}>
        <AmountText amount={owed.points} />
      </Figure>
      <Figure label={t("expectedUsed")} note={expectedUsed === null ? t("unknown") : <Worth valued={expectedUsed} />}>
        {expectedUsed === null ? "–" : <AmountText amount={expectedUsed.points} />}
      </Figure>
      <Figure
        label={t("expectedExpired")}
        note={expectedExpired === null ? t("unknown") : <Worth valued={expectedExpired} />}
      >
        {expectedExpired === null ? "–" : <AmountText amount={expectedExpired.points} />}
      </Figure>
      <Figure label={t("rate")} note={t("rateNote", { count: breakage.epochs.length })}>
        {breakage.rateBps === null ? "–" : formatBps(breakage.rateBps)}
      </Figure>
      <Figure
        label={t("cover")}
        note={
          <>
            <AmountText amount={coverage.deposited} /> / <AmountText amount={coverage.required} />
          </>
        }
      >
        <CoverageText ratioBps={coverage.ratioBps} />
      </Figure>
    </dl>
  );
}

function Figure({ label, note, children }: { label: string; note: ReactNode; children: ReactNode }) {
  return (
    <div className="figure">
      <dt>{label}</dt>
      <dd>
        {children}
        <div className="figure-note">{note}</div>
      </dd>
    </div>
  );
}

function Worth({ valued: { faceFen, accept } }: { valued: Valued }) {
  return (
    <>
      <YuanText fen={faceFen} />
      {accept === null ? null : (
        <>
          {" · "}
          <AmountText amount={accept} />
        </>
      )}
    </>
  );
}
