/** What the gateway refused or could not do, in its own words, and what to do now. */
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { problemOf } from "../api/problem.ts";

interface Props {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

export function ProblemNote({ error, onRetry }: Props) {
  const { t, i18n } = useTranslation();
  const { status, code, detail, requestId } = problemOf(error);
  return (
    <Alert
      type={status === 0 || status === 503 ? "warning" : "error"}
      showIcon
      role="alert"
      title={i18n.language === "en" ? detail.en : detail.zh}
      description={
        <span className="problem-facts">
          <a href={`/docs/errors#${code}`}>{code}</a>
          {requestId === undefined ? null : ` · ${t("state.request")} ${requestId}`}
        </span>
      }
      action={onRetry === undefined ? undefined : <Button onClick={onRetry}>{t("state.retry")}</Button>}
    />
  );
}
