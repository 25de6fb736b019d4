/**
 * The demo alliance as `npm start` runs it, started once for all tests of a run: its API, its chain, its agents. What a
 * test asserts it reads from the chain by calls of its own.
 */
import { Contract, Interface, JsonRpcProvider } from "ethers";
import type { BaseWallet, InterfaceAbi, TypedDataDomain, TypedDataField } from "ethers";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Deployment } from "../../../scripts/deploy.ts";
import type { DemoKeys } from "../../../scripts/demo/hand-over.ts";
import { LedgerProcess } from "../ledger-process.ts";

const ARTIFACTS = join(import.meta.dirname, "..", "..", "..", "artifacts", "contracts");
const SOURCES = {
  alliance: "alliance/Alliance",
  council: "alliance/AllianceCouncil",
  accessManager: "alliance/AllianceAccess",
  allianceToken: "alliance/AllianceToken",
  nodeRewards: "alliance/NodeRewards",
  merchantRegistry: "alliance/MerchantRegistry",
  collateral: "alliance/Collateral",
  exchangePool: "exchange/ExchangePool",
  regulatorDesk: "supervision/RegulatorDesk",
  nodeDirectory: "alliance/NodeDirectory",
  merchantPoint: "points/MerchantPoint",
} as const;

export type Source = keyof typeof SOURCES;

function artifactOf(source: Source): { abi: InterfaceAbi; bytecode: string } {
  const path = SOURCES[source];
  const file = join(ARTIFACTS, `${path}.sol`, `${path.split("/")[1] ?? ""}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as { abi: InterfaceAbi; bytecode: string };
}

export const abiOf = (source: Source): Interface => new Interface(artifactOf(source).abi);
export const bytecodeOf = (source: Source): string => artifactOf(source).bytecode;

export interface Answer {
  readonly status: number;
  // The tests read what they expect of it; a wrong guess fails them.
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

export class RunningAlliance {
  readonly ledger: LedgerProcess;
  readonly keys: DemoKeys;
  readonly deployment: Deployment;
  readonly provider: JsonRpcProvider;
  #asked = 0;

  private constructor(ledger: LedgerProcess) {
    const read = (name: string): unknown => JSON.parse(readFileSync(join(ledger.dataDir, name), "utf8"));
    this.ledger = ledger;
    this.keys = read("demo-keys.json") as DemoKeys;
    this.deployment = read("deployment.json") as Deployment;
    this.provider = new JsonRpcProvider(ledger.chainUrl, this.deployment.chainId, {
      staticNetwork: true,
      cacheTimeout: -1,
      pollingInterval: 200,
    });
  }

  static async start(): Promise<RunningAlliance> {
    const ledger = await LedgerProcess.create();
    await ledger.start();
    return new RunningAlliance(ledger);
  }

  /** Stopping again changes nothing. */
  async stop(): Promise<void> {
    this.provider.destroy();
    await this.ledger.cleanUp();
  }

  addressOf(name: string): string {
    const address = this.deployment.contracts[name];
    if (address === undefined) throw new RangeError(`the deployment names no ${name}`);
    return address;
  }

  /** A contract to read from; `address` for merchant points. */
  at(source: Source, address = this.addressOf(source)): Contract {
    return new Contract(address, abiOf(source), this.provider);
  }

  /** One view of a contract. */
  async view<T = bigint>(source: Source, method: string, ...args: unknown[]): Promise<T> {
    return (await this.at(source).getFunction(method)(...args)) as T;
  }

  async viewToken<T = bigint>(token: string, method: string, ...args: unknown[]): Promise<T> {
    return (await this.at("merchantPoint", token).getFunction(method)(...args)) as T;
  }

  memberKey(memberId: number): string {
    const member = this.keys.members.find((one) => one.memberId === memberId);
    if (member === undefined) throw new RangeError(`demo-keys.json has no member ${memberId}`);
    return member.memberKey;
  }

  merchant(slug: string): DemoKeys["merchants"][number] {
    const merchant = this.keys.merchants.find((one) => one.slug === slug);
    if (merchant === undefined) throw new RangeError(`demo-keys.json has no merchant ${slug}`);
    return merchant;
  }

  async get(path: string, key?: string): Promise<Answer> {
    return this.#ask(path, { headers: key === undefined ? {} : { authorization: `Bearer ${key}` } });
  }

  /** A write under an idempotency key of its own; waits for the chain where the answer is a command. */
  async post(key: string, path: string, body: unknown = {}, method = "POST"): Promise<Answer> {
    this.#asked += 1;
    const headers = {
      authorization: `Bearer ${key}`,
      "content-type": "application/json",
      "idempotency-key": `e2e-${this.#asked}`,
      prefer: "wait=30",
    };
    const answer = await this.#ask(path, { method, headers, body: JSON.stringify(body) });
    if (answer.status !== 202 || answer.body.id === undefined) return answer;
    return { status: answer.status, body: await this.settled(key, answer.body) };
  }

  /** A command in its final state. */
  async settled(key: string, accepted: Answer["body"]): Promise<Answer["body"]> {
    let command = accepted;
    for (let waits = 0; command.settledAt === null && waits < 4; waits += 1)
      command = (await this.get(`/v1/commands/${String(command.id)}?wait=30`, key)).body;
    return command;
  }

  /** A write that must be carried out; gives the command. */
  async carryOut(key: string, path: string, body: unknown = {}, method = "POST"): Promise<Answer["body"]> {
    const { status, body: command } = await this.post(key, path, body, method);
    if (command.state === "confirmed") return command;
    throw new Error(`${method} ${path}: ${status} ${JSON.stringify(command)}`);
  }

  /** Waits until the API's reads hold what the chain has now. */
  async caughtUp(): Promise<void> {
    const head = await this.provider.getBlockNumber();
    for (let tries = 0; tries < 400; tries += 1) {
      const { body } = await this.get("/v1/status");
      if (body.block?.number >= head) return;
      await sleep(50);
    }
    throw new Error(`the API did not reach block ${head} within 20 s`);
  }

  async chainNow(): Promise<number> {
    return (await this.provider.getBlock("latest"))?.timestamp ?? 0;
  }

  /** Lets block time pass at once. Only where days or epochs must pass; delays of seconds are waited for. */
  async passTime(seconds: number): Promise<void> {
    await this.ledger.rpc("evm_increaseTime", seconds);
    await this.ledger.rpc("evm_mine");
  }

  /** Waits until block time reaches `timestamp`, by the clock. */
  async waitUntil(timestamp: number): Promise<void> {
    for (let tries = 0; tries < 600; tries += 1) {
      await this.ledger.rpc("evm_mine");
      if ((await this.chainNow()) >= timestamp) return;
      await sleep(250);
    }
    throw new Error(`block time did not reach ${timestamp} within 150 s`);
  }

  async #ask(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(this.ledger.url + path, init);
    return { status: response.status, body: await response.json() };
  }
}

/** Typed data as the API prepares it. */
interface Prepared {
  readonly domain: TypedDataDomain;
  readonly types: Record<string, TypedDataField[]>;
  readonly message: Record<string, unknown>;
}

/** Signs what the API prepared; `change` is what a wrongdoer would put in instead. */
export function signPrepared(
  wallet: BaseWallet,
  prepared: unknown,
  change: { domain?: TypedDataDomain; message?: Record<string, unknown> } = {},
): Promise<string> {
  const { domain, types, message } = prepared as Partial<Prepared>;
  if (domain === undefined || types === undefined) throw new Error(`nothing to sign: ${JSON.stringify(prepared)}`);
  return wallet.signTypedData({ ...domain, ...change.domain }, types, { ...message, ...change.message });
}

/** The name of the contract's error with which a call was refused; its words when it has no name, "nothing" if it went well. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "nothing";
  } catch (error) {
    const { revert, message } = error as { revert?: { name: string } | null; message: string };
    return revert?.name ?? message;
  }
}

let running: Promise<RunningAlliance> | undefined;

/** The one alliance of this run. Whoever asks first waits for its start. */
export function runningAlliance(): Promise<RunningAlliance> {
  running ??= RunningAlliance.start();
  return running;
}

after(async () => {
  if (running !== undefined) await (await running).stop();
});
