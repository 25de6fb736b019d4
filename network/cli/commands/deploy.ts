import type { Command } from "commander";

export function addDeploy(program: Command): void {
  program
    .command("deploy")
    .description("Deploys the ledger's contracts\n部署账本合约")
    .action(() => {
      throw new Error("not built yet");
    });
}
