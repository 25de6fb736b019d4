import { relative } from "node:path";
import { Option } from "commander";
import type { Command } from "commander";
import { selectNodes } from "../../nodes/bring-up.ts";
import { followLines, lastLines } from "../../nodes/log-reader.ts";
import { networkFolder } from "../../plan/folder.ts";
import { readNetworkFile } from "../../plan/network-file.ts";
import { count } from "../option-values.ts";
import { addSelection } from "../selection.ts";
import type { SelectionFlags } from "../selection.ts";

interface LogFlags extends SelectionFlags {
  readonly lines: number;
  readonly follow?: boolean;
  readonly agent?: boolean;
}

const HELP = `
Besu's own words go to nodes/<id>/logs/besu.log, the agent's to agent.log beside it. Containers log to docker:
docker compose logs. 容器节点的日志请用 docker compose logs 查看。

Examples 示例
  npm run network -- logs --node alpha-1 --lines 50
  npm run network -- logs --agent --follow
`;

export function addLogs(program: Command): void {
  addSelection(program.command("logs"))
    .description("Shows the logs of a node\n查看节点日志")
    .option("-n, --lines <count>", "how many of the last lines 显示最后几行", count, 100)
    .option("-f, --follow", "and those that come, until Ctrl-C 持续显示，Ctrl-C 结束")
    .addOption(new Option("--agent", "the agent's log instead of Besu's 代理日志"))
    .addHelpText("after", HELP)
    .action(async ({ dir, lines, follow, agent, ...selection }: LogFlags) => {
      const folder = networkFolder(dir);
      const nodes = selectNodes(folder, readNetworkFile(folder), selection);
      const files = nodes.map(({ id }) => {
        const { besuLog, agentLog } = folder.node(id);
        return { file: agent === true ? agentLog : besuLog, mark: nodes.length > 1 ? `${id} | ` : "" };
      });
      for (const { file, mark } of files) {
        const last = lastLines(file, lines);
        if (last.length === 0) console.error(`${mark}${relative(process.cwd(), file)} holds nothing yet.`);
        for (const line of last) console.log(`${mark}${line}`);
      }
      if (follow === true) await followAll(files);
    });
}

async function followAll(files: readonly { file: string; mark: string }[]): Promise<void> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      stop.abort();
    });
  await Promise.all(files.map(({ file, mark }) => followLines(file, (line) => console.log(mark + line), stop.signal)));
}
