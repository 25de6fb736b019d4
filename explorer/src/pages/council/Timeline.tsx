/** What happened to a proposal, and what is still to come, in its order. */
import { Steps } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Proposal } from "../../../../gateway/client/generated/types.gen.ts";
import { TimeText } from "../../parts/TimeText.tsx";
import { TransactionLink } from "../../parts/links.tsx";

type Status = "finish" | "process" | "wait" | "error";

interface Step {
  readonly name: "proposed" | "vote" | "decided" | "delay" | "end";
  readonly status: Status;
  readonly title: string;
  readonly content: ReactNode;
}

const DECIDED = ["succeeded", "queued", "executed"];

export function Timeline({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation("council");
  const steps = useSteps(proposal);
  return (
    <Steps
      orientation="vertical"
      size="small"
      aria-label={t("timeline.title")}
      items={steps.map(({ name, status, title, content }) => ({ key: name, status, title, content }))}
    />
  );
}

function useSteps(proposal: Proposal): Step[] {
  const { t } = useTranslation("council");
  const { state, proposedAt, transactionHash, deadline, eta, executedAt, canceledAt, endedBy, expiresAt } = proposal;
  const isOpen = state === "pending" || state === "active";
  const isDecided = DECIDED.includes(state) || eta !== null;
  const time = (seconds: number): ReactNode => <TimeText seconds={seconds} as="time" />;
  const ended = endedBy === null ? null : <TransactionLink hash={endedBy} />;
  const ends: Readonly<Partial<Record<Proposal["state"], ReactNode>>> = {
    executed: executedAt === null ? null : time(executedAt),
    canceled: canceledAt === null ? null : time(canceledAt),
    expired: time(expiresAt),
  };
  const isBad = state === "canceled" || state === "defeated" || state === "expired";
  const lastVote = proposal.votes.at(-1);
  return [
    {
      name: "proposed",
      status: "finish",
      title: t("timeline.proposed"),
      content: (
        <>
          {time(proposedAt)} · <TransactionLink hash={transactionHash} />
        </>
      ),
    },
    {
      name: "vote",
      status: isOpen ? "process" : "finish",
      title: t(isOpen ? "timeline.voting" : "timeline.voted"),
      content: isOpen ? (
        <>
          {t("timeline.until")} {time(deadline)}
        </>
      ) : lastVote === undefined ? (
        time(deadline)
      ) : (
        time(lastVote.timestamp)
      ),
    },
    ...(state === "defeated"
      ? []
      : [
          {
            name: "delay" as const,
            status:
              eta !== null ? ("finish" as const) : state === "succeeded" ? ("process" as const) : ("wait" as const),
            title: t("timeline.queued"),
            content:
              eta === null ? (
                t(isDecided ? "timeline.toQueue" : "timeline.afterVote")
              ) : (
                <>
                  {t("timeline.from")} {time(eta)}
                </>
              ),
          },
        ]),
    {
      name: "end",
      status: state === "executed" ? "finish" : isBad ? "error" : state === "queued" ? "process" : "wait",
      title: t(isBad ? `state.${state}` : "timeline.executed"),
      content: (
        <>
          {ends[state] ?? (isBad ? null : t("timeline.open"))} {ended}
        </>
      ),
    },
  ];
}
