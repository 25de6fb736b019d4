import type { Command } from "commander";
import { isHealthy } from "../../doctor/diagnose.ts";
import { examine } from "../../doctor/examine.ts";
import { reportJson, reportText } from "../../doctor/report.ts";
import { networkFolder } from "../../plan/folder.ts";
import { NetworkError } from "../../plan/network-error.ts";
import { addSelection } from "../selection.ts";
import type { SelectionFlags } from "../selection.ts";

const HELP = `
Looks at the nodes of this computer: JSON-RPC, metrics, the ends of their logs, the folder's files, disks, ports, the
clock and the agents. It changes nothing and works with nodes down. Other organisations' nodes are seen only as peers of
ours. An old head is watched for two block periods before it is called one. Each finding has a stable code, the numbers
seen and what to do; docs/operations.md has a drill for the common ones.
只读检查本机节点：RPC、指标、日志、文件、磁盘、端口、时钟与代理；每条发现都有固定代码、数字和处理办法。

!! critical 严重   ! warning 警告   i notice 提示（提示不影响退出码）
Exit code 4 when something is wrong. 发现问题时退出码为 4。

Examples 示例
  npm run network -- doctor
  npm run network -- doctor --organisation alpha --json | jq '.findings[].code'
`;

export function addDoctor(program: Command): void {
  addSelection(program.command("doctor"))
    .description("Says why the chain is not moving and what to do\n说明链为何停滞以及如何处理")
    .option("--json", "for programs 输出 JSON")
    .addHelpText("after", HELP)
    .action(async ({ dir, json, ...selection }: SelectionFlags & { json?: boolean }) => {
      // Progress goes beside the answer, so that --json is JSON and nothing else.
      const say = (line: string): void => void process.stderr.write(`${line}\n`);
      const examination = await examine(networkFolder(dir), { ...selection, env: process.env, say });
      console.log(json === true ? reportJson(examination) : reportText(examination));
      const bad = examination.findings.filter(({ severity }) => severity !== "notice");
      if (!isHealthy(examination.findings))
        throw new NetworkError(
          "network",
          `${bad.length} findings: ${[...new Set(bad.map(({ code }) => code))].join(", ")}.`,
        );
    });
}
