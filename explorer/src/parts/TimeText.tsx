/** When: how long ago, and on hover the very time here and everywhere. */
import { useTranslation } from "react-i18next";
import { useNow } from "./now.ts";
import { formatAge, formatIso, formatTime } from "../format/time.ts";

interface Props {
  readonly seconds: number;
  /** `age`: 3 minutes ago; `time`: the date and time. */
  readonly as?: "age" | "time";
}

export function TimeText({ seconds, as = "age" }: Props) {
  const { i18n } = useTranslation();
  const now = useNow();
  const time = formatTime(seconds, i18n.language);
  const iso = formatIso(seconds);
  return (
    <time dateTime={iso} title={`${time} · ${iso}`}>
      {as === "time" ? time : formatAge(seconds, now, i18n.language)}
    </time>
  );
}
