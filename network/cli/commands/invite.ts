import type { Command } from "commander";

export function addInvite(program: Command): void {
  program
    .command("invite")
    .description("Writes a signed invitation for an organisation\n为一家机构签发邀请文件")
    .action(() => {
      throw new Error("not built yet");
    });
}
