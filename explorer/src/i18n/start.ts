/** Opens the languages. A page's words are a file of its own and come with the page, in the language that is shown. */
import i18next from "i18next";
import type { BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import { untilLoaded } from "../loading.ts";
import { LANGUAGES, firstLanguage, readStoredLanguage } from "./languages.ts";

const files = import.meta.glob<{ default: Record<string, unknown> }>("./{zh-CN,en}/*.json");

const backend: BackendModule = {
  type: "backend",
  init: () => undefined,
  read(language, namespace, done) {
    const load = files[`./${language}/${namespace}.json`];
    if (load === undefined) {
      done(new Error(`no words ${language}/${namespace}`), null);
      return;
    }
    untilLoaded(load).then(
      (file) => done(null, file.default),
      (error: unknown) => done(error as Error, null),
    );
  },
};

export async function startLanguages(): Promise<void> {
  const setDocument = (language: string): void => {
    document.documentElement.lang = language;
  };
  i18next.on("languageChanged", setDocument);
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: firstLanguage(readStoredLanguage(), navigator.languages),
      supportedLngs: [...LANGUAGES],
      fallbackLng: false,
      ns: ["common"],
      defaultNS: "common",
      // React escapes already.
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}
