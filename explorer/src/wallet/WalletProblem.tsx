/** Why the wallet did not do it, and what to do. A refusal of the gateway on the way is the caller's to show. */
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import type { WalletError } from "./wallet-error.ts";

export function WalletProblem({ error }: { error: WalletError }) {
  const { t } = useTranslation("wallet");
  const { code, message } = error;
  // To say no is no fault.
  const type = code === "rejected" || code === "pending" ? "info" : "error";
  return (
    <Alert
      type={type}
      showIcon
      role="alert"
      title={t(`error.${code}`)}
      description={message === code ? undefined : <span className="wrap problem-facts">{message}</span>}
    />
  );
}
