import type { Command } from "commander";

export function addRestore(program: Command): void {
  program
    .command("restore")
    .description("Puts a node's data back from a backup\n从备份恢复节点数据")
    .action(() => {
      throw new Error("not built yet");
    });
}
