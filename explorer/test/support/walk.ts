/** What must hold of every page, whoever looks at it: both languages, phone and desk, light and dark. */
import { expect } from "chai";
import type { Reader, Visit } from "./visit.ts";
import { visit } from "./visit.ts";
import type { Stage } from "./stage.ts";
import { sharedStage } from "./stage.ts";

export interface PageCase {
  /** The name of its screenshots. */
  readonly name: string;
  readonly path: (stage: Stage) => string | Promise<string>;
  /** Its main heading in both languages; a page about something that is named by its users may say `any`. */
  readonly heading: Readonly<Record<Reader["language"], string>> | "any";
  /** Signs in first. */
  readonly signIn?: (visit: Visit, stage: Stage) => Promise<void>;
}

const READERS: readonly Required<Reader>[] = [
  { language: "zh-CN", width: 1440, theme: "light" },
  { language: "en", width: 390, theme: "dark" },
];

export function walkPage({ name, path, heading, signIn }: PageCase): void {
  describe(`page ${name}`, () => {
    for (const reader of READERS) {
      const { language, width, theme } = reader;
      it(`is whole in ${language}, ${width} px wide, ${theme}`, async function () {
        this.timeout(240_000);
        const stage = await sharedStage();
        const seen = await visit(stage, reader);
        await signIn?.(seen, stage);
        await seen.open(await path(stage));
        if (heading !== "any") expect(await seen.page.locator("h1").first().innerText()).to.equal(heading[language]);
        expect(await seen.page.locator("html").getAttribute("lang")).to.equal(language);
        await expectFits(seen);
        await expectTranslated(seen, language);
        await seen.checkAccess();
        await seen.screenshot(`${name}-${language}-${width}`);
        await seen.end();
      });
    }
  });
}

/** Nothing sticks out to the right: what is wider scrolls in a box of its own. */
export async function expectFits({ page }: Visit): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(excess, "pixels wider than the window").to.be.at.most(0);
}

/** A key that was not found shows itself (`shell.nav.points`); Chinese pages speak Chinese. */
async function expectTranslated({ page }: Visit, language: Reader["language"]): Promise<void> {
  const text = await page.locator("body").innerText();
  expect(text).not.to.match(/\b(?:[a-z][A-Za-z]+\.){2,}[a-zA-Z]+\b(?!\/)/);
  if (language === "zh-CN") expect(text).to.match(/[\u4e00-\u9fff]/);
}
