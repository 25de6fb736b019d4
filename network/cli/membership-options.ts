/** Options that all commands of the membership share, and what they open. */
import type { Command } from "commander";
import type { FileOwner } from "../files/compose.ts";
import type { Ledger } from "../membership/ledger.ts";
import { openLedger } from "../membership/ledger.ts";
import type { NetworkFolder } from "../plan/folder.ts";
import { DEFAULT_DIR, networkFolder } from "../plan/folder.ts";
import { readNetworkFile } from "../plan/network-file.ts";
import type { NetworkFile } from "../plan/plan.ts";
import { count } from "./option-values.ts";
import type { Say } from "./progress.ts";
import { startProgress } from "./progress.ts";

export interface FolderOptions {
  readonly dir: string;
  readonly rpc?: string;
}

export interface LedgerOptions extends FolderOptions {
  readonly organisation?: string;
  /** Seconds. */
  readonly wait: number;
}

const WAIT_SECONDS = 120;

export function folderOptions(command: Command): Command {
  return command
    .option("--dir <dir>", "the network's files 网络文件目录", DEFAULT_DIR)
    .option("--rpc <url>", "a node other than this folder's 使用其他节点");
}

/** With `--wait`, for commands that wait for others or for the chain's clock. */
export function ledgerOptions(command: Command): Command {
  return folderOptions(command)
    .option("--organisation <slug>", "only with this one's representative 仅使用该机构的代表密钥")
    .option(
      "--wait <seconds>",
      "how long to wait for others and for delays before stopping 最长等待秒数",
      count,
      WAIT_SECONDS,
    )
    .addHelpText(
      "after",
      "\nCan be run again at any time: it goes on from where the chain says it stands. 可重复执行。\n",
    );
}

export interface Opened {
  readonly folder: NetworkFolder;
  readonly network: NetworkFile;
  readonly say: Say;
}

export function openFolder(dir: string): Opened {
  const folder = networkFolder(dir);
  return { folder, network: readNetworkFile(folder), say: startProgress() };
}

export async function openOnLedger(options: LedgerOptions): Promise<Opened & { readonly ledger: Ledger }> {
  const opened = openFolder(options.dir);
  const { folder, network, say } = opened;
  return {
    ...opened,
    ledger: await openLedger(folder, network, { rpc: options.rpc, patienceSeconds: options.wait, say }),
  };
}

/** Windows has neither; containers there run as the image's user. */
export function ownerOfFiles(): FileOwner {
  return { uid: process.getuid?.() ?? 1_000, gid: process.getgid?.() ?? 1_000 };
}
