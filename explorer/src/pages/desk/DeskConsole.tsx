/** The regulator's desk: what the rules found, the cases made of it, what was done about them, and proof for others. */
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, NavLink, Route, Routes, useLocation } from "react-router";
import { lazy } from "../../loading.ts";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { PageSkeleton } from "../../parts/PageSkeleton.tsx";
import { SessionGate } from "../../parts/SessionGate.tsx";
import { deskPaths, paths } from "../../urls.ts";
import "./desk.css";

const Alerts = lazy(() => import("./AlertsPage.tsx"));
const Case = lazy(() => import("./CasePage.tsx"));
const Cases = lazy(() => import("./CasesPage.tsx"));
const Measures = lazy(() => import("./MeasuresPage.tsx"));
const Reports = lazy(() => import("./ReportsPage.tsx"));
const Verify = lazy(() => import("./VerifyPage.tsx"));

const below = (path: string): string => path.slice(paths.desk.length + 1);
const PAGES = ["alerts", "cases", "measures", "reports", "verify"] as const;

export default function DeskConsole() {
  const { t } = useTranslation("desk");
  return (
    <SessionGate roles={["regulator", "auditor"]}>
      <nav className="desk-nav" aria-label={t("nav.label")}>
        {PAGES.map((name) => (
          <NavLink key={name} to={deskPaths[name]} end={name === "alerts"}>
            {t(`nav.${name}`)}
          </NavLink>
        ))}
      </nav>
      <Suspense fallback={<PageSkeleton />}>
        <Routes>
          <Route index element={<Alerts />} />
          <Route path={below(deskPaths.case)} element={<Case />} />
          <Route path={below(deskPaths.cases)} element={<Cases />} />
          <Route path={below(deskPaths.measures)} element={<Measures />} />
          <Route path={below(deskPaths.reports)} element={<Reports />} />
          <Route path={below(deskPaths.verify)} element={<Verify />} />
          <Route path="*" element={<Nowhere />} />
        </Routes>
      </Suspense>
    </SessionGate>
  );
}

function Nowhere() {
  const { t } = useTranslation(["common", "desk"]);
  const { pathname } = useLocation();
  return (
    <Page title={t("notFound.title")}>
      <NothingThere text={t("notFound.text", { path: pathname })}>
        <Link to={deskPaths.alerts}>{t("desk:nav.alerts")}</Link>
      </NothingThere>
    </Page>
  );
}
