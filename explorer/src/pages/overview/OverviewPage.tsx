/** The alliance at a glance: within a minute a newcomer sees what this is about. No heavy parts: it is the first thing loaded. */
import { useTranslation } from "react-i18next";
import { Page } from "../../parts/Page.tsx";
import { ActivityFeed } from "./ActivityFeed.tsx";
import { Circulation } from "./Circulation.tsx";
import { Courses } from "./Courses.tsx";
import { Figures } from "./Figures.tsx";
import { LatestBlocks } from "./LatestBlocks.tsx";
import { LatestSwaps } from "./LatestSwaps.tsx";
import { Nodes } from "./Nodes.tsx";
import "./overview.css";

export default function OverviewPage() {
  const { t } = useTranslation("overview");
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Figures />
      <div className="overview-two">
        <ActivityFeed />
        <LatestBlocks />
      </div>
      <Courses />
      <Circulation />
      <div className="overview-halves">
        <LatestSwaps />
        <Nodes />
      </div>
    </Page>
  );
}
