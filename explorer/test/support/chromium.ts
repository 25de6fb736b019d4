/** Finds a Chromium on this machine. `.ci/run` installs Debian's; anybody else's will do. */
import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

function findChromium(): string {
  const named = process.env["CHROMIUM_PATH"];
  const places = [...(named === undefined ? [] : [named]), ...PLACES, chromium.executablePath()];
  const found = places.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    "No Chromium was found: install one (Debian: apt-get install chromium; anywhere: npx playwright-core install chromium), or name it by CHROMIUM_PATH.",
  );
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    // The sandbox needs rights that root in a container does not have; the pages are our own.
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
}
