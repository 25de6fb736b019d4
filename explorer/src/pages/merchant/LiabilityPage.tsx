/** What the merchant owes its customers. */
import { useTranslation } from "react-i18next";
import { Page } from "../../parts/Page.tsx";

export default function LiabilityPage() {
  const { t } = useTranslation("merchant");
  return <Page title={t("nav.liability")}>{null}</Page>;
}
