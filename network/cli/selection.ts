/** Which nodes a command is about: the options, the same in every command that acts on some nodes of this computer. */
import { Option } from "commander";
import type { Command } from "commander";
import { DEFAULT_DIR } from "../plan/folder.ts";

export interface SelectionFlags {
  readonly dir: string;
  readonly organisation?: string;
  readonly node?: string;
}

export function addSelection(command: Command): Command {
  return command
    .option("--dir <folder>", "the network's folder 网络目录", DEFAULT_DIR)
    .option("--organisation <slug>", "only this organisation's nodes 仅该机构的节点")
    .addOption(new Option("--node <id>", "only this node 仅该节点").conflicts("organisation"));
}
