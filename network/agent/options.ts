/** What the agent is told: flags first, the environment second. The node's key comes from a file and nowhere else. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Address } from "../../gateway/src/kernel/ids.ts";
import { parseAddress } from "../../gateway/src/kernel/ids.ts";
import { AgentStop } from "./agent-stop.ts";

export const HELP = `The agent of an alliance member's node: attests once a window, claims rewards, reports its health.
联盟节点代理：每个窗口证明一次节点在线，领取奖励，并报告自身状态。

  node network/agent/main.ts --key-file FILE [options]        npm run agent -- --key-file FILE [options]

  --key-file FILE       the node's private key, 64 hex digits, as Besu writes it (AGENT_KEY_FILE)      节点私钥文件
  --rpc URL[,URL]       the node's JSON-RPC; others are tried in turn (LEDGER_RPC_URL,
                        default http://127.0.0.1:8545)                                                 节点 RPC 地址
  --deployment FILE     where the contracts are (AGENT_DEPLOYMENT, default .data/deployment.json)      合约部署文件
  --node-rewards 0x…    instead of the file: address of NodeRewards, together with --alliance          或直接给出
  --alliance 0x…        instead of the file: address of Alliance                                       合约地址
  --state-dir DIR       keeps what must survive a crash (AGENT_STATE_DIR, default .data/agent)         状态目录
  --health-port N       GET http://127.0.0.1:N/health (AGENT_HEALTH_PORT, default 9545, 0 any free)    健康检查端口
  --network-dir DIR     the network's folder, as init or join made it: follows the alliance with the node:
                        keeps its allow-list, votes validators in and out, announces its enode
                        (AGENT_NETWORK_DIR)                                                跟随联盟:白名单、投票、公布节点
  --node-rpc URL        this key's own node, with QBFT, PERM and ADMIN in rpc-http-api
                        (AGENT_NODE_RPC, default the first of --rpc)                       本密钥的节点 RPC
  --settle-blocks N     a change is followed when it has stood for N blocks
                        (AGENT_SETTLE_BLOCKS, default 10)                                  变更稳定 N 个区块后跟随
  --no-claim            attests only; anybody may claim for the member (AGENT_CLAIM=false)             不自动领取
  --attest-every N      attests in each N-th window only (AGENT_ATTEST_EVERY, default 1): below the
                        required share the member earns nothing                                        每 N 个窗口一次
  --timeout-ms N        one request to the node (AGENT_TIMEOUT_MS, default 10000)                      请求超时
  --poll-ms N           between two looks at the chain (AGENT_POLL_MS, default 1000)                   轮询间隔
  --log-level L         debug, info, warn, error or silent (LEDGER_LOG_LEVEL, default info)            日志级别
  --help                this text                                                                      本帮助

Examples 示例
  node network/agent/main.ts --key-file /etc/besu/key --deployment /etc/ledger/deployment.json
  AGENT_KEY_FILE=node.key LEDGER_RPC_URL=http://127.0.0.1:8545,http://10.0.0.7:8545 npm run agent
  node network/agent/main.ts --key-file .network/nodes/shop-a-1/key --deployment .network/deployment.json \\
    --network-dir .network --node-rpc http://127.0.0.1:8545 --state-dir .network/nodes/shop-a-1/agent
  curl -s http://127.0.0.1:9545/health

Exit codes 退出码: 0 stopped as asked 正常停止 · 1 unexpected 意外错误 · 2 options or files 参数或文件错误 ·
3 another chain or no contract 链或合约不符 · 4 health port taken 端口被占用
`;

export interface AgentOptions {
  readonly keyFile: string;
  readonly rpcUrls: readonly string[];
  readonly contracts: { readonly file: string } | { readonly alliance: Address; readonly nodeRewards: Address };
  readonly stateDir: string;
  readonly healthPort: number;
  readonly claims: boolean;
  readonly attestEvery: number;
  readonly timeoutMs: number;
  readonly pollMs: number;
  readonly logLevel: string;
  /** Undefined: the node's allow-list and votes are left alone. */
  readonly follow: FollowOptions | undefined;
}

export interface FollowOptions {
  readonly networkDir: string;
  readonly nodeRpc: string;
  readonly settleBlocks: number;
}

const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"];

type Environment = Readonly<Record<string, string | undefined>>;

const text = { type: "string" } as const;
const FLAGS = {
  help: { type: "boolean" },
  claim: { type: "boolean" },
  "key-file": text,
  rpc: text,
  deployment: text,
  "node-rewards": text,
  alliance: text,
  "state-dir": text,
  "health-port": text,
  "attest-every": text,
  "timeout-ms": text,
  "poll-ms": text,
  "network-dir": text,
  "node-rpc": text,
  "settle-blocks": text,
  "log-level": text,
} as const;

/** "help" when that was asked for. Throws `AgentStop` with what to put right. */
export function readOptions(args: readonly string[], env: Environment): AgentOptions | "help" {
  const flags = parseFlags(args);
  if (flags.help === true) return "help";
  const given = (flag: string | undefined, name: string, otherwise = ""): string => flag ?? (env[name] || otherwise);
  const keyFile = given(flags["key-file"], "AGENT_KEY_FILE");
  if (keyFile === "") stop("--key-file: name the file that holds the node's private key");
  const logLevel = given(flags["log-level"], "LEDGER_LOG_LEVEL", "info");
  if (!LOG_LEVELS.includes(logLevel)) stop(`--log-level: one of ${LOG_LEVELS.join(", ")}, not "${logLevel}"`);
  const number = (flag: string | undefined, name: string, bounds: Bounds): number =>
    parseWhole(given(flag, name, String(bounds.otherwise)), bounds);
  const rpcUrls = parseUrls(given(flags.rpc, "LEDGER_RPC_URL", "http://127.0.0.1:8545"), "--rpc");
  return {
    keyFile: resolve(keyFile),
    rpcUrls,
    contracts: contractsOf(flags, given(flags.deployment, "AGENT_DEPLOYMENT", ".data/deployment.json")),
    stateDir: resolve(given(flags["state-dir"], "AGENT_STATE_DIR", ".data/agent")),
    healthPort: number(flags["health-port"], "AGENT_HEALTH_PORT", bounds("--health-port", 0, 65_535, 9_545)),
    claims: flags.claim ?? env["AGENT_CLAIM"] !== "false",
    attestEvery: number(flags["attest-every"], "AGENT_ATTEST_EVERY", bounds("--attest-every", 1, 1_000_000, 1)),
    timeoutMs: number(flags["timeout-ms"], "AGENT_TIMEOUT_MS", bounds("--timeout-ms", 100, 120_000, 10_000)),
    pollMs: number(flags["poll-ms"], "AGENT_POLL_MS", bounds("--poll-ms", 50, 60_000, 1_000)),
    logLevel,
    follow: followOf({
      networkDir: given(flags["network-dir"], "AGENT_NETWORK_DIR"),
      nodeRpc: given(flags["node-rpc"], "AGENT_NODE_RPC", rpcUrls[0]),
      settleBlocks: number(flags["settle-blocks"], "AGENT_SETTLE_BLOCKS", bounds("--settle-blocks", 0, 1_000, 10)),
    }),
  };
}

function followOf({ networkDir, nodeRpc, settleBlocks }: FollowOptions): FollowOptions | undefined {
  if (networkDir === "") return undefined;
  const [url = "", ...more] = parseUrls(nodeRpc, "--node-rpc");
  if (more.length > 0) stop("--node-rpc: one node, the one that runs with this key");
  return { networkDir: resolve(networkDir), nodeRpc: url, settleBlocks };
}

interface Bounds {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly otherwise: number;
}

function bounds(name: string, min: number, max: number, otherwise: number): Bounds {
  return { name, min, max, otherwise };
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS, allowPositionals: false, allowNegative: true }).values;
  } catch (error) {
    return stop((error as Error).message.split(". ")[0] ?? "the flags");
  }
}

function contractsOf(flags: ReturnType<typeof parseFlags>, file: string): AgentOptions["contracts"] {
  const { alliance, "node-rewards": nodeRewards } = flags;
  if (alliance === undefined && nodeRewards === undefined) return { file: resolve(file) };
  if (alliance === undefined || nodeRewards === undefined)
    return stop("--alliance and --node-rewards: give both or none");
  return { alliance: addressOf(alliance, "--alliance"), nodeRewards: addressOf(nodeRewards, "--node-rewards") };
}

function addressOf(value: string, name: string): Address {
  try {
    return parseAddress(value);
  } catch {
    return stop(`${name}: must be 0x and 40 hex digits`);
  }
}

function parseUrls(list: string, name: string): string[] {
  const urls = list.split(",").map((part) => part.trim());
  if (urls.some((url) => !/^https?:\/\/\S+$/.test(url)))
    stop(`${name}: must be http:// or https://, several by commas`);
  return urls;
}

function parseWhole(value: string, { name, min, max }: Bounds): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= min && number <= max) return number;
  return stop(`${name}: must be a whole number from ${min} to ${max}, not "${value}"`);
}

function stop(problem: string): never {
  throw new AgentStop("options", `${problem}. See --help. 参数有误，见 --help。`);
}
