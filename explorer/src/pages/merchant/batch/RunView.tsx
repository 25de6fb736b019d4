/** A run as it goes: how far it is, what became of each row, and the result as a file. */
import { Alert, Button, Popconfirm, Progress as Bar } from "antd";
import { useTranslation } from "react-i18next";
import { formatExact } from "../../../format/amount.ts";
import { formatTime } from "../../../format/time.ts";
import { Panel } from "../../../parts/Panel.tsx";
import { ProblemNote } from "../../../parts/ProblemNote.tsx";
import { saveText } from "../save-file.ts";
import { RunRows } from "./RunRows.tsx";
import { resultCsv } from "./result-csv.ts";
import { ROW_STATES, countsOf } from "./run.ts";
import type { Counts } from "./run.ts";
import type { Mood, Progress, Runner } from "./runner.ts";

const TITLES = {
  running: "batch.running",
  waiting: "batch.running",
  paused: "batch.paused",
  refused: "batch.paused",
  elsewhere: "batch.running",
  finished: "batch.finished",
} as const satisfies Record<Mood, string>;

export function RunView({ runner, progress }: { runner: Runner; progress: Progress }) {
  const { t, i18n } = useTranslation("merchantIssue");
  const { run, parts, mood, problem } = progress;
  const counts = countsOf(parts);
  const done = counts.confirmed + counts.before + counts.failed;
  const total = run.rows.length;
  const exact = (count: number): string => formatExact(BigInt(count), 0);
  return (
    <>
      <Panel title={`${t(TITLES[mood])} · ${run.fileName}`} tools={<RunTools runner={runner} progress={progress} />}>
        <div data-mood={mood} data-done={done} role="status" aria-live="polite">
          <Bar
            percent={total === 0 ? 100 : Math.floor((done * 100) / total)}
            status={mood === "finished" ? (counts.failed > 0 ? "exception" : "success") : "active"}
            aria-label={t(TITLES[mood])}
          />
          <p className="page-lead">
            {t("batch.progress", { done: exact(done), total: exact(total) })}{" "}
            {t("batch.begun", { when: formatTime(run.beganAt, i18n.language) })}
          </p>
        </div>
        <RunCounts counts={counts} />
        {mood === "waiting" ? <Alert type="warning" showIcon title={t("batch.waiting")} /> : null}
        {mood === "elsewhere" ? <Alert type="info" showIcon title={t("batch.otherTab")} /> : null}
        {mood === "refused" ? (
          <div className="command-note">
            <p>{t("batch.refused")}</p>
            <ProblemNote error={problem} onRetry={() => runner.goOn()} />
          </div>
        ) : null}
      </Panel>
      <RunRows run={run} parts={parts} />
    </>
  );
}

function RunCounts({ counts }: { counts: Counts }) {
  const { t } = useTranslation("merchantIssue");
  return (
    <dl className="run-counts">
      {ROW_STATES.map((state) => (
        <div key={state} data-state={counts[state] > 0 ? state : "none"}>
          <dt>{t(`batch.count.${state}`)}</dt>
          <dd data-count={state}>{formatExact(BigInt(counts[state]), 0)}</dd>
        </div>
      ))}
    </dl>
  );
}

function RunTools({ runner, progress: { run, parts, mood } }: { runner: Runner; progress: Progress }) {
  const { t, i18n } = useTranslation("merchantIssue");
  const words = (state: (typeof ROW_STATES)[number]): string => t(`batch.count.${state}`);
  const header = [
    t("batch.row"),
    t("batch.account"),
    t("points"),
    t("orderRef"),
    t("batch.state"),
    t("transaction"),
    t("batch.problem"),
  ];
  const save = (): void => {
    const language = i18n.language === "en" ? "en" : "zh";
    saveText(run.fileName.replace(/(\.csv)?$/i, "-result.csv"), resultCsv(run, parts, { header, words, language }));
  };
  const isGoing = mood === "running" || mood === "waiting";
  return (
    <>
      {isGoing ? <Button onClick={() => runner.pause()}>{t("batch.stop")}</Button> : null}
      {mood === "paused" || mood === "elsewhere" ? (
        <Button type="primary" onClick={() => runner.goOn()}>
          {t("batch.goOn")}
        </Button>
      ) : null}
      <Button onClick={save}>{t("batch.result")}</Button>
      {isGoing ? null : (
        <Popconfirm title={t("batch.discardAsk")} onConfirm={() => void runner.putAway()}>
          <Button>{t("batch.discard")}</Button>
        </Popconfirm>
      )}
    </>
  );
}
