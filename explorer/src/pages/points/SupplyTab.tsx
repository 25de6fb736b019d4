/** The supply over time: where every point ever issued is, day by day. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { listPointDaysInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { allRows, asPages, useWhole } from "../../api/pages.ts";
import { TimeChart } from "../../charts/TimeChart.tsx";
import { AmountText } from "../../parts/AmountText.tsx";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { SupplyBar, SupplyLegend } from "../../parts/SupplyBar.tsx";
import { useUrlChoice } from "../../parts/url-field.ts";
import type { PointProps } from "./PointPage.tsx";
import { DEEDS, STAGES, supplyCourse } from "./supply-course.ts";

const PAGE_DAYS = 200;
/** The pool often holds a hundred times what customers do; without it their points can be seen. */
const VIEWS = ["withoutPool", "all"] as const;

export function SupplyTab({ point }: PointProps) {
  const { t } = useTranslation("points");
  const { token, supply } = point;
  return (
    <>
      <Panel title={t("supply.now")}>
        <SupplyBar supply={supply} />
        <SupplyLegend />
        <dl className="facts supply-facts">
          <dt>{t("stages.issued")}</dt>
          <dd>
            <AmountText amount={supply.issued} />
          </dd>
          {STAGES.flatMap((stage) => [
            <dt key={stage}>{t(`stages.${stage}`)}</dt>,
            <dd key={`${stage} amount`}>
              <AmountText amount={supply[stage]} />
            </dd>,
          ])}
        </dl>
        <p className="soft">{t("supply.law")}</p>
      </Panel>
      <Course point={point} key={token} />
    </>
  );
}

function Course({ point }: PointProps) {
  const { t } = useTranslation("points");
  const [view, show] = useUrlChoice("view", VIEWS);
  const { token, utcOffsetSeconds, supply } = point;
  const query = useInfiniteQuery({
    ...listPointDaysInfiniteOptions({ path: { token }, query: { limit: PAGE_DAYS } }),
    ...asPages,
    initialPageParam: { path: { token } },
  });
  useWhole(query);
  const course = useMemo(() => supplyCourse(allRows(query.data), utcOffsetSeconds), [query.data, utcOffsetSeconds]);
  const shown = useMemo(() => STAGES.filter((stage) => view === "all" || stage !== "pooled"), [view]);
  const stages = useMemo(
    () => shown.map((stage) => ({ name: t(`stages.${stage}`), values: course.stages[stage] })),
    [shown, course, t],
  );
  const deeds = useMemo(
    () => DEEDS.map((deed) => ({ name: t(`deeds.${deed}`), values: course.deeds[deed] })),
    [course, t],
  );
  const choice = (
    <Segmented
      aria-label={t("supply.view")}
      value={view}
      onChange={show}
      options={VIEWS.map((value) => ({ value, label: t(`supply.views.${value}`) }))}
    />
  );
  return (
    <QueryView query={query}>
      {() =>
        course.times.length === 0 ? (
          <NothingThere text={t("supply.none")} />
        ) : (
          <>
            <Panel title={t("supply.course")} tools={choice}>
              <TimeChart
                label={t("supply.courseLabel", { name: point.name })}
                times={course.times}
                series={stages}
                unit={supply.issued}
                shape="area"
                isStacked
                height={340}
              />
            </Panel>
            <Panel title={t("supply.deeds")} tools={<CsvLink path={`/v1/points/${token}/history.csv`} />}>
              <TimeChart
                label={t("supply.deedsLabel", { name: point.name })}
                times={course.times}
                series={deeds}
                unit={supply.issued}
                shape="bar"
              />
            </Panel>
          </>
        )
      }
    </QueryView>
  );
}
