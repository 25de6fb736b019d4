/** The frame of every page: where one is, where one can go, and how the ledger is doing. */
import { Suspense, useEffect } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { startLive } from "../api/live.ts";
import { PageSkeleton } from "../parts/PageSkeleton.tsx";
import { paths } from "../urls.ts";
import { AwayBanner } from "./AwayBanner.tsx";
import { Failsafe } from "./Failsafe.tsx";
import { LiveStatus } from "./LiveStatus.tsx";
import { NavMenu } from "./NavMenu.tsx";
import { Preferences } from "./Preferences.tsx";
import { SearchBox } from "./SearchBox.tsx";
import { SessionMenu } from "./SessionMenu.tsx";

export function Shell({ children }: { children: ReactNode }) {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Frame>{children}</Frame>
    </Suspense>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  useEffect(startLive, []);
  return (
    <>
      <a className="skip-link" href="#content">
        {t("shell.skip")}
      </a>
      <header className="shell-header">
        <Link className="shell-brand" to={paths.overview}>
          <img src="/favicon.svg" alt="" width={26} height={26} />
          <span>{t("shell.product")}</span>
        </Link>
        <NavMenu />
        <SearchBox />
        <div className="shell-tools">
          <LiveStatus />
          <Preferences />
          <SessionMenu />
        </div>
      </header>
      <AwayBanner />
      <main id="content" className="shell-content" tabIndex={-1}>
        <Failsafe key={pathname}>
          <Suspense fallback={<PageSkeleton />}>{children}</Suspense>
        </Failsafe>
      </main>
      <footer className="shell-footer">
        <a href="/docs">{t("shell.docs")}</a>
        <a href="/openapi.json">OpenAPI</a>
        <Link to={paths.network}>{t("shell.network")}</Link>
      </footer>
    </>
  );
}
