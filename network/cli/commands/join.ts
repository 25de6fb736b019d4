import type { Command } from "commander";

export function addJoin(program: Command): void {
  program
    .command("join")
    .description(
      "Verifies an invitation, starts a node, syncs and asks for admission\n验证邀请、启动节点、同步并申请加入",
    )
    .action(() => {
      throw new Error("not built yet");
    });
}
