import type { Command } from "commander";

export function addLeave(program: Command): void {
  program
    .command("leave")
    .description(
      "Takes this organisation out of the alliance and stops its node when it is voted out\n退出联盟，节点被投出后停止",
    )
    .action(() => {
      throw new Error("not built yet");
    });
}
