import type { Command } from "commander";

export function addExecute(program: Command): void {
  program
    .command("execute")
    .description("Executes a council proposal whose delay is over\n执行已过延迟期的理事会提案")
    .action(() => {
      throw new Error("not built yet");
    });
}
