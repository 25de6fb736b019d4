/** An address below the console that leads nowhere. */
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { merchantPaths } from "../../urls.ts";

export default function UnknownJobPage() {
  const { t } = useTranslation(["common", "merchant"]);
  const { pathname } = useLocation();
  return (
    <Page title={t("notFound.title")}>
      <NothingThere text={t("notFound.text", { path: pathname })}>
        <Link to={merchantPaths.dashboard}>{t("merchant:nav.dashboard")}</Link>
      </NothingThere>
    </Page>
  );
}
