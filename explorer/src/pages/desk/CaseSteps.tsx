/** What is written into a case: a note, a review, an outcome with its reason. Nothing is ever taken out. */
import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addNote, reviewCase, settleCase } from "../../../../gateway/client/generated/sdk.gen.ts";
import type { WholeCase } from "../../../../gateway/client/generated/types.gen.ts";
import { Panel } from "../../parts/Panel.tsx";
import { TextForm } from "./TextForm.tsx";

const OUTCOMES = ["acted", "dismissed"] as const;

export function CaseSteps({ found: { number, state } }: { found: WholeCase }) {
  const { t } = useTranslation("desk");
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>("acted");
  const path = { caseNumber: number };
  const isSettled = state === "acted" || state === "dismissed";
  return (
    <>
      <Panel title={t("note.title")}>
        <TextForm
          label={t("note.text")}
          action={t("note.do")}
          send={(text, headers) => addNote({ path, body: { text }, headers, throwOnError: true })}
        />
      </Panel>
      {state === "underReview" ? null : (
        <Panel title={isSettled ? t("review.again") : t("review.title")}>
          <TextForm
            label={t("review.text")}
            action={t("review.do")}
            send={(text, headers) => reviewCase({ path, body: { text }, headers, throwOnError: true })}
          />
        </Panel>
      )}
      {isSettled ? null : (
        <Panel title={t("outcome.title")}>
          <Segmented
            aria-label={t("outcome.title")}
            value={outcome}
            onChange={setOutcome}
            options={OUTCOMES.map((value) => ({ value, label: t(`state.${value}`) }))}
          />
          <div className="desk-note">
            <TextForm
              label={t("outcome.text")}
              action={t("outcome.do")}
              send={(text, headers) => settleCase({ path, body: { outcome, text }, headers, throwOnError: true })}
            />
          </div>
        </Panel>
      )}
    </>
  );
}
