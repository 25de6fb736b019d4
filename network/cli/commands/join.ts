import type { Command } from "commander";
import { verifyInvitation } from "../../membership/invitation.ts";
import { hasBegun } from "../../membership/joining-folder.ts";
import { joinNetwork } from "../../membership/join.ts";
import { readJsonFile } from "../../membership/signed-file.ts";
import { parseAddress } from "../../../gateway/src/kernel/ids.ts";
import { DEFAULT_DIR, networkFolder } from "../../plan/folder.ts";
import { NetworkError } from "../../plan/network-error.ts";
import { ownerOfFiles } from "../membership-options.ts";
import { count } from "../option-values.ts";
import { startProgress } from "../progress.ts";

interface JoinOptions {
  readonly dir: string;
  readonly signer?: string;
  readonly host: string;
  readonly p2pPort: number;
  readonly rpcPort: number;
  readonly wsPort: number;
  readonly metricsPort: number;
  readonly heapMb: number;
  readonly wait: number;
}

const MORE = `
Verifies the invitation, makes keys, writes the folder and node-card.json, starts the node and waits, step by step:
  1. until the inviter has accepted the card (accept node-card.json)      等待邀请方接受名片
  2. until the node has caught up with the chain                          等待同步
  3. until the council has admitted the organisation (admit admission-request.json, then vote and execute by others) 等待理事会接纳
  4. until the validators have voted the node in                          等待投票加入
Run the same join again at any time: it goes on where it stood. Exit code 4: still waiting; 5: do not trust this invitation.
Example 示例: BESU_HOME=/opt/besu npm run network -- join invitation.json --signer 0x… --host 203.0.113.7
`;

export function addJoin(program: Command): void {
  program
    .command("join")
    .description(
      "Verifies an invitation, starts a node, syncs and asks for admission\n验证邀请、启动节点、同步并申请加入",
    )
    .argument("<invitation>", "the file that the inviter sent 邀请文件")
    .option("--dir <dir>", "where the network's files go 网络文件目录", DEFAULT_DIR)
    .option("--signer <address>", "who must have signed it, told by telephone 经其他途径核对的签发人地址")
    .requiredOption("--host <ip>", "the IP address that the other nodes dial 其他节点访问的 IP 地址")
    .option("--p2p-port <port>", "reached by the others (TCP) 对外端口", count, 30_303)
    .option("--rpc-port <port>", "on this computer only 仅本机", count, 8_545)
    .option("--ws-port <port>", "on this computer only 仅本机", count, 8_546)
    .option("--metrics-port <port>", "on this computer only 仅本机", count, 9_545)
    .option("--heap-mb <mib>", "Java heap 内存", count, 2_048)
    .option("--wait <seconds>", "how long each step waits 每一步最长等待秒数", count, 600)
    .addHelpText("after", MORE)
    .action(joinCommand);
}

async function joinCommand(path: string, options: JoinOptions): Promise<void> {
  const { signer, dir, host, heapMb, wait } = options;
  const folder = networkFolder(dir);
  const expected = signer === undefined ? undefined : readSigner(signer);
  const json = readJsonFile(path, "invitation");
  // A council takes days: whoever began in time may go on after the invitation has expired.
  const now = hasBegun(folder, json) ? 0 : Math.floor(Date.now() / 1_000);
  const invitation = verifyInvitation(json, { now, signer: expected });
  const say = startProgress();
  if (expected === undefined)
    say(
      `! ask ${invitation.inviter} by telephone whether ${invitation.signer} is its representative; --signer checks it`,
    );
  await joinNetwork({
    ...{ folder, invitation, say, patienceSeconds: wait, owner: ownerOfFiles() },
    newNode: {
      host,
      heapMb,
      ports: { p2p: options.p2pPort, rpc: options.rpcPort, ws: options.wsPort, metrics: options.metricsPort },
    },
  });
}

function readSigner(text: string) {
  try {
    return parseAddress(text);
  } catch {
    throw new NetworkError("input", "--signer: must be 0x and 40 hex digits.");
  }
}
