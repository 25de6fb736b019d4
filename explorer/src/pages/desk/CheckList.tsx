/** The verdict, and each check with what it compared. */
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import type { Check } from "./verify-bundle.ts";

const MARKS = { true: "✓", false: "✗", open: "?" } as const;

export function CheckList({ checks }: { checks: readonly Check[] }) {
  const { t } = useTranslation("desk");
  const failed = checks.some(({ passed }) => passed === false);
  const isOpen = checks.some(({ passed }) => passed === "open");
  const verdict = failed ? "failed" : isOpen ? "open" : "passed";
  return (
    <div className="desk-stack">
      <Alert
        type={failed ? "error" : isOpen ? "warning" : "success"}
        showIcon
        title={t(`verdict.${verdict}`)}
        data-verdict={verdict}
      />
      <dl className="desk-check">
        {checks.map(({ name, passed, facts }) => (
          <div key={name} style={{ display: "contents" }}>
            <dt data-passed={String(passed)}>
              <span aria-hidden="true">{MARKS[String(passed) as keyof typeof MARKS]}</span>
              <span className="visually-hidden">{t(`check.word.${String(passed) as "true" | "false" | "open"}`)}</span>
            </dt>
            <dd>{t(`check.${name}.${String(passed) as "true" | "false"}`, facts)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
