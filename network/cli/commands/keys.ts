import type { Command } from "commander";

export function addKeys(program: Command): void {
  program
    .command("keys")
    .description(
      "Makes the node keys of one organisation and prints what it may show others\n为一家机构生成节点密钥，并打印可公开的部分",
    )
    .action(() => {
      throw new Error("not built yet");
    });
}
