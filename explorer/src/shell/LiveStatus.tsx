/** A dot and a word: is what is shown alive? */
import { useTranslation } from "react-i18next";
import { useLiveState } from "../api/live.ts";

export function LiveStatus() {
  const { t } = useTranslation();
  const state = useLiveState();
  return (
    <span className="live-status" data-state={state} role="status" title={t(`shell.live.${state}.title`)}>
      {t(`shell.live.${state}.word`)}
    </span>
  );
}
