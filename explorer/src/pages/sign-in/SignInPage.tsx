/** Signing in on a page of its own, and where a wallet link leads. */
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate, useSearchParams } from "react-router";
import type { Session } from "../../api/session.ts";
import { signIn, useSession } from "../../api/session.ts";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { SignInForm } from "../../parts/SignInForm.tsx";
import { homeUrl, paths } from "../../urls.ts";
import { RoleList } from "./RoleList.tsx";

const LINK = /^#([0-9A-Za-z]{43})$/;

/** Only to a page of ours. */
const safe = (path: string | null): string | undefined =>
  path !== null && /^\/(?![/\\])/.test(path) ? path : undefined;

export default function SignInPage() {
  const { hash } = useLocation();
  const walletLink = LINK.exec(hash)?.[1];
  return walletLink === undefined ? <WithForm /> : <WithLink walletLink={walletLink} />;
}

function WithForm() {
  const { t } = useTranslation("session");
  const { session } = useSession();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const go = ({ role }: Session): void =>
    void navigate(safe(query.get("returnTo")) ?? homeUrl(role), { replace: true });
  return (
    <Page title={t("title")} lead={t("lead")}>
      {session === null || session === undefined ? null : (
        <p className="sign-in-now">
          {t("signedInAs", { role: t(`role.${session.role}.name`), organisation: session.organisation })}{" "}
          <Link to={homeUrl(session.role)}>{t("menu.home")}</Link>
        </p>
      )}
      <div className="sign-in-layout">
        <section className="panel">
          <SignInForm onSignedIn={go} />
        </section>
        <Panel title={t("roles")}>
          <RoleList />
        </Panel>
      </div>
    </Page>
  );
}

/** A click opens it, not the page: programs that look at links in messages would spend it. */
function WithLink({ walletLink }: { walletLink: string }) {
  const { t } = useTranslation("session");
  const navigate = useNavigate();
  const [problem, setProblem] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const open = async (): Promise<void> => {
    setBusy(true);
    try {
      await signIn({ walletLink });
      await navigate(paths.wallet, { replace: true });
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <Page title={t("link.title")} lead={t("link.lead")}>
      <section className="panel sign-in-panel">
        {problem === undefined ? (
          <Button type="primary" size="large" loading={isBusy} onClick={() => void open()}>
            {t("link.enter")}
          </Button>
        ) : (
          <>
            <ProblemNote error={problem} />
            <p>
              <Link to={paths.overview}>{t("link.home")}</Link>
            </p>
          </>
        )}
      </section>
    </Page>
  );
}
