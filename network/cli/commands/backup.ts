import type { Command } from "commander";

export function addBackup(program: Command): void {
  program
    .command("backup")
    .description("Copies a stopped node's data into one file\n把已停止节点的数据备份为一个文件")
    .action(() => {
      throw new Error("not built yet");
    });
}
