/** What the demo needs to play: clients for its roles, the demo's keys, an eye on the chain, a name for this run. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { answerOf, openLedger, writeAs } from "../../gateway/client/ledger-client.ts";
import type { Answered, Client } from "../../gateway/client/ledger-client.ts";
import type { Command } from "../../gateway/client/generated/types.gen.ts";
import { getCommand } from "../../gateway/client/generated/sdk.gen.ts";
import { parseDeployment } from "../../gateway/src/chain/deployment.ts";
import { ChainEye } from "./chain-eye.ts";
import { Narrator } from "./narrator.ts";

/** As the start command wrote it to <data dir>/demo-keys.json. */
interface DemoKeys {
  readonly gateway: string;
  readonly keys: Readonly<Record<"operator" | "auditor", string>>;
  readonly members: readonly { memberId: number; name: string; memberKey: string }[];
  readonly merchants: readonly { slug: string; token: string; merchantKey: string; tillKey: string }[];
}

/** A merchant of the demo as its till sees it. */
export interface Shop {
  readonly token: string;
  readonly till: Client;
}

/** A member of the alliance, with a client that speaks for it. */
export interface Member {
  readonly memberId: number;
  readonly name: string;
  readonly client: Client;
}

export interface Stage {
  readonly narrator: Narrator;
  readonly eye: ChainEye;
  readonly url: string;
  readonly operator: Client;
  readonly auditor: Client;
  readonly members: readonly Member[];
  /** 乡村基 and 汉堡王. */
  readonly countryStyle: Shop;
  readonly burger: Shop;
  /** Part of every name this run gives, so that it can be played again on the same chain. */
  readonly run: string;
}

/** Something the person at the keyboard can put right; the message is the whole sentence. */
export class DemoError extends Error {
  override readonly name = "DemoError";
}

function readJson(path: string): unknown {
  if (!existsSync(path))
    throw new DemoError(`There is no ${path}: start the ledger first with npm start, and leave it running.`);
  return JSON.parse(readFileSync(path, "utf8")) as unknown;
}

/** LEDGER_RPC_URL, or where npm start runs its local chain. */
function rpcUrlOf(dataDir: string, env: NodeJS.ProcessEnv): string {
  if (env["LEDGER_RPC_URL"] !== undefined) return env["LEDGER_RPC_URL"];
  const { port } = readJson(join(dataDir, "chain", "anvil.json")) as { port: number };
  return `http://127.0.0.1:${port}`;
}

export async function openStage(env: NodeJS.ProcessEnv): Promise<Stage> {
  const dataDir = resolve(env["LEDGER_DATA_DIR"] ?? ".data");
  const keys = readJson(join(dataDir, "demo-keys.json")) as DemoKeys;
  const url = env["LEDGER_URL"] ?? keys.gateway;
  const isUp = await fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!isUp) throw new DemoError(`No gateway is ready at ${url}: start it with npm start, and leave it running.`);
  const deployment = parseDeployment(readFileSync(join(dataDir, "deployment.json"), "utf8"));
  const shopOf = (slug: string): Shop => {
    const shop = keys.merchants.find((one) => one.slug === slug);
    if (shop === undefined)
      throw new DemoError(`demo-keys.json knows no ${slug}: begin anew with npm start -- --fresh.`);
    return { token: shop.token.toLowerCase(), till: openLedger(url, shop.tillKey) };
  };
  return {
    narrator: new Narrator(),
    eye: new ChainEye(rpcUrlOf(dataDir, env), deployment),
    url,
    operator: openLedger(url, env["LEDGER_OPERATOR_KEY"] ?? keys.keys.operator),
    auditor: openLedger(url, env["LEDGER_AUDITOR_KEY"] ?? keys.keys.auditor),
    members: keys.members.map(({ memberKey, ...member }) => ({ ...member, client: openLedger(url, memberKey) })),
    countryStyle: shopOf("xiangcunji"),
    burger: shopOf("burgerking"),
    run: Date.now().toString(36),
  };
}

/** Every command of this run that the chain has carried out. */
const journal: Command[] = [];
export const played = (): readonly Command[] => journal;

export function newestBlock(): number {
  return Math.max(0, ...journal.flatMap(({ transactions }) => transactions.map(({ blockNumber }) => blockNumber ?? 0)));
}

/** Asks for a write and waits until the chain has carried it out; throws with the reason when it was not. */
export async function carryOut(client: Client, call: Promise<Answered<Command>>): Promise<Command> {
  return finish(client, await answerOf<Command>(call));
}

/** The same for a write that was accepted. */
export async function finish(client: Client, accepted: Command): Promise<Command> {
  let command = accepted;
  for (let waits = 0; command.settledAt === null && waits < 10; waits += 1) {
    const asked = getCommand({ client, path: { commandId: command.id }, query: { wait: 30 } });
    command = await answerOf<Command>(asked);
  }
  if (command.state === "confirmed") {
    journal.push(command);
    return command;
  }
  throw new Error(
    `${command.kind} ${command.state}: ${command.error?.en ?? "not settled"} · ${command.error?.zh ?? ""}`,
  );
}

let writes = 0;

/** Headers of the next write of this run. */
export function nextWrite({ run }: Stage): ReturnType<typeof writeAs> {
  writes += 1;
  return writeAs(`demo-${run}-${writes}`);
}

/** Waits until what the API reads holds a block. */
export async function waitForReads(read: () => Promise<{ block: { number: number } }>, block: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await read()).block.number >= block) return;
    await sleep(50);
  }
  throw new Error(`the API did not reach block ${block} within 10 s`);
}
