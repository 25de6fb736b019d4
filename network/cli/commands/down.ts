import type { Command } from "commander";

export function addDown(program: Command): void {
  program
    .command("down")
    .description("Stops the nodes of this computer\n停止本机节点")
    .action(() => {
      throw new Error("not built yet");
    });
}
