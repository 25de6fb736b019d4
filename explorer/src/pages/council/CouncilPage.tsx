/** The council: what it was asked, newest first, and how it decides. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import {
  getCouncilOptions,
  listProposalsInfiniteOptions,
} from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Proposal } from "../../../../gateway/client/generated/types.gen.ts";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { paths } from "../../urls.ts";
import { CouncilRules } from "./CouncilRules.tsx";
import { ProposalRow } from "./ProposalRow.tsx";
import "./council.css";

const STATES = ["active", "succeeded", "queued", "executed", "defeated", "canceled", "expired", "pending"] as const;
const PAGE = 20;

const stateIn = (text: string | null): Proposal["state"] | undefined => STATES.find((state) => state === text);

export default function CouncilPage() {
  const { t } = useTranslation("council");
  const council = useQuery(getCouncilOptions());
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      tools={
        <Link to={paths.draftProposal}>
          <Button type="primary" tabIndex={-1}>
            {t("draft.title")}
          </Button>
        </Link>
      }
    >
      <Proposals />
      <Panel title={t("rules.title")}>
        <QueryView query={council}>{(data) => <CouncilRules council={data} />}</QueryView>
      </Panel>
    </Page>
  );
}

function Proposals() {
  const { t } = useTranslation("council");
  const [search, setSearch] = useSearchParams();
  const state = stateIn(search.get("state"));
  const filter = state === undefined ? {} : { state };
  const query = useInfiniteQuery({
    ...listProposalsInfiniteOptions({ query: { ...filter, limit: PAGE } }),
    initialPageParam: {},
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const proposals = query.data?.pages.flatMap(({ items }) => items);
  const csv = `/v1/council/proposals.csv${state === undefined ? "" : `?state=${state}`}` as const;
  return (
    <Panel
      title={t("list.title")}
      tools={
        <>
          <Select
            aria-label={t("list.filter")}
            style={{ minWidth: "9rem" }}
            value={state ?? "all"}
            options={["all" as const, ...STATES].map((value) => ({ value, label: t(`state.${value}`) }))}
            onChange={(value) => setSearch(value === "all" ? {} : { state: value })}
          />{" "}
          <CsvLink path={csv} />
        </>
      }
    >
      {query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : null}
      {proposals === undefined ? <div aria-busy={query.isPending} style={{ minHeight: "12rem" }} /> : null}
      {proposals?.length === 0 ? (
        <NothingThere text={t(state === undefined ? "list.none" : "list.noneSuch")}>
          {state === undefined ? null : <Link to={paths.council}>{t("list.all")}</Link>}
        </NothingThere>
      ) : null}
      <ul className="proposal-list">
        {proposals?.map((proposal) => (
          <ProposalRow key={proposal.id} proposal={proposal} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("list.loadMore")}
        </Button>
      ) : null}
    </Panel>
  );
}
