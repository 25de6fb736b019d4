/** The customer's wallet: all merchants in one place. Made for a phone first. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Route, Routes } from "react-router";
import { lazy } from "../../loading.ts";
import { getCustomerOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { useSession } from "../../api/session.ts";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { PageSkeleton } from "../../parts/PageSkeleton.tsx";
import { SessionGate } from "../../parts/SessionGate.tsx";
import type { Holder } from "./holder.ts";
import { HolderContext } from "./holder.ts";
import { WalletNav } from "./WalletNav.tsx";
import "./wallet.css";

const Home = lazy(() => import("./home/HomePage.tsx"));
const Shop = lazy(() => import("./home/ShopPage.tsx"));
const Pay = lazy(() => import("./pay/PayPage.tsx"));
const Code = lazy(() => import("./pay/CodePage.tsx"));
const Swap = lazy(() => import("./swap/SwapPage.tsx"));
const Send = lazy(() => import("./pay/SendPage.tsx"));
const Goods = lazy(() => import("./goods/GoodsPage.tsx"));
const PickUp = lazy(() => import("./goods/PickUpPage.tsx"));
const Nearby = lazy(() => import("./nearby/NearbyPage.tsx"));
const Draws = lazy(() => import("./draws/DrawsPage.tsx"));
const History = lazy(() => import("./history/HistoryPage.tsx"));
const Receipt = lazy(() => import("./history/ReceiptPage.tsx"));
const NotFound = lazy(() => import("./NoSuchPage.tsx"));

export default function WalletPage() {
  return (
    <SessionGate roles={["consumer"]}>
      <OwnWallet />
    </SessionGate>
  );
}

/** Who is signed in, and whether the gateway keeps her key. */
function useSignedIn(): Holder | null | undefined {
  const { session } = useSession();
  const customerId = session?.customerId;
  const customer = useQuery({
    ...getCustomerOptions({ path: { customerId: customerId ?? "" } }),
    enabled: customerId !== undefined,
    staleTime: Infinity,
    meta: { live: false },
  });
  if (session === undefined) return undefined;
  if (session?.account === undefined) return null;
  const account = session.account.toLowerCase();
  if (customerId === undefined || customer.isError) return { account, customerId };
  if (customer.data === undefined) return undefined;
  return { account, customerId: customer.data.isManaged ? customerId : undefined };
}

function OwnWallet() {
  const { t } = useTranslation("purse");
  const now = useSignedIn();
  const [kept, setKept] = useState(now);
  // A session that ended is signed in to again on top of this page, which then goes on where it was.
  if (now !== undefined && now !== null && (now.account !== kept?.account || now.customerId !== kept.customerId))
    setKept(now);
  const holder = kept ?? now;
  if (holder === undefined) return <PageSkeleton />;
  if (holder === null) return <NothingThere text={t("noCustomer")} />;
  return (
    <HolderContext value={holder}>
      <div className="wallet">
        <WalletNav />
        <Routes>
          <Route index element={<Home />} />
          <Route path="points/:token" element={<Shop />} />
          <Route path="pay" element={<Pay />} />
          <Route path="pay/:token/:ref" element={<Code />} />
          <Route path="swap" element={<Swap />} />
          <Route path="send" element={<Send />} />
          <Route path="goods" element={<Goods />} />
          <Route path="goods/:merchantId/:ref" element={<PickUp />} />
          <Route path="nearby" element={<Nearby />} />
          <Route path="draws" element={<Draws />} />
          <Route path="history" element={<History />} />
          <Route path="history/:hash" element={<Receipt />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </div>
    </HolderContext>
  );
}
