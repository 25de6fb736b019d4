import type { Command } from "commander";

export function addStatus(program: Command): void {
  program
    .command("status")
    .description("Shows nodes, validators, head, peers and agents\n查看节点、验证者、区块高度、对等节点与代理")
    .action(() => {
      throw new Error("not built yet");
    });
}
