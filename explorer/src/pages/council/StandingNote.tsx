/** Who the reader is to the council, and why there may be nothing to do. */
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Council } from "../../../../gateway/client/generated/types.gen.ts";
import { memberUrl } from "../../urls.ts";
import type { Standing, Steps } from "./proposal-steps.ts";

interface Props {
  readonly council: Council;
  readonly standing: Standing;
  readonly steps: Steps;
}

export function StandingNote({ council, standing: { memberId, isGuardian }, steps }: Props) {
  const { t } = useTranslation("council");
  const member = council.members.find(({ id }) => id === memberId);
  return (
    <p>
      {member === undefined ? (
        t(isGuardian ? "standing.guardian" : "standing.nobody")
      ) : (
        <>
          {t("standing.member")} <Link to={memberUrl(member.id)}>{member.name}</Link>
        </>
      )}
      {steps.hasVoted ? <span> · {t("standing.voted")}</span> : null}
    </p>
  );
}
