/** Language, and light or dark. Two plain selects: every keyboard and screen reader knows them. */
import { useTranslation } from "react-i18next";
import { LANGUAGES, LANGUAGE_NAMES, storeLanguage } from "../i18n/languages.ts";
import type { Language } from "../i18n/languages.ts";
import { useAppearance } from "../appearance/Appearance.tsx";
import type { ThemeChoice } from "../appearance/Appearance.tsx";

const THEMES: readonly ThemeChoice[] = ["system", "light", "dark"];

export function Preferences() {
  const { t, i18n } = useTranslation();
  const { choice, choose } = useAppearance();
  const speak = (language: Language): void => {
    storeLanguage(language);
    void i18n.changeLanguage(language);
  };
  return (
    <>
      <select
        aria-label={t("shell.language")}
        value={i18n.language}
        onChange={(event) => speak(event.target.value as Language)}
      >
        {LANGUAGES.map((language) => (
          <option key={language} value={language} lang={language}>
            {LANGUAGE_NAMES[language]}
          </option>
        ))}
      </select>
      <select
        aria-label={t("shell.theme.label")}
        value={choice}
        onChange={(event) => choose(event.target.value as ThemeChoice)}
      >
        {THEMES.map((theme) => (
          <option key={theme} value={theme}>
            {t(`shell.theme.${theme}`)}
          </option>
        ))}
      </select>
    </>
  );
}
