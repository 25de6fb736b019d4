/** Points by the day they expire, the first first. */
import { useTranslation } from "react-i18next";
import type { Lot } from "../../../gateway/client/generated/types.gen.ts";
import { formatDay } from "../format/time.ts";
import { AmountText } from "./AmountText.tsx";
import { TimeText } from "./TimeText.tsx";

export function LotList({ lots }: { lots: readonly Lot[] }) {
  const { t, i18n } = useTranslation("movements");
  if (lots.length === 0) return <span className="soft">{t("lots.none")}</span>;
  return (
    <ul className="lot-list">
      {lots.map(({ epoch, points, expiresAt }) => (
        <li key={epoch}>
          <AmountText amount={points} />{" "}
          {expiresAt === null ? (
            <span className="soft">{t("lots.never")}</span>
          ) : (
            <span className="soft">
              {t("lots.until", { day: formatDay(expiresAt, i18n.language) })} · <TimeText seconds={expiresAt} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
