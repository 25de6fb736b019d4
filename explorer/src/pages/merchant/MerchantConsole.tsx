/** A merchant runs its points here: what it issues, takes back, honours, prices and owes. One file a job, loaded when opened. */
import { Suspense } from "react";
import { Route, Routes } from "react-router";
import { lazy } from "../../loading.ts";
import { PageSkeleton } from "../../parts/PageSkeleton.tsx";
import { SessionGate } from "../../parts/SessionGate.tsx";
import { merchantPaths, paths } from "../../urls.ts";
import { ConsoleMenu } from "./ConsoleMenu.tsx";
import { OwnMerchantProvider } from "./own-merchant.tsx";
import "./merchant.css";

const Activity = lazy(() => import("./ActivityPage.tsx"));
const Batch = lazy(() => import("./batch/BatchPage.tsx"));
const Collateral = lazy(() => import("./CollateralPage.tsx"));
const Dashboard = lazy(() => import("./DashboardPage.tsx"));
const Issue = lazy(() => import("./IssuePage.tsx"));
const Keys = lazy(() => import("./KeysPage.tsx"));
const Liability = lazy(() => import("./LiabilityPage.tsx"));
const Limits = lazy(() => import("./LimitsPage.tsx"));
const Loyalty = lazy(() => import("./loyalty/LoyaltyPages.tsx"));
const NotFound = lazy(() => import("./UnknownJobPage.tsx"));
const Prices = lazy(() => import("./PricesPage.tsx"));
const Profile = lazy(() => import("./ProfilePage.tsx"));
const Redeem = lazy(() => import("./RedeemPage.tsx"));
const Redemptions = lazy(() => import("./RedemptionsPage.tsx"));
const Reserves = lazy(() => import("./ReservesPage.tsx"));
const Reverse = lazy(() => import("./ReversePage.tsx"));
const Tills = lazy(() => import("./TillsPage.tsx"));
const Webhooks = lazy(() => import("./WebhooksPage.tsx"));

/** Below the console's own address. */
const below = (path: string): string => path.slice(paths.merchant.length + 1);

export default function MerchantConsole() {
  return (
    <SessionGate roles={["merchant", "till"]}>
      <OwnMerchantProvider>
        <div className="console">
          <ConsoleMenu />
          <div className="console-page">
            <Suspense fallback={<PageSkeleton />}>
              <Routes>
                <Route index element={<Dashboard />} />
                <Route path={below(merchantPaths.activity)} element={<Activity />} />
                <Route path={below(merchantPaths.batch)} element={<Batch />} />
                <Route path={below(merchantPaths.collateral)} element={<Collateral />} />
                <Route path={below(merchantPaths.issue)} element={<Issue />} />
                <Route path={below(merchantPaths.keys)} element={<Keys />} />
                <Route path={below(merchantPaths.liability)} element={<Liability />} />
                <Route path={below(merchantPaths.limits)} element={<Limits />} />
                <Route path={`${below(merchantPaths.loyalty)}/*`} element={<Loyalty />} />
                <Route path={below(merchantPaths.prices)} element={<Prices />} />
                <Route path={below(merchantPaths.profile)} element={<Profile />} />
                <Route path={below(merchantPaths.redeem)} element={<Redeem />} />
                <Route path={below(merchantPaths.redemptions)} element={<Redemptions />} />
                <Route path={below(merchantPaths.reserves)} element={<Reserves />} />
                <Route path={below(merchantPaths.reverse)} element={<Reverse />} />
                <Route path={below(merchantPaths.tills)} element={<Tills />} />
                <Route path={below(merchantPaths.webhooks)} element={<Webhooks />} />
                <Route path="*" element={<NotFound />} />
              </Routes>
            </Suspense>
          </div>
        </div>
      </OwnMerchantProvider>
    </SessionGate>
  );
}
