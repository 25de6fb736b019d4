/** The alliance at a glance. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { getOverviewOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";

export default function OverviewPage() {
  const { t } = useTranslation("overview");
  const overview = useQuery(getOverviewOptions());
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Panel title={t("figures")}>
        <QueryView query={overview}>{({ block }) => <p>{block.number}</p>}</QueryView>
      </Panel>
    </Page>
  );
}
