import type { Command } from "commander";
import { restore } from "../../nodes/restore.ts";
import { DEFAULT_DIR, networkFolder } from "../../plan/folder.ts";
import { startProgress } from "../progress.ts";

const HELP = `
Every file is checked against its SHA-256 before anything is put in place. In a folder that holds a network the backup must
be of the same chain, and only the data are taken; in an empty folder everything is, and you put the key there afterwards.
A validator's data serve any other node (--node): they hold the chain and nobody's key. Never run two nodes with one key.
放回前逐一校验文件摘要；数据中不含私钥，可用于其他节点；切勿用同一私钥运行两个节点。

Examples 示例
  npm run network -- restore /backup/alpha-1.tar
  npm run network -- restore /backup/alpha-1.tar --node auditor --replace
`;

interface RestoreFlags {
  readonly dir: string;
  readonly node?: string;
  readonly replace?: boolean;
}

export function addRestore(program: Command): void {
  program
    .command("restore")
    .argument("<file>", "an archive that backup made 备份文件")
    .description("Puts a node's data back from a backup\n从备份恢复节点数据")
    .option("--node <id>", "the node that takes the data; otherwise the one they are of 目标节点")
    .option("--replace", "moves data that are there aside 先移开已有数据")
    .option("--dir <folder>", "the network's folder 网络目录", DEFAULT_DIR)
    .addHelpText("after", HELP)
    .action(async (file: string, { dir, node, replace = false }: RestoreFlags) => {
      const folder = networkFolder(dir);
      const done = await restore(folder, { file, nodeId: node, replaces: replace }, startProgress());
      console.log(`${done.nodeId} has the data of ${done.manifest.nodeId} as of ${done.manifest.madeAt}.`);
      if (done.setAside !== undefined)
        console.log(`What was there before: ${done.setAside}. Delete it when all is well.`);
      const key = folder.node(done.nodeId).key;
      console.log(
        done.hasKey
          ? `Next 下一步: up --node ${done.nodeId}; it fetches the blocks made since from the others.`
          : `Next 下一步: put the node's key at ${key} (chmod 600), then up --node ${done.nodeId}.`,
      );
    });
}
