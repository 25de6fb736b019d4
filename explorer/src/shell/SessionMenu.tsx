/** Who is signed in, and the way in or out. */
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { signInUrl } from "../urls.ts";

export function SessionMenu() {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  return <Link to={signInUrl(pathname + search)}>{t("shell.signIn")}</Link>;
}
