/** The merchant's loyalty: rules and tasks, catalogue, stores and offers, members, objections. */
import { useTranslation } from "react-i18next";
import { Page } from "../../../parts/Page.tsx";

export default function LoyaltyPages() {
  const { t } = useTranslation("merchant");
  return <Page title={t("group.loyalty")}>{null}</Page>;
}
