/** Whoever is signed in acts: the member's key is kept by the gateway. */
import { useTranslation } from "react-i18next";
import {
  cancelProposal,
  castVote,
  executeProposal,
  queueProposal,
} from "../../../../gateway/client/generated/sdk.gen.ts";
import type { Session } from "../../api/session.ts";
import type { IntentHeaders } from "../../api/write.ts";
import { useWrite } from "../../api/write.ts";
import { CommandNote } from "../../parts/CommandNote.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import type { Standing } from "./proposal-steps.ts";
import { stepsOf } from "./proposal-steps.ts";
import { SignedIn } from "./SignedIn.tsx";
import { StandingNote } from "./StandingNote.tsx";
import type { Step } from "./StepButtons.tsx";
import { StepButtons } from "./StepButtons.tsx";
import type { PartProps } from "./TakePart.tsx";
import type { Choice } from "./VoteForm.tsx";
import { VoteForm } from "./VoteForm.tsx";

/** A vote needs a member; what has passed anybody with a key may carry out. */
const ROLES = ["member", "regulator", "operator", "merchant", "till", "auditor"] as const;

const STEPS = { queue: queueProposal, execute: executeProposal, cancel: cancelProposal } as const;

export function BySession(props: PartProps) {
  const { t } = useTranslation("council");
  return (
    <>
      <p className="soft">{t("part.sessionLead")}</p>
      <SignedIn roles={ROLES}>{(session) => <Acts {...props} session={session} />}</SignedIn>
    </>
  );
}

const standingIn = ({ memberId, role }: Session): Standing => ({
  memberId,
  isGuardian: role === "regulator",
});

type Act = { readonly vote: Choice } | { readonly step: Step };

function Acts({ proposal, council, session }: PartProps & { session: Session }) {
  const { t } = useTranslation("council");
  const path = { id: String(proposal.id) };
  const write = useWrite((act: Act, headers: IntentHeaders) => {
    if ("step" in act) return STEPS[act.step]({ path, headers, throwOnError: true });
    const { support, reason } = act.vote;
    return castVote({ path, body: { support, ...(reason === "" ? {} : { reason }) }, headers, throwOnError: true });
  });
  const standing = standingIn(session);
  const steps = stepsOf(proposal, standing);
  const isUnderWay = write.isSending || write.command?.state === "queued" || write.command?.state === "sent";
  return (
    <>
      <StandingNote council={council} standing={standing} steps={steps} />
      {steps.canVote ? (
        <VoteForm isBusy={isUnderWay} submitWords={t("part.castVote")} onVote={(vote) => write.submit({ vote })} />
      ) : null}
      <StepButtons
        proposal={proposal}
        steps={steps}
        isBusy={isUnderWay}
        patienceSeconds={10}
        onStep={(step) => write.submit({ step })}
      />
      {write.error === undefined ? null : <ProblemNote error={write.error} />}
      {write.command === undefined ? null : <CommandNote command={write.command} />}
    </>
  );
}
