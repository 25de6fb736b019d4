import type { Command } from "commander";
import { examine } from "../../doctor/examine.ts";
import { reportText } from "../../doctor/report.ts";
import { bringUp } from "../../nodes/bring-up.ts";
import { NotUp } from "../../nodes/wait.ts";
import { networkFolder } from "../../plan/folder.ts";
import { startProgress } from "../progress.ts";
import { count } from "../option-values.ts";
import { addSelection } from "../selection.ts";
import type { SelectionFlags } from "../selection.ts";

const HELP = `
Besu is taken from BESU_HOME (the folder that holds bin/besu, 26.8.0 or newer); Java from JAVA_HOME, else the PATH's,
else one of 25 or newer in the usual places. A node that runs already, also by docker compose or systemd, is left alone:
then BESU_HOME is not needed. Nodes and agents go on when this command ends; \`down\` stops them. Their logs: \`logs\`.
When blocks do not come in time it says what \`doctor\` finds and ends with 4; the nodes go on and may still get there.
已在运行的节点（包括 docker compose 或 systemd 启动的）不受影响；命令结束后节点与代理继续运行，用 down 停止。

Examples 示例
  BESU_HOME=/opt/besu-26.8.0 npm run network -- up
  BESU_HOME=/opt/besu-26.8.0 npm run network -- up --organisation alpha --no-wait    the others are not up yet
  docker compose -f .network/docker-compose.yml up -d && npm run network -- up       waits, then starts the agents
`;

export function addUp(program: Command): void {
  addSelection(program.command("up"))
    .description("Starts the nodes of this computer and waits until blocks are made\n启动本机节点并等待出块")
    .option("--no-wait", "does not wait for blocks, only until the nodes answer 仅等待节点应答，不等待出块")
    .option("--timeout <seconds>", "how long it waits for answers, then for blocks 等待秒数", count, 300)
    .addHelpText("after", HELP)
    .action(async ({ dir, timeout, wait, ...selection }: SelectionFlags & { timeout: number; wait: boolean }) => {
      const options = { ...selection, timeoutMs: timeout * 1_000, waitsForBlocks: wait };
      const folder = networkFolder(dir);
      const say = startProgress();
      try {
        await bringUp(folder, options, say);
      } catch (error) {
        if (!(error instanceof NotUp)) throw error;
        console.log(reportText(await examine(folder, { ...selection, env: process.env, say })));
        throw error;
      }
    });
}
