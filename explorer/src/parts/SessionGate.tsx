/**
 * Shows what only some may see. Whoever is not signed in, or not as one of them, signs in right here. When a session ends
 * under a page, the page waits behind the sign-in and goes on where it was, with all that was typed into it.
 */
import { Activity, useState } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Role, Session } from "../api/session.ts";
import { readerHasLeft, ReaderContext, readerOf, useSession } from "../api/session.ts";
import { Page } from "./Page.tsx";
import { PageSkeleton } from "./PageSkeleton.tsx";
import { ProblemNote } from "./ProblemNote.tsx";
import { SignInForm } from "./SignInForm.tsx";

interface Props {
  readonly roles: readonly Role[];
  readonly children: ReactNode;
}

export function SessionGate({ roles, children }: Props) {
  const { session, error, refetch } = useSession();
  const [kept, setKept] = useState<Session>();
  if (session === undefined) return error === null ? <PageSkeleton /> : <ProblemNote error={error} onRetry={refetch} />;
  const isAllowed = session !== null && roles.includes(session.role);
  const wanted = isAllowed ? session : readerHasLeft() ? undefined : kept;
  if (wanted !== kept) setKept(wanted);
  return (
    <>
      {isAllowed ? null : (
        <SignInPlace roles={roles} {...(session === null ? {} : { as: session.role })} isAgain={wanted !== undefined} />
      )}
      {wanted === undefined ? null : (
        <Activity key={readerOf(wanted)} mode={isAllowed ? "visible" : "hidden"}>
          <ReaderContext value={wanted}>{children}</ReaderContext>
        </Activity>
      )}
    </>
  );
}

interface PlaceProps {
  readonly roles: readonly Role[];
  /** The role of who is signed in, which is none of those. */
  readonly as?: Role;
  readonly isAgain: boolean;
}

function SignInPlace({ roles, as, isAgain }: PlaceProps) {
  const { t } = useTranslation("session");
  const names = roles.map((role) => t(`role.${role}.name`)).join(t("or"));
  const lead =
    as !== undefined
      ? t("gate.otherRole", { as: t(`role.${as}.name`), roles: names })
      : isAgain
        ? t("gate.ended")
        : t("gate.lead", { roles: names });
  return (
    <Page title={isAgain ? t("gate.again") : t("title")} lead={lead}>
      <section className="panel sign-in-panel">
        <SignInForm roles={roles} />
      </section>
    </Page>
  );
}
