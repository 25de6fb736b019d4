import type { Command } from "commander";

export function addAdmit(program: Command): void {
  program
    .command("admit")
    .description("Proposes the admission of an organisation to the council\n向理事会提案接纳一家机构")
    .action(() => {
      throw new Error("not built yet");
    });
}
