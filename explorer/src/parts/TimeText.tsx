/** When: how long ago, and on hover the very time here and everywhere. */
import { useTranslation } from "react-i18next";
import { useNow } from "./now.ts";
import { formatAge, formatIso, formatTime } from "../format/time.ts";

/** This page's clock goes in steps of ten seconds, and a chain's may be a little ahead: that is now, not soon. */
const CLOCK_STEP = 15;

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
      {as === "time"
        ? time
        : formatAge(seconds, seconds > now && seconds - now < CLOCK_STEP ? seconds : now, i18n.language)}
    </time>
  );
}
