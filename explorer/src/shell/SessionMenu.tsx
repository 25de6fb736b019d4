/** Who is signed in, and the way in or out. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import type { Session } from "../api/session.ts";
import { signOut, useSession } from "../api/session.ts";
import { shortHex } from "../format/address.ts";
import { homeUrl, paths, signInUrl } from "../urls.ts";

export function SessionMenu() {
  const { t } = useTranslation();
  const { session } = useSession();
  const { pathname, search } = useLocation();
  if (session !== null && session !== undefined) return <SignedIn session={session} />;
  return <Link to={pathname === paths.signIn ? paths.signIn : signInUrl(pathname + search)}>{t("shell.signIn")}</Link>;
}

function SignedIn({ session: { role, organisation, account } }: { session: Session }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <details
      className="session-menu"
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close();
      }}
    >
      <summary>{t(`shell.role.${role}`)}</summary>
      <div className="session-menu-list">
        <p>{account === undefined ? organisation : shortHex(account)}</p>
        <Link to={homeUrl(role)} onClick={close}>
          {t("shell.session.home")}
        </Link>
        <Link to={paths.signIn} onClick={close}>
          {t("shell.session.switch")}
        </Link>
        <button
          type="button"
          onClick={() => {
            close();
            void signOut();
          }}
        >
          {t("shell.session.signOut")}
        </button>
      </div>
    </details>
  );
}
