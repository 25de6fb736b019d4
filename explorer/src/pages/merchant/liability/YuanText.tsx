/** Fen as yuan, every one of them. */
import { useTranslation } from "react-i18next";
import { formatExact } from "../../../format/amount.ts";

export function YuanText({ fen }: { fen: string }) {
  const { t } = useTranslation("liability");
  return <span className="amount">{t("yuan", { amount: formatExact(fen, 2, 2) })}</span>;
}
