/** From a draft to a proposal: in the name of the member that is signed in, or by the representative's own wallet. */
import { Alert, Button, Checkbox, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { propose } from "../../../../gateway/client/generated/sdk.gen.ts";
import type { Council, CouncilAction, Draft } from "../../../../gateway/client/generated/types.gen.ts";
import { useWrite } from "../../api/write.ts";
import { CommandNote } from "../../parts/CommandNote.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { paths, proposalUrl } from "../../urls.ts";
import { SendingNote } from "../../wallet/SendingNote.tsx";
import { useSending } from "../../wallet/use-sending.ts";
import { useConnection } from "../../wallet/use-wallet.ts";
import { WalletBar } from "../../wallet/WalletBar.tsx";
import { encodeProposal } from "./encode.ts";
import { standingOf } from "./proposal-steps.ts";
import { SignedIn } from "./SignedIn.tsx";

interface Props {
  readonly actions: CouncilAction[];
  readonly description: string;
  readonly council: Council;
  readonly draft: Draft;
}

export function Propose(props: Props) {
  const { t } = useTranslation("council");
  const connection = useConnection();
  const [chosen, choose] = useState<"session" | "wallet">();
  const way = chosen ?? (connection === undefined ? "session" : "wallet");
  return (
    <div className="take-part">
      <Segmented
        aria-label={t("part.way")}
        value={way}
        options={(["session", "wallet"] as const).map((value) => ({ value, label: t(`part.${value}`) }))}
        onChange={choose}
      />
      {way === "session" ? (
        <SignedIn roles={["member"]}>{() => <BySession {...props} />}</SignedIn>
      ) : (
        <ByWallet {...props} />
      )}
    </div>
  );
}

function BySession({ actions, description }: Props) {
  const { t } = useTranslation("council");
  const [vote, setVote] = useState(true);
  const body = { actions, vote, ...(description === "" ? {} : { description }) };
  const write = useWrite(async (input: typeof body, headers) => {
    const { data } = await propose({ body: input, headers, throwOnError: true });
    return { data: data.proposal };
  });
  const id = write.command?.proposalId;
  return (
    <>
      <Checkbox checked={vote} onChange={({ target }) => setVote(target.checked)}>
        {t("draft.voteToo")}
      </Checkbox>
      <div>
        <Button type="primary" loading={write.isSending} onClick={() => write.submit(body)}>
          {t("draft.propose")}
        </Button>
      </div>
      {write.error === undefined ? null : <ProblemNote error={write.error} />}
      {write.command === undefined ? null : <CommandNote command={write.command} />}
      {id === null || id === undefined ? null : (
        <p>
          <Link to={proposalUrl(String(id))}>{t("draft.toProposal", { id })}</Link>
        </p>
      )}
    </>
  );
}

function ByWallet({ description, council, draft }: Props) {
  const { t } = useTranslation("council");
  const connection = useConnection();
  const { sending, isBusy, send } = useSending();
  const account = connection?.account;
  const isMember = standingOf(account, council).memberId !== undefined;
  // The same actions with the same text are one proposal for ever; the gateway writes these sentences, too.
  const text = description === "" ? draft.actions.map(({ en, zh }) => `${en} · ${zh}`).join("\n") : description;
  return (
    <>
      <WalletBar />
      {account === undefined ? null : isMember ? (
        <div>
          <Button
            type="primary"
            loading={isBusy}
            disabled={sending.stage === "mined"}
            onClick={() => void send(() => encodeProposal(council, draft.calls, text), account)}
          >
            {t("draft.proposeByWallet")}
          </Button>
        </div>
      ) : (
        <Alert type="info" showIcon title={t("standing.nobody")} />
      )}
      <SendingNote sending={sending} />
      {sending.stage === "mined" ? (
        <p>
          <Link to={paths.council}>{t("draft.toCouncil")}</Link>
        </p>
      ) : null}
    </>
  );
}
