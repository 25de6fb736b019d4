/** An address below the wallet that leads nowhere. */
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { walletPaths } from "../../urls.ts";

export default function NoSuchPage() {
  const { t } = useTranslation();
  const { t: say } = useTranslation("purse");
  const { pathname } = useLocation();
  return (
    <Page title={t("notFound.title")}>
      <NothingThere text={t("notFound.text", { path: pathname })}>
        <Link to={walletPaths.home}>{say("toWallet")}</Link>
      </NothingThere>
    </Page>
  );
}
