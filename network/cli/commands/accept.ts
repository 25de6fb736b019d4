import type { Command } from "commander";

export function addAccept(program: Command): void {
  program
    .command("accept")
    .description("Lets the node of an invited organisation connect\n允许受邀机构的节点接入")
    .action(() => {
      throw new Error("not built yet");
    });
}
