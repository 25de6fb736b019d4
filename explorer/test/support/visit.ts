/** A visit to the web by one reader: a browser context of its own, whose console is watched. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect } from "chai";
import type { BrowserContext, Page } from "playwright-core";
import type { Language } from "../../src/i18n/languages.ts";
import type { Stage } from "./stage.ts";

const SCREENSHOTS = join(import.meta.dirname, "..", "screenshots");
/** Machines of CI are half as fast as this one and do three things at once. */
const PATIENCE_MS = 30_000;

export interface Reader {
  readonly language: Language;
  readonly width?: 390 | 1440;
  readonly theme?: "light" | "dark";
}

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens an address of the web and waits until nothing on it is loading. */
  open(path: string): Promise<void>;
  /** From here on these answers are expected: a browser writes every refused request to the console. */
  expectStatus(...statuses: number[]): void;
  /** Saves what is shown under screenshots/<name>.png. */
  screenshot(name: string): Promise<void>;
  /** Fails on any serious or critical finding of axe. */
  checkAccess(): Promise<void>;
  /** Fails when the console said anything that was not expected, and closes the visit. */
  end(): Promise<void>;
}

export async function visit(stage: Stage, { language, width = 1440, theme = "light" }: Reader): Promise<Visit> {
  const context = await stage.browser.newContext({
    baseURL: stage.url,
    viewport: { width, height: width === 390 ? 844 : 900 },
    locale: language,
    colorScheme: theme,
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const said: string[] = [];
  const expected = new Set<number>();
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    const status = /responded with a status of (\d{3})/.exec(message.text())?.[1];
    if (status !== undefined && expected.has(Number(status))) return;
    if (expected.has(0) && /net::ERR_|Failed to fetch/.test(message.text())) return;
    said.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => said.push(`uncaught: ${error.message}`));
  return {
    page,
    context,
    async open(path) {
      await page.goto(path);
      await settled(page);
    },
    expectStatus: (...statuses) => statuses.forEach((status) => expected.add(status)),
    async screenshot(name) {
      mkdirSync(SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
    },
    async checkAccess() {
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      const told = serious.map(
        ({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.map((n) => n.html).join("\n    ")}`,
      );
      expect(told, told.join("\n")).to.deep.equal([]);
    },
    async end() {
      await context.close();
      expect(said, said.join("\n")).to.deep.equal([]);
    },
  };
}

/** A page has its heading and nothing on it is still on its way. */
export async function settled(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor();
  await page.waitForFunction(() => document.querySelector("main [aria-busy='true'], .ant-spin-spinning") === null);
}
