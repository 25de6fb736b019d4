/** A Chromium for the tests: one of this machine's, or else Playwright's own, fetched once. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];
const PLAYWRIGHT = join(import.meta.dirname, "..", "..", "..", "node_modules", "playwright-core", "cli.js");
/** 170 MB over a slow line. */
const FETCH_TIMEOUT_MS = 15 * 60_000;

const findOnMachine = (): string | undefined =>
  [process.env["CHROMIUM_PATH"], ...PLACES, chromium.executablePath()].find(
    (path) => path !== undefined && existsSync(path),
  );

function fetchChromium(): string {
  console.error("No Chromium on this machine: fetching Playwright's (once, about 170 MB) …");
  const options = { encoding: "utf8", timeout: FETCH_TIMEOUT_MS } as const;
  const { status, stderr } = spawnSync(process.execPath, [PLAYWRIGHT, "install", "chromium"], options);
  if (status === 0 && existsSync(chromium.executablePath())) return chromium.executablePath();
  throw new Error(
    "No Chromium was found and none could be fetched: install one (Debian: apt-get install chromium), or name it by " +
      `CHROMIUM_PATH.\n${stderr.trim().split("\n").slice(0, 3).join("\n")}`,
  );
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findOnMachine() ?? fetchChromium(),
    // The sandbox needs rights that root in a container does not have; the pages are our own.
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
}
