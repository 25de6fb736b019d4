import { existsSync } from "node:fs";
import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { networkStatus } from "../../nodes/status.ts";
import { DEFAULT_DIR, networkFolder } from "../../plan/folder.ts";
import { NetworkError } from "../../plan/network-error.ts";
import { readNetworkFile } from "../../plan/network-file.ts";
import { statusText } from "../status-table.ts";

const HELP = `
One row a node. process: its id when \`up\` started it, "not ours" when docker, systemd or a hand did; seals: whether it may
seal the next block; agent: what its agent reports (ok, notMember, stalled …). Nodes of other computers are "connected"
when one of ours has them as peer. With --rpc any nodes are asked, also without a network's folder.
每行一个节点；--rpc 可查询任意节点，无需本地网络目录。

Exit code 4 when no node answers. 没有节点应答时退出码为 4。

Examples 示例
  npm run network -- status
  npm run network -- status --rpc http://127.0.0.1:8545,http://10.0.0.7:8545 --json
`;

interface StatusFlags {
  readonly dir: string;
  readonly rpc?: string[];
  readonly json?: boolean;
}

export function addStatus(program: Command): void {
  program
    .command("status")
    .description("Shows nodes, validators, head, peers and agents\n查看节点、验证者、区块高度、对等节点与代理")
    .option("--dir <folder>", "the network's folder 网络目录", DEFAULT_DIR)
    .option("--rpc <urls>", "asks these nodes instead, separated by commas 改为查询这些节点", urls)
    .option("--json", "for programs 输出 JSON")
    .addHelpText("after", HELP)
    .action(async ({ dir, rpc, json }: StatusFlags) => {
      const folder = networkFolder(dir);
      const network = rpc !== undefined && !existsSync(folder.network) ? undefined : readNetworkFile(folder);
      const status = await networkStatus({ folder, network, urls: rpc });
      if (json === true) console.log(JSON.stringify(status, null, 2));
      else console.log(statusText(status, network?.chain.blockPeriodSeconds ?? 2));
      if (status.head === undefined)
        throw new NetworkError("network", "No node answers. Start them with `up`; `doctor` says more. 没有节点应答。");
    });
}

function urls(text: string): string[] {
  const list = text.split(",").map((part) => part.trim());
  if (list.every((url) => /^https?:\/\/\S+$/.test(url))) return list;
  throw new InvalidArgumentError("It must be http:// or https:// addresses, separated by commas.");
}
