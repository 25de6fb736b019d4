/** A small network of stand-ins, written and started by hand: for the stand-in's own tests, which must not need `init`. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SigningKey, keccak256, toUtf8Bytes } from "ethers";
import type { TransactionRequest, Wallet } from "ethers";
import { encodeExtraData } from "./chain/extra-data.ts";
import { enodeText, identityOf } from "./cli/identity.ts";
import type { Identity } from "./cli/identity.ts";
import { VALIDATOR_LIST, validatorSlots } from "./tiny-contracts.ts";

export interface SmallNode {
  readonly index: number;
  readonly identity: Identity;
  readonly enode: string;
  readonly folder: string;
  readonly rpcUrl: string;
  readonly wsUrl: string;
  readonly metricsUrl: string;
}

export interface SmallNetworkOptions {
  readonly validators: number;
  readonly observers?: number;
  readonly periodSeconds?: number;
  readonly requestTimeoutSeconds?: number;
  readonly epochLength?: number;
  /** The validators stand in a contract at 0x…7777 (tiny-contracts.ts). */
  readonly isContractMode?: boolean;
  readonly alloc?: Readonly<Record<string, unknown>>;
}

const CHAIN_ID = 20_260;
export const CONTRACT = "0x0000000000000000000000000000000000007777";
const BESU = join(import.meta.dirname, "bin", "besu");

export interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: string };
}

export class SmallNetwork {
  readonly root = mkdtempSync(join(tmpdir(), "stand-in-"));
  readonly nodes: SmallNode[] = [];
  readonly #children = new Map<number, ChildProcess>();
  readonly #options: SmallNetworkOptions;

  constructor(options: SmallNetworkOptions) {
    this.#options = options;
  }

  get genesisFile(): string {
    return join(this.root, "genesis.json");
  }

  async write(): Promise<void> {
    const { validators, observers = 0 } = this.#options;
    const ports = await freePorts(4 * (validators + observers));
    for (let index = 0; index < validators + observers; index += 1) {
      const identity = identityOf(new SigningKey(keccak256(toUtf8Bytes(`stand-in test ${index}`))));
      const [p2p = 0, rpc = 0, ws = 0, metrics = 0] = ports.slice(4 * index);
      this.nodes.push({
        index,
        identity,
        enode: enodeText({ nodeId: identity.nodeId, host: "127.0.0.1", port: p2p }),
        folder: join(this.root, `n${index}`),
        rpcUrl: `http://127.0.0.1:${rpc}`,
        wsUrl: `ws://127.0.0.1:${ws}`,
        metricsUrl: `http://127.0.0.1:${metrics}/metrics`,
      });
    }
    writeFileSync(this.genesisFile, JSON.stringify(this.#genesis()));
    const enodes = JSON.stringify(this.nodes.map(({ enode }) => enode));
    writeFileSync(join(this.root, "static-nodes.json"), enodes);
    this.nodes.forEach((node, index) => {
      mkdirSync(join(node.folder, "data"), { recursive: true });
      writeFileSync(join(node.folder, "key"), node.identity.key.privateKey.slice(2));
      writeFileSync(join(node.folder, "permissions.toml"), `nodes-allowlist=${enodes}\n`);
      writeFileSync(join(node.folder, "config.toml"), configOf(ports.slice(4 * index)));
    });
  }

  argumentsOf({ folder }: SmallNode): string[] {
    return [
      `--config-file=${join(folder, "config.toml")}`,
      `--data-path=${join(folder, "data")}`,
      `--genesis-file=${this.genesisFile}`,
      `--node-private-key-file=${join(folder, "key")}`,
      `--static-nodes-file=${join(this.root, "static-nodes.json")}`,
      `--permissions-nodes-config-file=${join(folder, "permissions.toml")}`,
    ];
  }

  start(node: SmallNode, environment: NodeJS.ProcessEnv = {}, given = this.argumentsOf(node)): ChildProcess {
    const log = createWriteStream(join(node.folder, "besu.log"), { flags: "a" });
    const child = spawn(BESU, given, { env: { ...process.env, ...environment }, stdio: "pipe" });
    child.stdout.pipe(log);
    child.stderr.pipe(log);
    this.#children.set(node.index, child);
    return child;
  }

  async stop(node: SmallNode, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const child = this.#children.get(node.index);
    this.#children.delete(node.index);
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
  }

  async startAll(): Promise<void> {
    for (const node of this.nodes) this.start(node);
    await Promise.all(this.nodes.map((node) => this.reach(node, 1)));
  }

  async close(): Promise<void> {
    await Promise.all(this.nodes.map((node) => this.stop(node)));
    rmSync(this.root, { recursive: true, force: true });
  }

  async ask({ rpcUrl }: SmallNode, method: string, params: readonly unknown[] = []): Promise<Answer> {
    const response = await fetch(rpcUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    });
    return (await response.json()) as Answer;
  }

  async get<T>(node: SmallNode, method: string, params: readonly unknown[] = []): Promise<T> {
    const { result, error } = await this.ask(node, method, params);
    if (error !== undefined) throw new Error(`${method}: ${error.code} ${error.message}`);
    return result as T;
  }

  async head(node: SmallNode): Promise<number> {
    return Number(await this.get<string>(node, "eth_blockNumber"));
  }

  reach(node: SmallNode, height: number): Promise<void> {
    return this.until(`node ${node.index} reaches block ${height}`, async () => (await this.head(node)) >= height);
  }

  async until(what: string, isSo: () => Promise<boolean>, timeoutMs = 120_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      if (await isSo().catch(() => false)) return;
      await sleep(100);
    }
    throw new Error(`It did not happen within ${timeoutMs / 1_000} s that ${what}; logs in ${this.root}`);
  }

  /** Signed for free; answered as the node answers. */
  async send(node: SmallNode, sender: Wallet, call: TransactionRequest): Promise<Answer> {
    const fixed = { chainId: CHAIN_ID, gasPrice: 0, gasLimit: 200_000, type: 0 };
    return this.ask(node, "eth_sendRawTransaction", [await sender.signTransaction({ ...fixed, ...call })]);
  }

  async receipt(node: SmallNode, hash: unknown): Promise<Record<string, unknown>> {
    const ask = (): Promise<Record<string, unknown> | null> => this.get(node, "eth_getTransactionReceipt", [hash]);
    await this.until(`node ${node.index} has the receipt of ${String(hash)}`, async () => (await ask()) !== null);
    return (await ask())!;
  }

  #genesis(): object {
    const { validators, periodSeconds = 1, requestTimeoutSeconds = 4, epochLength, alloc } = this.#options;
    const { isContractMode = false } = this.#options;
    const addresses = this.nodes.slice(0, validators).map(({ identity }) => identity.address);
    const listed = isContractMode ? [] : addresses.sort();
    const list = { balance: "0x0", code: VALIDATOR_LIST, storage: validatorSlots(addresses) };
    const qbft = {
      blockperiodseconds: periodSeconds,
      requesttimeoutseconds: requestTimeoutSeconds,
      ...(epochLength === undefined ? {} : { epochlength: epochLength }),
      ...(isContractMode ? { validatorcontractaddress: CONTRACT } : {}),
    };
    return {
      config: {
        chainId: CHAIN_ID,
        berlinBlock: 0,
        londonBlock: 0,
        shanghaiTime: 0,
        cancunTime: 0,
        zeroBaseFee: true,
        qbft,
      },
      nonce: "0x0",
      timestamp: "0x0",
      difficulty: "0x1",
      gasLimit: "0x3938700",
      baseFeePerGas: "0x0",
      mixHash: "0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365",
      coinbase: "0x0000000000000000000000000000000000000000",
      extraData: encodeExtraData({ validators: listed, vote: undefined, round: 0, seals: [] }),
      alloc: { ...alloc, ...(isContractMode ? { [CONTRACT]: list } : {}) },
    };
  }
}

function configOf([p2p = 0, rpc = 0, ws = 0, metrics = 0]: readonly number[]): string {
  return `profile="ENTERPRISE"
p2p-host="127.0.0.1"
p2p-interface="127.0.0.1"
p2p-port=${p2p}
nat-method="NONE"
discovery-enabled=false
permissions-nodes-config-file-enabled=true
rpc-http-enabled=true
rpc-http-host="127.0.0.1"
rpc-http-port=${rpc}
rpc-http-api=["ETH","NET","WEB3","QBFT","TXPOOL","ADMIN","PERM"]
rpc-ws-enabled=true
rpc-ws-host="127.0.0.1"
rpc-ws-port=${ws}
rpc-ws-api=["ETH","NET","WEB3"]
metrics-enabled=true
metrics-host="127.0.0.1"
metrics-port=${metrics}
min-gas-price=0
tx-pool-max-size=20000
tx-pool-limit-by-account-percentage=1
revert-reason-enabled=true
`;
}

/** All at once, so that no two are the same. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
