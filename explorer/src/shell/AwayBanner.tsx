/** Says that the gateway is away, for as long as it is. */
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { useLiveState } from "../api/live.ts";

export function AwayBanner() {
  const { t } = useTranslation();
  if (useLiveState() !== "away") return null;
  return <Alert banner type="warning" showIcon role="status" title={t("shell.away")} />;
}
