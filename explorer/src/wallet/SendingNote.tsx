/** What became of a transaction of the reader's own wallet. */
import { Alert, Steps } from "antd";
import { useTranslation } from "react-i18next";
import { TransactionLink } from "../parts/links.tsx";
import type { Sending } from "./use-sending.ts";
import { WalletProblem } from "./WalletProblem.tsx";

const STEP_OF = { asking: 0, sent: 1, mined: 2 } as const;

export function SendingNote({ sending: { stage, hash, error } }: { sending: Sending }) {
  const { t } = useTranslation("wallet");
  if (stage === "idle") return null;
  return (
    <div className="wallet-bar" role="status" aria-live="polite" data-stage={stage}>
      {stage === "failed" ? null : (
        <Steps
          size="small"
          current={STEP_OF[stage]}
          status={stage === "mined" ? "finish" : "process"}
          items={[{ title: t("stage.asking") }, { title: t("stage.sent") }, { title: t("stage.mined") }]}
        />
      )}
      {error === undefined ? null : <WalletProblem error={error} />}
      {stage === "mined" ? <Alert type="success" showIcon title={t("stage.done")} /> : null}
      {hash === undefined ? null : (
        <p>
          {t("stage.transaction")} <TransactionLink hash={hash} />
        </p>
      )}
    </div>
  );
}
