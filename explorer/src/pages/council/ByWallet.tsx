/** The reader's own wallet acts: a transaction of its own, or a ballot signed here that the gateway sends. */
import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { CommandNote } from "../../parts/CommandNote.tsx";
import type { Connection } from "../../wallet/connection.ts";
import { SendingNote } from "../../wallet/SendingNote.tsx";
import { useSending } from "../../wallet/use-sending.ts";
import { useConnection } from "../../wallet/use-wallet.ts";
import { WalletBar } from "../../wallet/WalletBar.tsx";
import { WalletProblem } from "../../wallet/WalletProblem.tsx";
import { encodeStep, encodeVote } from "./encode.ts";
import { standingOf, stepsOf } from "./proposal-steps.ts";
import { StandingNote } from "./StandingNote.tsx";
import { StepButtons } from "./StepButtons.tsx";
import type { PartProps } from "./TakePart.tsx";
import { useBallot } from "./use-ballot.ts";
import { VoteForm } from "./VoteForm.tsx";

export function ByWallet(props: PartProps) {
  const { t } = useTranslation("council");
  const connection = useConnection();
  return (
    <>
      <p className="soft">{t("part.walletLead")}</p>
      <WalletBar />
      {connection === undefined ? null : <Acts {...props} connection={connection} key={connection.account} />}
    </>
  );
}

function Acts({ proposal, council, connection: { account } }: PartProps & { connection: Connection }) {
  const { t } = useTranslation("council");
  const { sending, isBusy, send } = useSending();
  const ballot = useBallot(proposal.id, account);
  const [isBallot, setBallot] = useState(false);
  const standing = standingOf(account, council);
  const steps = stepsOf(proposal, standing);
  return (
    <>
      <StandingNote council={council} standing={standing} steps={steps} />
      {steps.canVote ? (
        <VoteForm
          isBusy={isBusy}
          submitWords={t("part.voteByTransaction")}
          onVote={(choice) => {
            setBallot(false);
            void send(() => encodeVote(council, proposal.id, choice), account);
          }}
          other={({ support }) => (
            <Button
              loading={ballot.isBusy}
              onClick={() => {
                setBallot(true);
                ballot.cast(support);
              }}
            >
              {t("part.voteByBallot")}
            </Button>
          )}
        />
      ) : null}
      <StepButtons
        proposal={proposal}
        steps={steps}
        isBusy={isBusy}
        // A wallet asks its node what would happen in the last block, which may be some seconds old.
        patienceSeconds={-5}
        onStep={(step) => void send(() => encodeStep(council, proposal.id, step), account)}
      />
      {isBallot ? (
        <>
          {ballot.walletError === undefined ? null : <WalletProblem error={ballot.walletError} />}
          {ballot.error === undefined ? null : <ProblemNote error={ballot.error} />}
          {ballot.needsSession ? <Alert type="info" showIcon title={t("part.ballotNeedsSession")} /> : null}
          {ballot.command === undefined ? null : <CommandNote command={ballot.command} />}
        </>
      ) : (
        <SendingNote sending={sending} />
      )}
    </>
  );
}
