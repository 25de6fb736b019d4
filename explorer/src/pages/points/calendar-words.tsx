/** A merchant's calendar in words. */
import { useTranslation } from "react-i18next";

type Calendar = "month" | "quarter" | "halfYear" | "year" | "never";

export function CalendarText({ calendar }: { calendar: string }) {
  const { t } = useTranslation("points");
  return <>{t(`calendar.${calendar as Calendar}`, calendar)}</>;
}

/** `UTC+8`, `UTC−3:30`. */
export function OffsetText({ seconds }: { seconds: number }) {
  const minutes = Math.abs(seconds) / 60;
  const clock = minutes % 60 === 0 ? "" : `:${String(minutes % 60).padStart(2, "0")}`;
  return <>{`UTC${seconds < 0 ? "−" : "+"}${Math.floor(minutes / 60)}${clock}`}</>;
}
