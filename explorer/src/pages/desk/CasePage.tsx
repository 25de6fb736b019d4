/** One case: what led to it, all that happened, what the chain says was done under its number, and what can be done now. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { getCaseOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { CaseEntry, WholeCase } from "../../../../gateway/client/generated/types.gen.ts";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { deskPaths } from "../../urls.ts";
import { ActForm } from "./ActForm.tsx";
import { AlertItem } from "./AlertItem.tsx";
import { CaseSteps } from "./CaseSteps.tsx";
import { ChainActs } from "./ChainActs.tsx";
import { isActName } from "./acts.ts";
import { StateTag } from "./StateTag.tsx";
import { SubjectLine } from "./SubjectLine.tsx";
import { useMayWrite } from "./roles.ts";

export default function CasePage() {
  const { t } = useTranslation("desk");
  const { number = "" } = useParams();
  const query = useQuery(getCaseOptions({ path: { caseNumber: number } }));
  const isSettled = query.data?.state === "acted" || query.data?.state === "dismissed";
  const title = query.data === undefined ? t("case.title", { number }) : `${number} · ${query.data.title}`;
  return (
    <Page title={title} lead={isSettled ? t("case.settled") : t("case.lead")}>
      <QueryView
        query={query}
        rows={10}
        missing={
          <NothingThere text={t("case.missing", { number })}>
            <Link to={deskPaths.cases}>{t("nav.cases")}</Link>
          </NothingThere>
        }
      >
        {(found) => <WholeCaseView found={found} />}
      </QueryView>
    </Page>
  );
}

function WholeCaseView({ found }: { found: WholeCase }) {
  const { t } = useTranslation("desk");
  const mayWrite = useMayWrite();
  return (
    <div className="desk-columns">
      <div className="desk-stack">
        <Panel title={t("case.stand")}>
          <div className="desk-line">
            <StateTag state={found.state} />
            <span>
              {t("case.opened")} <TimeText seconds={found.openedAt} as="time" />
            </span>
            <SubjectLine subject={found} />
          </div>
        </Panel>
        <Panel title={t("case.acts")}>
          <ChainActs acts={found.chainActs} />
        </Panel>
        <Panel title={t("case.alerts")}>
          {found.alerts.length === 0 ? (
            <NothingThere text={t("case.noAlerts")} />
          ) : (
            <ul className="desk-list">
              {found.alerts.map((alert) => (
                <li key={alert.id}>
                  <AlertItem alert={alert} />
                </li>
              ))}
            </ul>
          )}
        </Panel>
        <Panel title={t("case.history")}>
          <ol className="desk-list">
            {found.history.map((entry, index) => (
              // Entries are only ever added at the end.
              <li key={index}>
                <Entry entry={entry} />
              </li>
            ))}
          </ol>
        </Panel>
      </div>
      {mayWrite ? (
        <div className="desk-stack">
          <Panel title={t("act.title")}>
            <ActForm subject={found} />
          </Panel>
          <CaseSteps found={found} />
        </div>
      ) : null}
    </div>
  );
}

/** Of an alert the number: it stands above in full. Of an act its name in the reader's language, and its facts. */
function EntryText({ entry: { kind, text, alertId } }: { entry: CaseEntry }) {
  const { t } = useTranslation("desk");
  if (kind === "alert") return <p>#{alertId}</p>;
  const [act = "", ...facts] = text.split(", ");
  if (kind !== "act" || !isActName(act)) return <p>{text}</p>;
  return (
    <p>
      {t(`act.of.${act}`)}: {facts.join(", ")}
    </p>
  );
}

function Entry({ entry }: { entry: CaseEntry }) {
  const { t } = useTranslation("desk");
  return (
    <>
      <div className="desk-line">
        <strong>{t(`entry.${entry.kind}`)}</strong>
        {entry.state === null ? null : <StateTag state={entry.state} />}
        <TimeText seconds={entry.at} as="time" />
        <span>{entry.organisation}</span>
      </div>
      <EntryText entry={entry} />
    </>
  );
}
