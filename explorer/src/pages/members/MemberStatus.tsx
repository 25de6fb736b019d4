/** Whether a member votes and attests. */
import { useTranslation } from "react-i18next";

const KNOWN = ["active", "suspended", "left"] as const;

export function MemberStatus({ status }: { readonly status: string }) {
  const { t } = useTranslation("members");
  const known = KNOWN.find((one) => one === status);
  return (
    <span className="state-word" data-tone={status === "active" ? "good" : "warn"}>
      {known === undefined ? status : t(`status.${known}`)}
    </span>
  );
}
