/** Who issues the points, where they are now, what expires next. */
import { useTranslation } from "react-i18next";
import { DonutChart } from "../../charts/DonutChart.tsx";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { BlockLink } from "../../parts/links.tsx";
import { LotList } from "../../parts/LotList.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import type { PointProps } from "./PointPage.tsx";
import { ProfilePanel } from "./ProfilePanel.tsx";
import { CalendarText, OffsetText } from "./calendar-words.tsx";
import { STAGES } from "./supply-course.ts";

export function SummaryTab({ point }: PointProps) {
  const { t } = useTranslation("points");
  const { supply, issuer } = point;
  return (
    <div className="grid">
      <ProfilePanel point={point} parts={["introduction"]} />
      <Panel title={t("facts.title")}>
        <dl className="facts">
          <dt>{t("facts.issuer")}</dt>
          <dd>
            {issuer.legalName} · {t("facts.merchant", { id: issuer.id })}
          </dd>
          <dt>{t("facts.category")}</dt>
          <dd>{issuer.category}</dd>
          <dt>{t("facts.controller")}</dt>
          <dd>
            <AddressLink address={issuer.controller} />
          </dd>
          <dt>{t("facts.token")}</dt>
          <dd className="hex">{point.token}</dd>
          <dt>{t("facts.ratio")}</dt>
          <dd>{t("facts.ratioText", { count: point.pointsPerYuan })}</dd>
          <dt>{t("facts.calendar")}</dt>
          <dd>
            <CalendarText calendar={point.calendar} /> · <OffsetText seconds={point.utcOffsetSeconds} />
          </dd>
          <dt>{t("facts.created")}</dt>
          <dd>
            <TimeText seconds={point.createdAt} as="time" /> · {t("facts.block")}{" "}
            <BlockLink number={point.createdBlock} />
          </dd>
        </dl>
      </Panel>
      <Panel title={t("summary.supply")}>
        <DonutChart
          label={t("summary.supplyLabel", { name: point.name })}
          of={t("supply.stage")}
          slices={STAGES.map((stage) => ({ name: t(`stages.${stage}`), value: BigInt(supply[stage].amount) }))}
          unit={supply.issued}
        />
      </Panel>
      <Panel title={t("summary.expiry")}>
        <LotList lots={point.expiry} />
      </Panel>
    </div>
  );
}
