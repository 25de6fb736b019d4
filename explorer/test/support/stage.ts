/**
 * The real system and a real browser, once for all tests of a run: chain, contracts, demo alliance, gateway and the built
 * web, as `npm start` brings them up. With LEDGER_WEB_URL and LEDGER_DATA_DIR set, a system that runs already is used.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import type { DemoKeys } from "../../../scripts/demo/hand-over.ts";
import { LedgerProcess } from "../../../test/e2e/ledger-process.ts";
import { launchChromium } from "./chromium.ts";

export interface Stage {
  readonly url: string;
  readonly keys: DemoKeys;
  readonly browser: Browser;
  /** Absent when the system was there before; then it is not ours to stop. */
  readonly ledger: LedgerProcess | undefined;
}

let stage: Promise<Stage> | undefined;

async function open(): Promise<Stage> {
  const [running, dataDir] = [process.env["LEDGER_WEB_URL"], process.env["LEDGER_DATA_DIR"]];
  const ledger = running === undefined ? await LedgerProcess.create() : undefined;
  await ledger?.start();
  const keysFile = join(ledger?.dataDir ?? dataDir ?? ".data", "demo-keys.json");
  const keys = JSON.parse(readFileSync(keysFile, "utf8")) as DemoKeys;
  return { url: running ?? ledger?.url ?? "", keys, browser: await launchChromium(), ledger };
}

export function sharedStage(): Promise<Stage> {
  stage ??= open();
  return stage;
}

/** Called once, when the last test has run. */
export async function closeStage(): Promise<void> {
  if (stage === undefined) return;
  const { browser, ledger } = await stage;
  await browser.close();
  await ledger?.cleanUp();
}
