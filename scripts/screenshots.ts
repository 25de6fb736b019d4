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

const PICTURES = [
  { name: "overview", path: "/", locale: "zh-CN", colorScheme: "light" },
  { name: "members", path: "/members", locale: "en", colorScheme: "dark" },
  { name: "transactions", path: "/transactions?action=swap", locale: "en", colorScheme: "light" },
] as const;

mkdirSync(IMAGES, { recursive: true });
const browser = await launchChromium();
for (const { name, path, locale, colorScheme } of PICTURES) {
  const viewport = { width: 1280, height: 800 };
  const page = await browser.newPage({ baseURL: url, locale, colorScheme, viewport, reducedMotion: "reduce" });
  await page.goto(path);
  await settled(page);
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  await page.close();
}
await browser.close();
