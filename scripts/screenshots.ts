/**
 * Takes the README's pictures anew from a ledger that runs: `node scripts/screenshots.ts [url]`. What is seen is what the
 * demo's history shows; nothing is touched up.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launchChromium } from "../explorer/test/support/chromium.ts";
import { settled } from "../explorer/test/support/visit.ts";

const [url = "http://127.0.0.1:8080"] = process.argv.slice(2);
const IMAGES = join(import.meta.dirname, "..", "docs", "images");

const { items } = (await (await fetch(`${url}/v1/points`)).json()) as { items: { token: string }[] };
const token = items[0]?.token ?? "";

const PICTURES = [
  { name: "overview", path: "/", locale: "zh-CN", colorScheme: "light", shows: ".panel" },
  { name: "points", path: `/points/${token}?tab=supply`, locale: "en", colorScheme: "light", shows: "main figure svg" },
  { name: "exchange", path: "/exchange", locale: "en", colorScheme: "dark", shows: ".panel" },
] as const;

mkdirSync(IMAGES, { recursive: true });
const browser = await launchChromium();
for (const { name, path, locale, colorScheme, shows } of PICTURES) {
  const viewport = { width: 1440, height: 1000 };
  const page = await browser.newPage({ baseURL: url, locale, colorScheme, viewport, reducedMotion: "reduce" });
  await page.goto(path);
  await settled(page);
  // Charts draw when their library has come.
  await page.locator(shows).first().waitFor();
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  await page.close();
}
await browser.close();
