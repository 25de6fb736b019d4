/** Many orders from a file. */
import { useTranslation } from "react-i18next";
import { Page } from "../../../parts/Page.tsx";

export default function BatchPage() {
  const { t } = useTranslation("merchantIssue");
  return (
    <Page title={t("batch.title")} lead={t("batch.lead")}>
      {null}
    </Page>
  );
}
