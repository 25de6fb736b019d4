/** The languages there are. */
export const LANGUAGES = ["zh-CN", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { "zh-CN": "中文", en: "English" };

const STORED_AS = "ledger-language";

/** What was chosen before, else what the browser asks for, else Chinese. */
export function firstLanguage(stored: string | null, asked: readonly string[]): Language {
  const chosen = LANGUAGES.find((language) => language === stored);
  if (chosen !== undefined) return chosen;
  for (const tag of asked) {
    if (tag.toLowerCase().startsWith("zh")) return "zh-CN";
    if (tag.toLowerCase().startsWith("en")) return "en";
  }
  return "zh-CN";
}

export const readStoredLanguage = (): string | null => localStorage.getItem(STORED_AS);
export const storeLanguage = (language: Language): void => localStorage.setItem(STORED_AS, language);
