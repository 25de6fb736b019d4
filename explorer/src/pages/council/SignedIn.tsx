/** What needs a session, in the middle of a page that everybody may read: whoever is not signed in does so right here. */
import { Alert, Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Role, Session } from "../../api/session.ts";
import { useSession } from "../../api/session.ts";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { SignInForm } from "../../parts/SignInForm.tsx";

interface Props {
  readonly roles: readonly Role[];
  readonly children: (session: Session) => ReactNode;
}

export function SignedIn({ roles, children }: Props) {
  const { t } = useTranslation("council");
  const { session, error, refetch } = useSession();
  if (session === undefined)
    return error === null ? (
      <div aria-busy="true">
        <Skeleton active title={false} paragraph={{ rows: 2 }} />
      </div>
    ) : (
      <ProblemNote error={error} onRetry={refetch} />
    );
  if (session !== null && roles.includes(session.role)) return children(session);
  return (
    <>
      {session === null ? null : <Alert type="info" showIcon title={t("part.otherRole")} />}
      <div className="council-sign-in">
        <SignInForm roles={roles} />
      </div>
    </>
  );
}
