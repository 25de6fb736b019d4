import type { Command } from "commander";

export function addHandOver(program: Command): void {
  program
    .command("hand-over")
    .description("Admits the other organisations of this computer by council proposals\n通过理事会提案接纳其余机构")
    .action(() => {
      throw new Error("not built yet");
    });
}
