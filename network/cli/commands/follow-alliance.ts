import type { Command } from "commander";

export function addFollowAlliance(program: Command): void {
  program
    .command("follow-alliance")
    .description(
      "Contract mode: lets the genesis validator contract follow the alliance\n合约模式：让创世验证者合约跟随联盟合约",
    )
    .action(() => {
      throw new Error("not built yet");
    });
}
