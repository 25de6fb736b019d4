/** Findings about this computer: clock, disk, ports, files, and what Besu said before it ended. */
import { bestOf, missedNames } from "./chain.ts";
import type { FindingCode } from "../catalogue.ts";
import type { DiskFacts, Facts, LogSigns, NodeFacts, Trouble } from "../facts.ts";
import { finding } from "../finding.ts";
import type { Finding, Seen } from "../finding.ts";

/** Besu takes a block that is one second in the future (acceptableClockDriftSeconds), no more. */
const CLOCK_SECONDS_MAX = 1;
/** A block needs some time to be agreed on, more on a busy computer: below that it is no sign. */
const CLOCK_AHEAD_SECONDS = 5;
const GIB = 1024 ** 3;
/** A ledger of four validators grows by less than 1 GiB a day; a week's notice. */
const DISK_LOW = { share: 0.1, bytes: 10 * GIB };
const DISK_FULL = { share: 0.02, bytes: 1 * GIB };
const OTHERS_MAY_READ = 0o077;

export function judgeMachine(facts: Facts): Finding[] {
  return [
    ...judgeClock(facts),
    ...judgeDisks(facts),
    ...judgeBesu(facts),
    ...facts.here.flatMap((node) => [...judgePorts(node), ...judgeKeyFile(node), ...judgeLog(facts, node)]),
  ];
}

function judgeClock(facts: Facts): Finding[] {
  const said = facts.machine.isClockSynchronised === false ? [finding("clock_unsynchronised", "computer")] : [];
  return [...headClock(facts), ...facts.here.flatMap((node) => refusedBlocks(facts, node)), ...said];
}

/** Who refuses blocks of the future and falls behind is slow itself; who keeps up has most validators on its side. */
function refusedBlocks(facts: Facts, { node, rpc, log }: NodeFacts): Finding[] {
  const seconds = log?.futureBlockSeconds;
  if (seconds === undefined || rpc?.head === undefined) return [];
  const lag = (bestOf(facts)?.head?.timestamp ?? 0) - rpc.head.timestamp;
  if (lag >= seconds / 2)
    return [
      wrongClock(node.id, {
        seconds,
        what: `The node's clock is about ${seconds} s behind: it refuses the others' blocks as being of the future.`,
        whatZh: `节点时钟约慢 ${seconds} 秒：它把别人的区块当作未来区块而拒绝。`,
      }),
    ];
  const missed = missedNames(facts);
  return [
    wrongClock("network", {
      seconds,
      missed,
      what: `A validator's clock is about ${seconds} s ahead: the others refuse its blocks. Whose turn was missed: ${missed || "not known"}.`,
      whatZh: `某验证者的时钟约快 ${seconds} 秒：其区块被其他节点拒绝。错过轮次的验证者：${missed || "未知"}。`,
    }),
  ];
}

/** A head of the future, or an old one on a chain that moves: this clock and the proposers' differ. */
function headClock(facts: Facts): Finding[] {
  const head = bestOf(facts)?.head;
  if (head === undefined) return [];
  const age = facts.now - head.timestamp;
  if (age < -CLOCK_SECONDS_MAX) {
    const seconds = Math.round(-age);
    return [
      wrongClock("computer", {
        seconds,
        what: `The newest block is ${seconds} s ahead of this computer's clock: it is behind, or the validators' clocks are ahead.`,
        whatZh: `最新区块比本机时钟超前 ${seconds} 秒：本机时钟偏慢，或验证者时钟偏快。`,
      }),
    ];
  }
  // A block that comes is new: its age is the difference of the clocks, whatever rounds it took.
  if (facts.watched === undefined || facts.watched.blocks === 0 || facts.watched.ageSeconds < CLOCK_AHEAD_SECONDS)
    return [];
  const seconds = Math.round(facts.watched.ageSeconds);
  return [
    wrongClock("computer", {
      seconds,
      what: `Blocks come, but the newest is ${seconds} s old by this computer's clock: it is ahead, or the validators' clocks are behind.`,
      whatZh: `区块在正常产生，但按本机时钟最新区块已有 ${seconds} 秒：本机时钟偏快，或验证者时钟偏慢。`,
    }),
  ];
}

function wrongClock(about: string, numbers: Seen): Finding {
  return finding("clock_wrong", about, numbers);
}

function judgeBesu({ machine: { besuProblem: problem } }: Facts): Finding[] {
  return problem === undefined ? [] : [finding("besu_unusable", "computer", { problem })];
}

/** Several nodes on one disk are one finding. */
function judgeDisks({ here, machine }: Facts): Finding[] {
  const disks = here.flatMap(({ node, disk }) => (disk === undefined ? [] : [{ id: node.id, disk }]));
  const seen = new Set<string>();
  const space = disks.flatMap(({ disk }) => {
    const code = spaceCode(disk);
    const key = `${disk.totalBytes} ${disk.freeBytes}`;
    if (code === undefined || seen.has(key)) return [];
    seen.add(key);
    return [finding(code, "computer", { ...spaceWords(disk), path: disk.path })];
  });
  const unwritable = disks
    .filter(({ disk }) => !disk.isWritable)
    .map(({ id, disk }) => finding("data_unwritable", id, { path: disk.path, user: machine.user }));
  return [...space, ...unwritable];
}

/** Share and amount must both be small: a tenth of a large disk is plenty, and a small one may be meant so. */
function spaceCode({ freeBytes, totalBytes }: DiskFacts): "disk_full" | "disk_low" | undefined {
  const isBelow = ({ share, bytes }: typeof DISK_LOW): boolean => freeBytes < bytes && freeBytes < totalBytes * share;
  return isBelow(DISK_FULL) ? "disk_full" : isBelow(DISK_LOW) ? "disk_low" : undefined;
}

function spaceWords({ freeBytes, totalBytes }: DiskFacts): Seen {
  const gib = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`;
  const share = totalBytes === 0 ? 0 : Math.round((100 * freeBytes) / totalBytes);
  return { free: gib(freeBytes), total: gib(totalBytes), share };
}

function judgePorts({ node, rpc, rpcUrl, pid, listening, paths, stranger }: NodeFacts): Finding[] {
  if (stranger !== undefined)
    return [finding("stranger_at_port", node.id, { address: rpcUrl, is: `${stranger.slice(0, 18)}…`, node: node.id })];
  if (rpc !== undefined || pid !== undefined || listening.length === 0) return [];
  const numbers = { ports: listening.join(", "), s: listening.length === 1 ? "" : "s", file: paths.config };
  return [finding("port_taken", node.id, numbers)];
}

function judgeKeyFile({ node, files, paths }: NodeFacts): Finding[] {
  const { keyMode } = files;
  if (keyMode === undefined || (keyMode & OTHERS_MAY_READ) === 0) return [];
  return [finding("key_readable", node.id, { path: paths.key, mode: keyMode.toString(8) })];
}

const TROUBLES: Readonly<Record<Trouble, FindingCode>> = {
  disk: "disk_write_failed",
  port: "port_taken",
  genesis: "data_of_another_genesis",
  java: "java_too_old",
  options: "options_refused",
  locked: "database_locked",
  memory: "memory_short",
  validatorContract: "validator_contract_fails",
  staticNodes: "static_not_allowed",
  unwritable: "data_unwritable",
};

/** Of these a node may complain and go on answering. */
const LIVING: ReadonlySet<Trouble> = new Set(["validatorContract", "disk", "memory"]);

/** What a log ends with, since the last block that the node took. */
function judgeLog(facts: Facts, at: NodeFacts): Finding[] {
  const { node, rpc, log } = at;
  const now = log?.troubles.filter(({ kind }) => rpc === undefined || LIVING.has(kind)) ?? [];
  return now.map(({ kind, line }) => finding(TROUBLES[kind], node.id, wordsOf(facts, at, { kind, line })));
}

function wordsOf(facts: Facts, { node, disk, paths }: NodeFacts, trouble: LogSigns["troubles"][number]): Seen {
  const { line, kind } = trouble;
  const space = disk === undefined ? { free: "0 GiB", total: "unknown", share: 0 } : spaceWords(disk);
  return {
    ...space,
    line,
    node: node.id,
    file: kind === "staticNodes" ? paths.permissions : paths.config,
    path: paths.data,
    user: facts.machine.user,
    digest: facts.genesisDigest ?? "none",
    is: javaOf(line),
    least: 25,
    ports: /'\[([\d, ]+)\]'/.exec(line)?.[1] ?? "of the plan",
    s: "s",
    enode: /enode:\/\/[^\s\],]+/.exec(line)?.[0] ?? line,
  };
}

/** "... only recognizes class file versions up to 65.0" is Java 21. */
function javaOf(line: string): string {
  const classes = /up to (\d+)\.0/.exec(line)?.[1];
  return classes === undefined ? "an older one" : String(Number(classes) - 44);
}
