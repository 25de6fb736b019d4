/** `npm run network -- <command>`: a consortium network of Besu nodes, from one program per organisation. */
import { Command } from "commander";
import { cutSecrets } from "../../gateway/src/kernel/pino-log.ts";
import { LedgerError } from "../../gateway/src/kernel/errors.ts";
import { SetupError } from "../../scripts/tooling/setup-error.ts";
import { EXIT_CODES, NetworkError } from "../plan/network-error.ts";
import { addAccept } from "./commands/accept.ts";
import { addAdmit } from "./commands/admit.ts";
import { addBackup } from "./commands/backup.ts";
import { addDeploy } from "./commands/deploy.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addDown } from "./commands/down.ts";
import { addEmergencyTransition } from "./commands/emergency-transition.ts";
import { addExecute } from "./commands/execute.ts";
import { addFollowAlliance } from "./commands/follow-alliance.ts";
import { addHandOver } from "./commands/hand-over.ts";
import { addInit } from "./commands/init.ts";
import { addInvite } from "./commands/invite.ts";
import { addJoin } from "./commands/join.ts";
import { addKeys } from "./commands/keys.ts";
import { addLeave } from "./commands/leave.ts";
import { addLogs } from "./commands/logs.ts";
import { addRestore } from "./commands/restore.ts";
import { addRotateKey } from "./commands/rotate-key.ts";
import { addStatus } from "./commands/status.ts";
import { addUp } from "./commands/up.ts";
import { addVote } from "./commands/vote.ts";

/** In the order in which an operator meets them. */
const COMMANDS = [
  addInit,
  addKeys,
  addUp,
  addDown,
  addStatus,
  addLogs,
  addDeploy,
  addHandOver,
  addAdmit,
  addVote,
  addExecute,
  addFollowAlliance,
  addInvite,
  addAccept,
  addJoin,
  addLeave,
  addRotateKey,
  addDoctor,
  addBackup,
  addRestore,
  addEmergencyTransition,
];

const EXAMPLES = `
Examples 示例
  npm run network -- init --example > network.yaml      a network of four organisations and an observer 四家机构加一个观察节点
  npm run network -- init network.yaml                  keys, genesis and configuration into .network/
  BESU_HOME=/opt/besu npm run network -- up             starts the nodes, waits for blocks
  npm run network -- doctor                             what is wrong, and what to do

Exit codes 退出码: 0 done 成功 · 1 unexpected 意外错误 · 2 options or files 参数或文件 · 3 this computer 本机环境 ·
4 the network is not in that state 网络状态不符 · 5 refused: signature, digest or key 签名、摘要或密钥不符
`;

function program(): Command {
  const root = new Command("network")
    .description("A consortium network of Hyperledger Besu nodes (QBFT) 联盟链网络工具")
    .addHelpText("after", EXAMPLES)
    .showHelpAfterError("(see --help 参见 --help)")
    .exitOverride();
  for (const add of COMMANDS) add(root);
  return root;
}

/** What commander's errors and the system's have besides their message. */
interface FailureFields {
  readonly code?: string;
  readonly exitCode?: number;
  readonly stack?: string;
  readonly path?: string;
  readonly message?: string;
}

async function main(): Promise<number> {
  try {
    await program().parseAsync(process.argv);
    return 0;
  } catch (error) {
    if (error instanceof NetworkError) {
      process.stderr.write(`${cutSecrets(error.message)}\n`);
      return error.exitCode;
    }
    // What the chain's client and the deployment say is a whole sentence too.
    if (error instanceof LedgerError || error instanceof SetupError) {
      process.stderr.write(`${cutSecrets(error.message)}\n`);
      return EXIT_CODES.network;
    }
    const { code, exitCode, stack, path, message } = error as FailureFields;
    // Commander has said it already: help was asked for (0), or the options are wrong.
    if (code?.startsWith("commander.") === true) return exitCode === 0 ? 0 : 2;
    // A file system error: somebody else's folder, a full disk. No bug, and nothing that a stack would explain.
    if (path !== undefined && code !== undefined) {
      process.stderr.write(
        `${message ?? code}. Check who owns ${path}, its rights and the free space, then run again.\n`,
      );
      return EXIT_CODES.machine;
    }
    process.stderr.write(`${cutSecrets(stack ?? String(error))}\n`);
    return 1;
  }
}

process.exitCode = await main();
