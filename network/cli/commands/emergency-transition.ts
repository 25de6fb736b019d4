import type { Command } from "commander";

export function addEmergencyTransition(program: Command): void {
  program
    .command("emergency-transition")
    .description(
      "Writes the genesis transition that names new validators when the quorum is lost\n法定人数丢失时，写入指定新验证者的创世过渡项",
    )
    .action(() => {
      throw new Error("not built yet");
    });
}
