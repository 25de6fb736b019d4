import type { Command } from "commander";

export function addInit(program: Command): void {
  program
    .command("init")
    .description(
      "Makes a network from one YAML: keys, genesis, configuration, and how to start it\n由一个 YAML 生成整个网络：密钥、创世块、配置与启动方法",
    )
    .action(() => {
      throw new Error("not built yet");
    });
}
