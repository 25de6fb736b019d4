/** Where every merchant's points are, how that went, and what backs them. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import {
  listOverviewDaysOptions,
  listPointsOptions,
} from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { ListPointsResponse } from "../../../../gateway/client/generated/types.gen.ts";
import { formatCount } from "../../format/number.ts";
import { numberForPicture } from "../../format/picture.ts";
import type { Amount } from "../../format/amount.ts";
import { formatAmount } from "../../format/amount.ts";
import { AmountText } from "../../parts/AmountText.tsx";
import { CoverageText } from "../../parts/CoverageText.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { Sparkline } from "../../parts/Sparkline.tsx";
import { SupplyBar, SupplyLegend } from "../../parts/SupplyBar.tsx";
import { paths, pointUrl } from "../../urls.ts";

const SHOWN = 12;
const COURSE_DAYS = 90;

export function Circulation() {
  const { t } = useTranslation("overview");
  const points = useQuery(listPointsOptions({ query: { limit: SHOWN } }));
  const course = useQuery(listOverviewDaysOptions({ query: { days: COURSE_DAYS } }));
  const courseOf = (token: string) => course.data?.series.find((one) => one.token === token)?.outstanding ?? [];
  const days = course.data?.items.map(({ day }) => day) ?? [];
  const columns = ["point", "circulating", "where", "outstanding", "holders", "coverage"] as const;
  return (
    <Panel title={t("circulation.title")} tools={<Link to={paths.points}>{t("circulation.all")}</Link>}>
      <QueryView query={points} rows={8}>
        {({ items }) =>
          items.length === 0 ? (
            <NothingThere text={t("circulation.none")} />
          ) : (
            <>
              <div className="scroll" tabIndex={0} role="region" aria-label={t("circulation.title")}>
                <table className="plain circulation">
                  <thead>
                    <tr>
                      {columns.map((name) => (
                        <th key={name} scope="col" className={isNumber(name) ? "number" : undefined}>
                          {t(`circulation.${name}`)}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((point) => (
                      <CirculationRow key={point.token} point={point} course={courseOf(point.token)} days={days} />
                    ))}
                  </tbody>
                </table>
              </div>
              <SupplyLegend />
            </>
          )
        }
      </QueryView>
    </Panel>
  );
}

const isNumber = (name: string): boolean => name === "circulating" || name === "holders" || name === "coverage";

interface RowProps {
  readonly point: ListPointsResponse["items"][number];
  readonly course: readonly Amount[];
  readonly days: readonly string[];
}

function CirculationRow({ point, course, days }: RowProps) {
  const { t } = useTranslation("overview");
  return (
    <tr>
      <th scope="row">
        <Link to={pointUrl(point.token)}>{point.name}</Link> <span className="soft">{point.symbol}</span>
        <br />
        <span className="soft">{point.issuer.legalName}</span>
      </th>
      <td className="number">
        <AmountText amount={point.supply.circulating} />
      </td>
      <td className="circulation-bar">
        <SupplyBar supply={point.supply} />
      </td>
      <td className="circulation-course">
        <Sparkline
          values={course.map(({ amount, decimals }) => numberForPicture(amount, decimals))}
          titles={course.map((amount, index) => `${days[index] ?? ""}: ${formatAmount(amount)}`)}
          label={t("circulation.picture", { name: point.name, count: COURSE_DAYS })}
          height={32}
        />
      </td>
      <td className="number">{formatCount(point.holderCount)}</td>
      <td className="number">
        <CoverageText ratioBps={point.coverage.ratioBps} />
      </td>
    </tr>
  );
}
