/** What became of a write: accepted, sent to the chain, confirmed or failed, with the reason in words. */
import { Alert, Steps } from "antd";
import { useTranslation } from "react-i18next";
import type { Command } from "../../../gateway/client/generated/types.gen.ts";
import { TransactionLink } from "./links.tsx";

const STEP_OF: Readonly<Record<Command["state"], number>> = { queued: 0, sent: 1, confirmed: 2, failed: 2 };

export function CommandNote({ command }: { command: Command }) {
  const { t, i18n } = useTranslation();
  const { state, error, transactions } = command;
  const hash = transactions.at(-1)?.hash;
  const failed = state === "failed";
  return (
    <div className="command-note" role="status" aria-live="polite" data-state={state} data-command={command.id}>
      <Steps
        size="small"
        current={STEP_OF[state]}
        status={failed ? "error" : state === "confirmed" ? "finish" : "process"}
        items={[
          { title: t("command.queued") },
          { title: t("command.sent") },
          { title: t(failed ? "command.failed" : "command.confirmed") },
        ]}
      />
      {error === null ? null : (
        <Alert type="error" showIcon title={i18n.language === "en" ? error.en : error.zh} description={error.code} />
      )}
      {hash === undefined ? null : (
        <p className="command-facts">
          {t("command.transaction")} <TransactionLink hash={hash} />
        </p>
      )}
    </div>
  );
}
