/** Cases, newest first. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Modal, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { listCasesInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Case } from "../../../../gateway/client/generated/types.gen.ts";
import { allRows, asPages } from "../../api/pages.ts";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { MoreButton } from "../../parts/MoreButton.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { PageSkeleton } from "../../parts/PageSkeleton.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { caseUrl, deskPaths } from "../../urls.ts";
import { NewCaseForm } from "./NewCaseForm.tsx";
import { StateTag } from "./StateTag.tsx";
import { SubjectLine } from "./SubjectLine.tsx";
import { useMayWrite } from "./roles.ts";

const STATES = ["all", "open", "underReview", "acted", "dismissed"] as const;
type Shown = (typeof STATES)[number];

export default function CasesPage() {
  const { t } = useTranslation("desk");
  const [query, setQuery] = useSearchParams();
  const [isOpening, setOpening] = useState(false);
  const mayWrite = useMayWrite();
  const shown = STATES.find((one) => one === query.get("state")) ?? "all";
  return (
    <Page
      title={t("cases.title")}
      lead={t("cases.lead")}
      tools={
        <div className="desk-tools">
          {mayWrite ? (
            <Button type="primary" onClick={() => setOpening(true)}>
              {t("cases.open")}
            </Button>
          ) : null}
          <CsvLink path={shown === "all" ? "/v1/desk/cases.csv" : `/v1/desk/cases.csv?state=${shown}`} />
        </div>
      }
    >
      <Panel title={t(`cases.of.${shown}`)}>
        <div className="scroll">
          <Segmented
            aria-label={t("cases.only")}
            value={shown}
            onChange={(state) => setQuery(state === "all" ? {} : { state }, { replace: true })}
            options={STATES.map((value) => ({ value, label: t(`cases.of.${value}`) }))}
          />
        </div>
        <CaseList shown={shown} />
      </Panel>
      <Modal open={isOpening} footer={null} destroyOnHidden onCancel={() => setOpening(false)} title={t("cases.open")}>
        <NewCaseForm alertIds={[]} />
      </Modal>
    </Page>
  );
}

function CaseList({ shown }: { shown: Shown }) {
  const { t } = useTranslation("desk");
  const list = useInfiniteQuery({
    ...listCasesInfiniteOptions({ query: { limit: 50, ...(shown === "all" ? {} : { state: shown }) } }),
    ...asPages,
  });
  if (list.isPending) return <PageSkeleton />;
  if (list.isError && list.data === undefined)
    return <ProblemNote error={list.error} onRetry={() => void list.refetch()} />;
  const cases = allRows<Case>(list.data);
  if (cases.length === 0)
    return (
      <NothingThere text={t("cases.none")}>
        <Link to={deskPaths.alerts}>{t("nav.alerts")}</Link>
      </NothingThere>
    );
  return (
    <>
      <ul className="desk-list desk-note">
        {cases.map((one) => (
          <li key={one.number}>
            <div className="desk-line">
              <Link to={caseUrl(one.number)}>
                <strong>{one.number}</strong>
              </Link>
              <StateTag state={one.state} />
              <TimeText seconds={one.updatedAt} />
            </div>
            <p>{one.title}</p>
            <div className="desk-line">
              <SubjectLine subject={one} />
            </div>
          </li>
        ))}
      </ul>
      <MoreButton list={list} />
    </>
  );
}
