/** The merchant's loyalty: rules and tasks, catalogue, stores and offers, members, objections; and the till's scan page. */
import { lazy } from "../../../loading.ts";
import { Navigate, Route, Routes } from "react-router";
import { merchantPaths } from "../../../urls.ts";
import { useOwnMerchant } from "../own-merchant.tsx";
import "./loyalty.css";

const Catalogue = lazy(() => import("./goods/CataloguePage.tsx"));
const Members = lazy(() => import("./members/MembersPage.tsx"));
const NotFound = lazy(() => import("../UnknownJobPage.tsx"));
const Objections = lazy(() => import("./members/ObjectionsPage.tsx"));
const Offers = lazy(() => import("./offers/OffersPage.tsx"));
const Rules = lazy(() => import("./rules/RulesPage.tsx"));
const Scan = lazy(() => import("./ScanPage.tsx"));

export default function LoyaltyPages() {
  const { isOwner } = useOwnMerchant();
  return (
    <Routes>
      <Route index element={<Navigate to={isOwner ? merchantPaths.rules : merchantPaths.loyaltyMembers} replace />} />
      <Route path="goods" element={<Catalogue />} />
      <Route path="members" element={<Members />} />
      <Route path="objections" element={<Objections />} />
      <Route path="offers" element={<Offers />} />
      <Route path="rules" element={<Rules />} />
      <Route path="scan" element={<Scan />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
