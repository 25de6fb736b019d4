/** Log files of programs that run for months: their last lines, those that come, and a new file when one is long. */
import { closeSync, fstatSync, openSync, readSync, renameSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const LOOK_EVERY_MS = 300;
const CHUNK_BYTES = 64 * 1024;
/** Besu writes a line a block, some 10 MB a day at 2 s. */
const LOG_BYTES_MAX = 64 * 1024 * 1024;

/** At a start, when nobody writes to it. One old log is kept. */
export function setOldLogAside(file: string): void {
  if (sizeOf(file) > LOG_BYTES_MAX) renameSync(file, `${file}.1`);
}

/** The end of `file`; reads backwards, so a log of a gigabyte costs no more than a short one. */
export function lastLines(file: string, count: number): string[] {
  if (sizeOf(file) === 0) return [];
  const handle = openSync(file, "r");
  try {
    let start = fstatSync(handle).size;
    let text = Buffer.alloc(0);
    while (start > 0 && newlinesIn(text) <= count) {
      const length = Math.min(CHUNK_BYTES, start);
      start -= length;
      text = Buffer.concat([read(handle, start, length), text]);
    }
    const lines = text.toString("utf8").split("\n");
    if (lines.at(-1) === "") lines.pop();
    return lines.slice(-count);
  } finally {
    closeSync(handle);
  }
}

/** Hands on whole lines that are written after the call, until it is stopped. A file that shrinks is read from its start. */
export async function followLines(file: string, tell: (line: string) => void, stop: AbortSignal): Promise<void> {
  let at = sizeOf(file);
  let rest = Buffer.alloc(0);
  while (!stop.aborted) {
    const size = sizeOf(file);
    if (size < at) {
      at = 0;
      rest = Buffer.alloc(0);
    }
    if (size > at) {
      rest = Buffer.concat([rest, readFile(file, at, Math.min(size - at, CHUNK_BYTES))]);
      at += Math.min(size - at, CHUNK_BYTES);
      const end = rest.lastIndexOf("\n");
      if (end >= 0) for (const line of rest.subarray(0, end).toString("utf8").split("\n")) tell(line);
      rest = rest.subarray(end + 1);
    } else await sleep(LOOK_EVERY_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function readFile(file: string, position: number, length: number): Buffer<ArrayBuffer> {
  const handle = openSync(file, "r");
  try {
    return read(handle, position, length);
  } finally {
    closeSync(handle);
  }
}

function read(handle: number, position: number, length: number): Buffer<ArrayBuffer> {
  const into = Buffer.alloc(length);
  const got = readSync(handle, into, 0, length, position);
  return into.subarray(0, got);
}

function newlinesIn(text: Buffer): number {
  let count = 0;
  for (const byte of text) if (byte === 0x0a) count += 1;
  return count;
}
