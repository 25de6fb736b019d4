/** One proposal: what it does, what that would change, who voted, what comes next, and the reader's own part in it. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import {
  getCouncilOptions,
  getProposalOptions,
  simulateProposalOptions,
} from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { ProposalDetail } from "../../../../gateway/client/generated/types.gen.ts";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { memberUrl, paths } from "../../urls.ts";
import { ActionList } from "./ActionList.tsx";
import { SimulationView } from "./SimulationView.tsx";
import { StateTag } from "./StateTag.tsx";
import { TakePart } from "./TakePart.tsx";
import { Timeline } from "./Timeline.tsx";
import { VoteBar } from "./VoteBar.tsx";
import { VoteTable } from "./VoteTable.tsx";
import { isOver } from "./proposal-steps.ts";
import { useTimeLeft } from "./time-left.ts";
import "./council.css";

/** Numbers as the chain gives them, 1, 2, 3 …: anything else is no proposal, and is not asked for. */
const isNumber = (id: string): boolean => /^[1-9][0-9]{0,8}$/.test(id);

export default function ProposalPage() {
  const { t } = useTranslation("council");
  const { id = "" } = useParams();
  const proposal = useQuery({ ...getProposalOptions({ path: { id: Number(id) } }), enabled: isNumber(id) });
  const missing = (
    <NothingThere text={t("proposal.missing", { id })}>
      <Link to={paths.council}>{t("proposal.toCouncil")}</Link>
    </NothingThere>
  );
  return (
    <Page
      title={t("proposal.title", { id })}
      lead={proposal.data === undefined ? undefined : <span className="wrap">{proposal.data.description}</span>}
    >
      {isNumber(id) ? (
        <QueryView query={proposal} missing={missing} rows={12}>
          {(data) => <ProposalView proposal={data} />}
        </QueryView>
      ) : (
        missing
      )}
    </Page>
  );
}

function ProposalView({ proposal }: { proposal: ProposalDetail }) {
  const { t } = useTranslation("council");
  const council = useQuery(getCouncilOptions());
  const left = useTimeLeft(proposal);
  const { proposerId, proposerName, state, actions, calls } = proposal;
  const isOpen = state === "pending" || state === "active";
  return (
    <>
      <p className="proposal-facts">
        <StateTag state={state} /> {left === undefined ? null : <strong>{left}</strong>}{" "}
        <span className="soft">
          {t("proposal.by")}{" "}
          {proposerId === null ? proposerName : <Link to={memberUrl(proposerId)}>{proposerName}</Link>}
        </span>
      </p>
      {isOver(state) ? null : (
        <Panel title={t("part.title")}>
          <QueryView query={council}>{(data) => <TakePart proposal={proposal} council={data} />}</QueryView>
        </Panel>
      )}
      <Panel title={t("actions.title")}>
        <ActionList actions={actions} calls={calls} />
      </Panel>
      {isOver(state) ? null : <Effect id={proposal.id} />}
      <div className="grid">
        <Panel title={t("votes.title")}>
          <VoteBar {...proposal} />
          <VoteTable {...proposal} isOpen={isOpen} />
        </Panel>
        <Panel title={t("timeline.title")}>
          <Timeline proposal={proposal} />
        </Panel>
      </div>
    </>
  );
}

/** Played at the chain of now, so it is asked again whenever something happened. */
function Effect({ id }: { id: number }) {
  const { t } = useTranslation("council");
  const simulation = useQuery(simulateProposalOptions({ path: { id: String(id) } }));
  return (
    <Panel title={t("simulation.title")}>
      <QueryView query={simulation}>{(data) => <SimulationView simulation={data.simulation} />}</QueryView>
    </Panel>
  );
}
