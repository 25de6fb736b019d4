import type { Command } from "commander";

export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description("Says why the chain is not moving and what to do\n说明链为何停滞以及如何处理")
    .action(() => {
      throw new Error("not built yet");
    });
}
