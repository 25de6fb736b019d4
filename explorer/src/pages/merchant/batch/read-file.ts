/** From a file to checked rows, and from checked rows to a run. */
import { UnclosedQuote } from "../../../format/csv.ts";
import { checkFile } from "./check.ts";
import type { BatchRow, Checked } from "./check.ts";
import type { BatchRun } from "./run.ts";

export interface ReadFile {
  readonly name: string;
  readonly checked: Checked | { readonly kind: "unreadable" } | { readonly kind: "unclosed"; readonly row: number };
}

export async function readFile(file: File): Promise<ReadFile> {
  const { name } = file;
  const { getAddress } = await import("ethers/address");
  const isChecksumRight = (address: string): boolean => {
    try {
      getAddress(address);
      return true;
    } catch {
      return false;
    }
  };
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return { name, checked: { kind: "unreadable" } };
  }
  try {
    return { name, checked: checkFile(text, isChecksumRight) };
  } catch (error) {
    if (error instanceof UnclosedQuote) return { name, checked: { kind: "unclosed", row: error.row } };
    throw error;
  }
}

export async function runOf(token: string, fileName: string, rows: readonly BatchRow[]): Promise<BatchRun> {
  const said = JSON.stringify([token, rows.map(({ to, points, orderRef }) => [to.toLowerCase(), points, orderRef])]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(said));
  const id = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { id, token, fileName, beganAt: Math.floor(Date.now() / 1_000), rows };
}
