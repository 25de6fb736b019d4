import type { Command } from "commander";

export function addRotateKey(program: Command): void {
  program
    .command("rotate-key")
    .description("Gives a validator a new key without stopping the chain\n在不停链的情况下更换验证者密钥")
    .action(() => {
      throw new Error("not built yet");
    });
}
