/** Language, light or dark, and what the component library needs to know of them. */
import { ConfigProvider, theme } from "antd";
import type { Locale } from "antd/es/locale";
import { createContext, use, useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export type Theme = "light" | "dark";
/** `system` follows the device. */
export type ThemeChoice = Theme | "system";

const STORED_AS = "ledger-theme";
const DARK = matchMedia("(prefers-color-scheme: dark)");

const readChoice = (): ThemeChoice => {
  const stored = localStorage.getItem(STORED_AS);
  return stored === "light" || stored === "dark" ? stored : "system";
};

/** Dark words on a bright blue, 8 : 1; white ones on the dark theme's own blue are 4 : 1. */
const DARK_BUTTON = {
  colorPrimary: "#7db1ff",
  colorPrimaryHover: "#9cc4ff",
  colorPrimaryActive: "#6aa3f7",
  primaryColor: "#06101f",
} as const;
const LIGHT_TOKENS = {
  colorPrimary: "#0f5bc4",
  colorLink: "#0f5bc4",
  colorPrimaryHover: "#0a4da9",
  colorError: "#c62f2b",
  colorErrorHover: "#a82420",
  colorTextDescription: "#5a6068",
  colorTextPlaceholder: "#6b7178",
};
/** A blue that reads well on black is too light for white words: on it they are black. */
const DARK_TOKENS = {
  colorPrimary: "#6aa5ff",
  colorLink: "#7db1ff",
  colorError: "#ff7f78",
  colorTextLightSolid: "#0c1116",
  colorTextDescription: "#a8adb5",
  colorTextPlaceholder: "#8f959e",
};

interface AppearanceState {
  readonly choice: ThemeChoice;
  readonly theme: Theme;
  readonly choose: (choice: ThemeChoice) => void;
}

const Context = createContext<AppearanceState>({ choice: "system", theme: "light", choose: () => undefined });

export const useAppearance = (): AppearanceState => use(Context);

/** The library speaks English by itself; its Chinese comes when it is wanted. */
function useLibraryWords(): Locale | undefined {
  const { i18n } = useTranslation();
  const [chinese, setChinese] = useState<Locale>();
  const isEnglish = i18n.language === "en";
  useEffect(() => {
    if (!isEnglish) void import("antd/es/locale/zh_CN").then((file) => setChinese(file.default));
  }, [isEnglish]);
  return isEnglish ? undefined : chinese;
}

export function Appearance({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useState(readChoice);
  const [isDeviceDark, setDeviceDark] = useState(DARK.matches);
  const locale = useLibraryWords();
  useEffect(() => {
    const follow = (): void => setDeviceDark(DARK.matches);
    DARK.addEventListener("change", follow);
    return () => DARK.removeEventListener("change", follow);
  }, []);
  const shown: Theme = choice === "system" ? (isDeviceDark ? "dark" : "light") : choice;
  useEffect(() => {
    document.documentElement.dataset["theme"] = shown;
  }, [shown]);
  const state = useMemo(
    () => ({
      choice,
      theme: shown,
      choose(next: ThemeChoice): void {
        localStorage.setItem(STORED_AS, next);
        setChoice(next);
      },
    }),
    [choice, shown],
  );
  return (
    <Context value={state}>
      <ConfigProvider
        {...(locale === undefined ? {} : { locale })}
        theme={{
          algorithm: shown === "dark" ? theme.darkAlgorithm : theme.defaultAlgorithm,
          // 4.5 : 1 and more against both backgrounds; the library's own blue, reds and greys are below that.
          // One family of letters inside and outside of the library's parts.
          token: { fontFamily: "inherit", ...(shown === "dark" ? DARK_TOKENS : LIGHT_TOKENS) },
          // Words on a tooltip stand on grey in both.
          components: { Button: shown === "dark" ? DARK_BUTTON : {}, Tooltip: { colorTextLightSolid: "#ffffff" } },
        }}
        // A space between two Chinese letters makes the seen word another one than the spoken one.
        button={{ autoInsertSpace: false }}
      >
        {children}
      </ConfigProvider>
    </Context>
  );
}
