/**
 * Files of the web that come when they are needed. A gateway that is away for a moment must not break a page for good:
 * React keeps a file that could not be fetched as failed for ever, so it is told only what has come at last.
 */
import { lazy as reactLazy } from "react";
import type { ComponentType } from "react";

const ASK_EVERY_MS = 1_500;
/** The gateway is there and the file is not, that often: it was replaced by a newer web, which only a reload brings. */
const TRIES_MAX = 3;

export class FileGoneError extends Error {
  override readonly name = "FileGoneError";
}

const pause = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ASK_EVERY_MS));

async function gatewayIsThere(): Promise<boolean> {
  try {
    return (await fetch("/healthz", { cache: "no-store" })).status < 500;
  } catch {
    // Not an answer: that is what was asked.
    return false;
  }
}

/** Waits as long as the gateway is away. */
export async function untilLoaded<T>(load: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await load();
    } catch (error) {
      if (tries === TRIES_MAX) throw new FileGoneError(error instanceof Error ? error.message : String(error));
      do await pause();
      while (!(await gatewayIsThere()));
    }
  }
}

/** React's own, for a page or a part whose file is waited for. */
export function lazy<Props>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return reactLazy(() => untilLoaded(load));
}
