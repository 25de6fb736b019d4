/**
 * The agents of the demo's four nodes as child processes: each attests for its member and claims its rewards. The last
 * one is lazy on purpose: it attests too rarely and earns nothing.
 */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findFreePort } from "../chain/ports.ts";
import { MEMBERS } from "../demo/alliance-data.ts";
import { nodeOf } from "../demo/cast.ts";
import { startChild, stopLeftOver, type Child } from "./child.ts";

const MAIN = "network/agent/main.ts";
/** 20 windows an epoch, 12 required: one in three is 7 at most. */
const LAZY_ATTEST_EVERY = 3;

/** As `<data dir>/agents/agents.json` lists them. */
export interface AgentEntry {
  readonly memberId: number;
  readonly name: string;
  readonly node: string;
  readonly isLazy: boolean;
  /** Where it reports how it is doing. */
  readonly health: string;
}

export interface AgentProcesses {
  readonly entries: readonly AgentEntry[];
  stop(): Promise<void>;
}

interface AgentsOptions {
  readonly dataDir: string;
  readonly chainUrl: string;
  /** Takes a sentence when one of them ends by itself: the others go on, as they would in an alliance. */
  readonly onDeath: (words: string) => void;
}

const members = MEMBERS.map((member, index) => ({ ...member, memberId: index + 1 }));
const folderOf = (dataDir: string): string => join(dataDir, "agents");
const pidFileOf = (dataDir: string, slug: string): string => join(folderOf(dataDir), `${slug}.pid`);

/** Agents whose starter was killed would attest beside new ones, with the same keys. */
export async function stopLeftOverAgents(dataDir: string): Promise<boolean> {
  const stopped = await Promise.all(
    members.map(({ slug }) => stopLeftOver({ main: MAIN, pidFile: pidFileOf(dataDir, slug) })),
  );
  return stopped.includes(true);
}

export async function startAgents(options: AgentsOptions): Promise<AgentProcesses> {
  const folder = folderOf(options.dataDir);
  await mkdir(folder, { recursive: true });
  const started = await Promise.all(members.map((member) => startAgent(options, member)));
  const entries = started.map(({ entry }) => entry);
  await writeFile(join(folder, "agents.json"), `${JSON.stringify(entries, null, 2)}\n`);
  const stop = async (): Promise<void> => {
    await Promise.all(started.map(({ child }) => child.stop()));
  };
  return { entries, stop };
}

async function startAgent(
  { dataDir, chainUrl, onDeath }: AgentsOptions,
  { slug, name, memberId }: (typeof members)[number],
): Promise<{ entry: AgentEntry; child: Child }> {
  const isLazy = memberId === members.length;
  const keyFile = join(folderOf(dataDir), `${slug}.key`);
  if (!existsSync(keyFile)) await writeFile(keyFile, nodeOf(memberId).privateKey.slice(2), { mode: 0o600 });
  const healthPort = await findFreePort();
  const child = startChild({
    main: MAIN,
    args: [
      ...["--key-file", keyFile, "--rpc", chainUrl, "--deployment", join(dataDir, "deployment.json")],
      ...["--state-dir", folderOf(dataDir), "--health-port", String(healthPort)],
      ...(isLazy ? ["--attest-every", String(LAZY_ATTEST_EVERY)] : []),
    ],
    env: {},
    pidFile: pidFileOf(dataDir, slug),
    logFile: join(dataDir, "logs", `agent-${slug}.log`),
  });
  void child.died.then((how) => {
    onDeath(`The agent of ${name} ended: ${how} Until the next npm start its member earns nothing.`);
  });
  const health = `http://127.0.0.1:${healthPort}/health`;
  return { entry: { memberId, name, node: nodeOf(memberId).address, isLazy, health }, child };
}
