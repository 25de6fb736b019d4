import type { Command } from "commander";

export function addUp(program: Command): void {
  program
    .command("up")
    .description("Starts the nodes of this computer and waits until blocks are made\n启动本机节点并等待出块")
    .action(() => {
      throw new Error("not built yet");
    });
}
