/** The merchant's day: what was issued, how the points stand, what needs somebody. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import {
  getPointOptions,
  listPointDaysOptions,
} from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Point } from "../../../../gateway/client/generated/types.gen.ts";
import { formatAmount } from "../../format/amount.ts";
import { formatDay } from "../../format/time.ts";
import { AmountText } from "../../parts/AmountText.tsx";
import { CoverageText } from "../../parts/CoverageText.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { SupplyBar, SupplyLegend } from "../../parts/SupplyBar.tsx";
import { useNow } from "../../parts/now.ts";
import { merchantPaths, pointUrl } from "../../urls.ts";
import { DAYS, DaysChart } from "./DaysChart.tsx";
import { DutyList } from "./DutyList.tsx";
import { useOwnMerchant } from "./own-merchant.tsx";
import { issuedToday } from "./tills.ts";

export default function DashboardPage() {
  const { t } = useTranslation("merchant");
  const { legalName, token } = useOwnMerchant();
  const point = useQuery(getPointOptions({ path: { token } }));
  const days = useQuery(listPointDaysOptions({ path: { token }, query: { limit: DAYS } }));
  return (
    <Page
      title={legalName}
      lead={t("today.lead")}
      tools={
        <>
          <Link to={merchantPaths.issue}>{t("nav.issue")}</Link>
          <Link to={pointUrl(token)}>{t("today.explorer")}</Link>
        </>
      }
    >
      <QueryView query={point} rows={3}>
        {(found) => (
          <>
            <Figures point={found} />
            <Panel title={t("today.duties")}>
              <DutyList point={found} />
            </Panel>
            <div className="grid">
              <Panel title={t("today.supply")}>
                <SupplyBar supply={found.supply} />
                <SupplyLegend />
              </Panel>
              <Panel title={t("today.expiry")} tools={<Link to={merchantPaths.liability}>{t("nav.liability")}</Link>}>
                <NextExpiries point={found} />
              </Panel>
            </div>
          </>
        )}
      </QueryView>
      <Panel title={t("today.days")}>
        <QueryView query={days}>{({ items }) => <DaysChart days={items} />}</QueryView>
      </Panel>
    </Page>
  );
}

function Figures({ point: { supply, holderCount } }: { point: Point }) {
  const { t } = useTranslation("merchant");
  const { tills, utcOffsetSeconds, coverage } = useOwnMerchant();
  const now = useNow();
  const live = tills.filter(({ dailyLimit }) => dailyLimit.amount !== "0");
  const today = live.reduce((sum, till) => sum + issuedToday(till, utcOffsetSeconds, now), 0n);
  const limit = live.reduce((sum, { dailyLimit }) => sum + BigInt(dailyLimit.amount), 0n);
  const left = formatAmount({ ...supply.issued, amount: (limit - today).toString() });
  return (
    <dl className="figures">
      <Figure term={t("today.issuedToday")} note={t("today.limitLeft", { amount: left })}>
        <AmountText amount={{ ...supply.issued, amount: today.toString() }} />
      </Figure>
      <Figure term={t("today.circulating")} note={t("today.holders", { count: holderCount })}>
        <AmountText amount={supply.circulating} />
      </Figure>
      <Figure term={t("today.held")}>
        <AmountText amount={supply.held} />
      </Figure>
      <Figure term={t("today.outstanding")} note={t("today.outstandingNote", { amount: formatAmount(supply.pooled) })}>
        <AmountText amount={coverage.outstanding} />
      </Figure>
      <Figure
        term={t("today.coverage")}
        note={t("today.coverageNote", {
          amount: formatAmount(coverage.deposited),
          required: formatAmount(coverage.required),
        })}
      >
        <CoverageText ratioBps={coverage.ratioBps} />
      </Figure>
    </dl>
  );
}

interface FigureProps {
  readonly term: string;
  readonly note?: string;
  readonly children: ReactNode;
}

function Figure({ term, note, children }: FigureProps) {
  return (
    <div className="figure">
      <dt>{term}</dt>
      <dd>
        {children}
        {note === undefined ? null : <div className="figure-note">{note}</div>}
      </dd>
    </div>
  );
}

function NextExpiries({ point: { expiry } }: { point: Point }) {
  const { t, i18n } = useTranslation("merchant");
  const lots = expiry.filter(({ points }) => points.amount !== "0");
  if (lots.length === 0) return <NothingThere text={t("today.expiryNone")} />;
  return (
    <dl className="facts">
      {lots.map(({ epoch, points, expiresAt }) => (
        <div key={epoch} className="contents">
          <dt>{expiresAt === null ? "–" : formatDay(expiresAt, i18n.language)}</dt>
          <dd>
            <AmountText amount={points} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
