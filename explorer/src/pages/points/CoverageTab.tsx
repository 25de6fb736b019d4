/** What backs the points: the merchant's collateral against all that is outstanding. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { BarChart } from "../../charts/BarChart.tsx";
import { AmountText } from "../../parts/AmountText.tsx";
import { CoverageText } from "../../parts/CoverageText.tsx";
import { Panel } from "../../parts/Panel.tsx";
import type { PointProps } from "./PointPage.tsx";

export function CoverageTab({ point }: PointProps) {
  const { t } = useTranslation("points");
  const { coverage, supply } = point;
  const { outstanding, deposited, requested, required, ratioBps } = coverage;
  const bars = useMemo(() => {
    const available = BigInt(deposited.amount) - BigInt(requested.amount);
    return [{ name: deposited.symbol, values: [available, BigInt(required.amount)] }];
  }, [deposited, requested, required]);
  const categories = useMemo(() => [t("coverage.available"), t("coverage.required")], [t]);
  return (
    <div className="grid">
      <Panel title={t("coverage.title")}>
        <dl className="facts">
          <dt>{t("coverage.ratio")}</dt>
          <dd>
            <CoverageText ratioBps={ratioBps} />
          </dd>
          <dt>{t("coverage.outstanding")}</dt>
          <dd>
            <AmountText amount={outstanding} />
          </dd>
          {(["circulating", "held", "pooled"] as const).flatMap((stage) => [
            <dt key={stage}>· {t(`stages.${stage}`)}</dt>,
            <dd key={`${stage} amount`}>
              <AmountText amount={supply[stage]} />
            </dd>,
          ])}
          <dt>{t("coverage.required")}</dt>
          <dd>
            <AmountText amount={required} />
          </dd>
          <dt>{t("coverage.deposited")}</dt>
          <dd>
            <AmountText amount={deposited} />
          </dd>
          <dt>{t("coverage.requested")}</dt>
          <dd>
            <AmountText amount={requested} />
          </dd>
        </dl>
        <p className="soft">{t("coverage.how")}</p>
      </Panel>
      <Panel title={t("coverage.picture")}>
        <BarChart
          label={t("coverage.pictureLabel", { name: point.name })}
          of={t("coverage.what")}
          categories={categories}
          series={bars}
          unit={deposited}
          isLying
          height={180}
        />
      </Panel>
    </div>
  );
}
