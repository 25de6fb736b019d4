/** Sentences that the API gives in both languages, in the one that is shown. */
import { useTranslation } from "react-i18next";

interface Said {
  readonly en: string;
  readonly zh: string;
}

export function useSay(): (said: Said) => string {
  const { i18n } = useTranslation();
  return ({ en, zh }) => (i18n.language === "en" ? en : zh);
}
