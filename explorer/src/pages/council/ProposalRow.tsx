/** One proposal in the list: what it asks, who asked, where it stands. */
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Proposal } from "../../../../gateway/client/generated/types.gen.ts";
import { TimeText } from "../../parts/TimeText.tsx";
import { memberUrl, proposalUrl } from "../../urls.ts";
import { ActionSentence } from "./ActionSentence.tsx";
import { WhoNote } from "./WhoNote.tsx";
import { StateTag } from "./StateTag.tsx";
import { VoteBar } from "./VoteBar.tsx";
import { useTimeLeft } from "./time-left.ts";

const ACTIONS_SHOWN = 3;

export function ProposalRow({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation("council");
  const left = useTimeLeft(proposal);
  const { id, description, actions, proposerId, proposerName, proposedAt, state } = proposal;
  const rest = actions.length - ACTIONS_SHOWN;
  return (
    <li className="proposal-row">
      <div>
        <h3>
          <Link to={proposalUrl(String(id))}>
            <span className="soft">#{id}</span> {description.split("\n")[0]}
          </Link>
        </h3>
        <ul className="proposal-actions">
          {actions.slice(0, ACTIONS_SHOWN).map((action, at) => (
            <li key={at}>
              <ActionSentence action={action} /> <WhoNote values={action.values} />
            </li>
          ))}
          {rest > 0 ? <li className="soft">{t("list.more", { n: rest })}</li> : null}
        </ul>
        <p className="soft">
          {proposerId === null ? proposerName : <Link to={memberUrl(proposerId)}>{proposerName}</Link>}
          {" · "}
          <TimeText seconds={proposedAt} />
        </p>
      </div>
      <div className="proposal-standing">
        <p>
          <StateTag state={state} /> {left === undefined ? null : <span className="soft">{left}</span>}
        </p>
        <VoteBar {...proposal} />
      </div>
    </li>
  );
}
