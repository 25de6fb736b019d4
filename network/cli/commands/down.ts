import type { Command } from "commander";
import { selectNodes } from "../../nodes/bring-up.ts";
import { takeDown } from "../../nodes/take-down.ts";
import { networkFolder } from "../../plan/folder.ts";
import { readNetworkFile } from "../../plan/network-file.ts";
import { startProgress } from "../progress.ts";
import { addSelection } from "../selection.ts";
import type { SelectionFlags } from "../selection.ts";

const HELP = `
Agents first, then the nodes, each asked to stop (SIGTERM) and killed after 60 s. What docker or systemd started is left
to them. Stopping more than a third of all validators stops the chain until they are back: nothing is lost.
先停代理再停节点；由 docker 或 systemd 启动的须由其停止。停掉超过三分之一的验证者会使全链暂停，恢复后继续。

Examples 示例
  npm run network -- down
  npm run network -- down --node alpha-1
`;

export function addDown(program: Command): void {
  addSelection(program.command("down"))
    .description("Stops the nodes of this computer\n停止本机节点")
    .addHelpText("after", HELP)
    .action(async ({ dir, ...selection }: SelectionFlags) => {
      const folder = networkFolder(dir);
      const nodes = selectNodes(folder, readNetworkFile(folder), selection);
      await takeDown(folder, nodes, startProgress());
    });
}
