/** Why it was not done: refused by the gateway, by the chain, or by the customer's own wallet. */
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { WalletProblem } from "../../wallet/WalletProblem.tsx";
import { WalletError } from "../../wallet/wallet-error.ts";
import { CommandFailed } from "./act.ts";

export function ActProblem({ error }: { error: unknown }) {
  const { i18n } = useTranslation();
  if (error === undefined) return null;
  if (error instanceof WalletError) return <WalletProblem error={error} />;
  if (!(error instanceof CommandFailed)) return <ProblemNote error={error} />;
  const { en, zh, code } = error.failure;
  return <Alert type="error" showIcon role="alert" title={i18n.language === "en" ? en : zh} description={code} />;
}
