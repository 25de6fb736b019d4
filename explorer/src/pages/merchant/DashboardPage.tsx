/** The merchant's day: what was issued, how the points stand, what needs somebody. */
import { useTranslation } from "react-i18next";
import { Page } from "../../parts/Page.tsx";
import { useOwnMerchant } from "./own-merchant.tsx";

export default function DashboardPage() {
  const { t } = useTranslation("merchant");
  const { legalName } = useOwnMerchant();
  return (
    <Page title={legalName} lead={t("today.lead")}>
      {null}
    </Page>
  );
}
