/** The saved state of the local chain: written whole or not at all, checked before anvil sees it. */
import { existsSync } from "node:fs";
import { open, readFile, rename } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { SetupError } from "../tooling/setup-error.ts";
import { callRpc } from "./rpc.ts";

interface SavedState {
  readonly block?: { readonly timestamp: string };
  readonly best_block_number?: number;
  readonly blocks?: readonly { readonly header: { readonly number: string; readonly timestamp: string } }[];
}

/** Fetches the whole state from a running anvil and replaces the file by it, so that a crash leaves old or new. */
export async function saveState(url: string, stateFile: string): Promise<void> {
  const packed = await callRpc<string>(url, "anvil_dumpState", []);
  await writeWhole(stateFile, await promisify(gunzip)(Buffer.from(packed.slice(2), "hex")));
}

async function writeWhole(stateFile: string, content: Uint8Array | string): Promise<void> {
  const part = `${stateFile}.part`;
  const file = await open(part, "w");
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, stateFile);
}

/**
 * Makes the file fit to be loaded. What is not whole JSON stops the start with a sentence; anvil would answer with a
 * parser's complaint. anvil makes a block 0 of its own at every start and saves all of them: left in, the next start
 * could take a younger one for the first, and the chain would have another genesis. The oldest is the true one.
 * Returns the unix seconds of the last block, undefined without a file.
 */
export async function prepareState(stateFile: string): Promise<number | undefined> {
  if (!existsSync(stateFile)) return undefined;
  const state = await readState(stateFile);
  const blocks = state.blocks ?? [];
  const births = blocks
    .filter(({ header }) => Number(header.number) === 0)
    .map(({ header }) => Number(header.timestamp));
  if (births.length > 1) {
    const born = Math.min(...births);
    const kept = blocks.filter(({ header }) => Number(header.number) > 0 || Number(header.timestamp) === born);
    await writeWhole(stateFile, JSON.stringify({ ...state, blocks: kept }));
  }
  return Number(state.block?.timestamp);
}

async function readState(stateFile: string): Promise<SavedState> {
  try {
    const state = JSON.parse(await readFile(stateFile, "utf8")) as SavedState;
    if (typeof state.best_block_number !== "number" || state.block === undefined) {
      throw new SyntaxError("no last block in it");
    }
    return state;
  } catch (error) {
    throw new SetupError(
      `The saved chain (${stateFile}) can not be read (${(error as Error).message}): put a copy of it back, or begin anew with npm start -- --fresh.`,
      { cause: error },
    );
  }
}
