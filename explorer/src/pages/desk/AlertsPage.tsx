/** What the rules found, newest first: to be taken into a case or dismissed with a reason. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Checkbox, Modal, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { listAlertsInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { dismissAlert, flagByHand } from "../../../../gateway/client/generated/sdk.gen.ts";
import type { Alert } from "../../../../gateway/client/generated/types.gen.ts";
import { allRows, asPages } from "../../api/pages.ts";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { MoreButton } from "../../parts/MoreButton.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { PageSkeleton } from "../../parts/PageSkeleton.tsx";
import { deskPaths } from "../../urls.ts";
import { AlertItem } from "./AlertItem.tsx";
import { NewCaseForm } from "./NewCaseForm.tsx";
import { TextForm } from "./TextForm.tsx";
import { useMayWrite } from "./roles.ts";

const STATES = ["open", "inCase", "dismissed", "all"] as const;
type Shown = (typeof STATES)[number];

const shownIn = (query: URLSearchParams): Shown => STATES.find((one) => one === query.get("state")) ?? "open";

export default function AlertsPage() {
  const { t } = useTranslation("desk");
  const [query, setQuery] = useSearchParams();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isOpening, setOpening] = useState(false);
  const [isFlagging, setFlagging] = useState(false);
  const mayWrite = useMayWrite();
  const shown = shownIn(query);
  return (
    <Page
      title={t("alerts.title")}
      lead={t("alerts.lead")}
      tools={
        <div className="desk-tools">
          {mayWrite ? <Button onClick={() => setFlagging(true)}>{t("alerts.flag")}</Button> : null}
          <CsvLink path={shown === "all" ? "/v1/desk/alerts.csv" : `/v1/desk/alerts.csv?state=${shown}`} />
        </div>
      }
    >
      <Panel
        title={t(`alerts.of.${shown}`)}
        tools={
          <Segmented
            aria-label={t("alerts.only")}
            value={shown}
            onChange={(state) => setQuery(state === "open" ? {} : { state }, { replace: true })}
            options={STATES.map((value) => ({ value, label: t(`alerts.of.${value}`) }))}
          />
        }
      >
        {chosen.length === 0 ? null : (
          <p className="desk-tools">
            <Button type="primary" onClick={() => setOpening(true)}>
              {t("alerts.openCase", { count: chosen.length })}
            </Button>
            <Button onClick={() => setChosen([])}>{t("alerts.unchoose")}</Button>
          </p>
        )}
        <AlertList shown={shown} chosen={chosen} onChoose={mayWrite ? setChosen : undefined} />
      </Panel>
      <Modal open={isOpening} footer={null} destroyOnHidden onCancel={() => setOpening(false)} title={t("cases.open")}>
        <NewCaseForm alertIds={chosen} />
      </Modal>
      <Modal
        open={isFlagging}
        footer={null}
        destroyOnHidden
        onCancel={() => setFlagging(false)}
        title={t("alerts.flag")}
      >
        <TextForm
          label={t("alerts.flagText")}
          action={t("alerts.flag")}
          rows={4}
          send={(text, headers) => flagByHand({ body: { text }, headers, throwOnError: true })}
          onDone={() => setFlagging(false)}
        />
      </Modal>
    </Page>
  );
}

interface ListProps {
  readonly shown: Shown;
  readonly chosen: readonly string[];
  /** Left out: who looks may not write. */
  readonly onChoose: ((ids: readonly string[]) => void) | undefined;
}

function AlertList({ shown, chosen, onChoose }: ListProps) {
  const { t } = useTranslation("desk");
  const list = useInfiniteQuery({
    ...listAlertsInfiniteOptions({ query: { limit: 50, ...(shown === "all" ? {} : { state: shown }) } }),
    ...asPages,
  });
  if (list.isPending) return <PageSkeleton />;
  if (list.isError && list.data === undefined)
    return <ProblemNote error={list.error} onRetry={() => void list.refetch()} />;
  const alerts = allRows<Alert>(list.data);
  if (alerts.length === 0)
    return (
      <NothingThere text={t(`alerts.none.${shown}`)}>
        <Link to={deskPaths.cases}>{t("nav.cases")}</Link>
      </NothingThere>
    );
  const toggle = (id: string): void =>
    onChoose?.(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <>
      <ul className="desk-list">
        {alerts.map((alert) => (
          <li key={alert.id}>
            <AlertItem alert={alert} />
            {onChoose === undefined || alert.state !== "open" ? null : (
              <div className="desk-tools">
                <Checkbox checked={chosen.includes(alert.id)} onChange={() => toggle(alert.id)}>
                  {t("alerts.choose")}
                </Checkbox>
                <DismissButton alertId={alert.id} />
              </div>
            )}
          </li>
        ))}
      </ul>
      <MoreButton list={list} />
    </>
  );
}

function DismissButton({ alertId }: { alertId: string }) {
  const { t } = useTranslation("desk");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t("alerts.dismiss")}
      </Button>
      <Modal open={isOpen} footer={null} destroyOnHidden onCancel={() => setOpen(false)} title={t("alerts.dismiss")}>
        <TextForm
          label={t("alerts.why")}
          action={t("alerts.dismiss")}
          send={(because, headers) =>
            dismissAlert({ path: { alertId }, body: { because }, headers, throwOnError: true })
          }
          onDone={() => setOpen(false)}
        />
      </Modal>
    </>
  );
}
