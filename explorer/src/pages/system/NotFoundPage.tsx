/** An address of the web that leads nowhere. */
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { paths } from "../../urls.ts";

export default function NotFoundPage() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <Page title={t("notFound.title")}>
      <NothingThere text={t("notFound.text", { path: pathname })}>
        <Link to={paths.overview}>{t("notFound.home")}</Link>
      </NothingThere>
    </Page>
  );
}
