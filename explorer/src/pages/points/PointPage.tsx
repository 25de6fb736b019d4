/** One merchant's points, with everything that anybody may know of them; each tab has an address of its own. */
import { useQuery } from "@tanstack/react-query";
import { Statistic } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { getPointOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { GetPointResponse } from "../../../../gateway/client/generated/types.gen.ts";
import { formatCount } from "../../format/number.ts";
import { AmountText } from "../../parts/AmountText.tsx";
import { CoverageText } from "../../parts/CoverageText.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { TabLinks } from "../../parts/TabLinks.tsx";
import { useUrlChoice } from "../../parts/url-field.ts";
import { paths, poolUrl } from "../../urls.ts";
import { CoverageTab } from "./CoverageTab.tsx";
import { ExpiryTab } from "./ExpiryTab.tsx";
import { FlowsTab } from "./FlowsTab.tsx";
import { HoldersTab } from "./HoldersTab.tsx";
import { IssuesTab } from "./IssuesTab.tsx";
import { PointTags } from "./PointTags.tsx";
import { RedemptionsTab } from "./RedemptionsTab.tsx";
import { SummaryTab } from "./SummaryTab.tsx";
import { SupplyTab } from "./SupplyTab.tsx";
import { TermsTab } from "./TermsTab.tsx";
import { TransfersTab } from "./TransfersTab.tsx";
import { wholePointPrice } from "./price.ts";
import "../../parts/lists.css";
import "./points.css";

const TABS = {
  summary: SummaryTab,
  supply: SupplyTab,
  holders: HoldersTab,
  expiry: ExpiryTab,
  coverage: CoverageTab,
  flows: FlowsTab,
  transfers: TransfersTab,
  issues: IssuesTab,
  redemptions: RedemptionsTab,
  terms: TermsTab,
} as const;
type TabName = keyof typeof TABS;
const TAB_NAMES = Object.keys(TABS) as [TabName, ...TabName[]];

/** What a tab is given. */
export interface PointProps {
  readonly point: GetPointResponse;
}

export default function PointPage() {
  const { t } = useTranslation("points");
  const { token = "" } = useParams();
  const query = useQuery(getPointOptions({ path: { token } }));
  const missing = (
    <Page title={t("unknown.title")}>
      <NothingThere text={t("unknown.text", { token })}>
        <Link to={paths.points}>{t("unknown.all")}</Link>
      </NothingThere>
    </Page>
  );
  if (query.data === undefined && !query.isError)
    return (
      <Page title={t("loading")}>
        <QueryView query={query} rows={8}>
          {() => null}
        </QueryView>
      </Page>
    );
  return (
    <QueryView query={query} missing={missing}>
      {(point) => <ThisPoint point={point} />}
    </QueryView>
  );
}

function ThisPoint({ point }: PointProps) {
  const { t } = useTranslation("points");
  const [tab] = useUrlChoice("tab", TAB_NAMES);
  const Content = TABS[tab];
  return (
    <Page
      title={`${point.name} ${point.symbol}`}
      lead={
        <>
          {t("issuedBy", { name: point.issuer.legalName, category: point.issuer.category })} <PointTags point={point} />
        </>
      }
      tools={point.prices === null ? null : <Link to={poolUrl(point.token)}>{t("toPool")}</Link>}
    >
      <Figures point={point} />
      <TabLinks label={t("views")} names={TAB_NAMES} shown={tab} text={(name) => t(`tabs.${name}`)} />
      <div className="tab-content">
        <Content point={point} />
      </div>
    </Page>
  );
}

function Figures({ point }: PointProps) {
  const { t } = useTranslation("points");
  const { supply, prices, coverage, holderCount } = point;
  const figure = (title: string, value: ReactNode) => <Statistic title={title} valueRender={() => value} />;
  return (
    <div className="panel figures">
      {figure(t("figures.circulating"), <AmountText amount={supply.circulating} />)}
      {figure(t("figures.outstanding"), <AmountText amount={coverage.outstanding} />)}
      {figure(t("figures.holders"), formatCount(holderCount))}
      {figure(t("figures.coverage"), <CoverageText ratioBps={coverage.ratioBps} />)}
      {figure(t("figures.accept"), prices === null ? "–" : <AmountText amount={wholePointPrice(prices.accept)} />)}
      {figure(t("figures.release"), prices === null ? "–" : <AmountText amount={wholePointPrice(prices.release)} />)}
    </div>
  );
}
