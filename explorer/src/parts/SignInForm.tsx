/** The ways in: an API key, a wallet of one's own, or a link that a shop gives its customer. */
import { Tabs } from "antd";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { lazy } from "../loading.ts";
import type { Role, Session } from "../api/session.ts";
import { KeySignIn } from "./KeySignIn.tsx";
import { PageSkeleton } from "./PageSkeleton.tsx";

const WalletSignIn = lazy(() => import("./WalletSignIn.tsx"));

interface Props {
  /** Whom the page is for; left out: anybody. */
  readonly roles?: readonly Role[];
  readonly onSignedIn?: (session: Session) => void;
}

export function SignInForm({ roles, onSignedIn }: Props) {
  const { t } = useTranslation("session");
  const key = { key: "key", label: t("key.tab"), children: <KeySignIn onSignedIn={onSignedIn} /> };
  // A wallet, and a link to one, make customers.
  if (roles?.includes("consumer") === false) return key.children;
  const customer = {
    key: "wallet",
    label: t("wallet.tab"),
    children: (
      <Suspense fallback={<PageSkeleton />}>
        <p className="sign-in-help">{t("link.hint")}</p>
        <WalletSignIn onSignedIn={onSignedIn} />
      </Suspense>
    ),
  };
  const isForCustomers = roles?.every((role) => role === "consumer") === true;
  return <Tabs items={isForCustomers ? [customer, key] : [key, customer]} />;
}
