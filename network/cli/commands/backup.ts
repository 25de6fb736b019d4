import type { Command } from "commander";
import { backUp, sizeText } from "../../nodes/backup.ts";
import { DEFAULT_DIR, networkFolder } from "../../plan/folder.ts";
import { startProgress } from "../progress.ts";

const HELP = `
One tar: the chain's data, configuration and allow-list, genesis.json, network.json, deployment.json. No key is in it:
keep nodes/<id>/key and organisations/<slug>/representative.key in a vault of their own. Inside stands a SHA-256 of every
file, which restore checks. A validator that is stopped for it counts as one that is away.
备份不含任何私钥，私钥须另行保管；恢复时校验每个文件的摘要。停机备份期间该验证者视为离线。

Examples 示例
  npm run network -- down --node alpha-1
  npm run network -- backup alpha-1 --to /backup/alpha-1.tar
  BESU_HOME=/opt/besu npm run network -- up --node alpha-1
`;

export function addBackup(program: Command): void {
  program
    .command("backup")
    .argument("<node>", "which node 节点")
    .description("Copies a stopped node's data into one file\n把已停止节点的数据备份为一个文件")
    .requiredOption("--to <file>", "where the archive goes; must not be there yet 备份文件，须尚不存在")
    .option("--dir <folder>", "the network's folder 网络目录", DEFAULT_DIR)
    .addHelpText("after", HELP)
    .action(async (nodeId: string, { to, dir }: { to: string; dir: string }) => {
      const { files } = await backUp(networkFolder(dir), { nodeId, file: to }, startProgress());
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      console.log(`${to}: ${files.length} files, ${sizeText(bytes)} of ${nodeId}. No key is in it: keep those apart.`);
    });
}
