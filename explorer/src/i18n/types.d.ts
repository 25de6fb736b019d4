/** Keys are checked by the compiler against the English files; a test compares the Chinese ones with them. */
import "i18next";
import type { words } from "./words.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: typeof words;
    returnNull: false;
  }
}
