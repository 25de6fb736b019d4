import type { Command } from "commander";

export function addVote(program: Command): void {
  program
    .command("vote")
    .description("Votes on a council proposal with a representative's key\n用代表密钥对理事会提案投票")
    .action(() => {
      throw new Error("not built yet");
    });
}
