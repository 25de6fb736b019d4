import type { Command } from "commander";

export function addLogs(program: Command): void {
  program
    .command("logs")
    .description("Shows the logs of a node\n查看节点日志")
    .action(() => {
      throw new Error("not built yet");
    });
}
