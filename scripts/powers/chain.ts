/** The chain as the walk over powers needs it: views, logs, code, and what a call by a stranger is answered. */
import { Contract, dataSlice, id, Interface, JsonRpcProvider } from "ethers";
import type { EventFragment, FunctionFragment, Log, ParamType, Result, TransactionReceipt } from "ethers";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { callRpc } from "../chain/rpc.ts";

const ARTIFACTS = join(import.meta.dirname, "..", "..", "artifacts", "contracts");

/** Besu answers 5,000 blocks of logs at once and no more. */
const LOG_BLOCKS_MAX = 5_000;

/** An address that nobody has the key of. */
export const STRANGER = dataSlice(id("powers: a stranger"), 0, 20);

export interface Built {
  readonly name: string;
  readonly face: Interface;
  readonly code: string;
  /** Bytes of the code that hold immutables, which differ from deployment to deployment. */
  readonly holes: readonly { readonly start: number; readonly length: number }[];
}

interface Artifact {
  readonly abi: object[];
  readonly deployedBytecode: string;
  readonly immutableReferences?: Readonly<Record<string, { start: number; length: number }[]>>;
}

/** A contract as this repository builds it. */
export async function readBuilt(name: string): Promise<Built> {
  const files = await readdir(ARTIFACTS, { recursive: true }).catch(() => []);
  const file = files.find((path) => basename(path) === `${name}.json`);
  if (file === undefined) throw new Error(`The contract ${name} is not compiled: run \`npx hardhat build\` first.`);
  const artifact = JSON.parse(await readFile(join(ARTIFACTS, file), "utf8")) as Artifact;
  return {
    name,
    face: new Interface(artifact.abi),
    code: artifact.deployedBytecode,
    holes: Object.values(artifact.immutableReferences ?? {}).flat(),
  };
}

export function eventOf({ interface: face }: Contract, name: string): EventFragment {
  const event = face.getEvent(name);
  if (event === null) throw new Error(`The build knows no event ${name}.`);
  return event;
}

/** The fields of a log that is known to be of this event. */
export function fieldsOf(contract: Contract, name: string, log: Log): Result {
  return contract.interface.decodeEventLog(eventOf(contract, name), log.data, log.topics);
}

export class PowersChain {
  readonly provider: JsonRpcProvider;

  private constructor(provider: JsonRpcProvider) {
    this.provider = provider;
  }

  /** @param chainId What the deployment says; ethers alone would ask a node that does not answer for ever. */
  static async connect(rpcUrl: string, { chainId, genesisHash }: { chainId: number; genesisHash: string }) {
    const found = await callRpc<{ hash: string }>(rpcUrl, "eth_getBlockByNumber", ["0x0", false]).catch(() => {
      throw new Error(`No chain answers at ${rpcUrl}: start it, or correct --rpc.`);
    });
    if (found.hash !== genesisHash) {
      throw new Error(
        `The chain at ${rpcUrl} is not the one that deployment.json is about: correct --rpc or --data-dir.`,
      );
    }
    return new PowersChain(new JsonRpcProvider(rpcUrl, chainId, { staticNetwork: true }));
  }

  at(address: string, { face }: Built): Contract {
    return new Contract(address, face, this.provider);
  }

  async logs(address: string, topics: readonly string[], fromBlock: number): Promise<Log[]> {
    const head = await this.provider.getBlockNumber();
    const logs: Log[] = [];
    for (let from = fromBlock; from <= head; from += LOG_BLOCKS_MAX) {
      const toBlock = Math.min(from + LOG_BLOCKS_MAX - 1, head);
      logs.push(...(await this.provider.getLogs({ address, topics: [[...topics]], fromBlock: from, toBlock })));
    }
    return logs;
  }

  async receipt(hash: string): Promise<TransactionReceipt> {
    const receipt = await this.provider.getTransactionReceipt(hash);
    if (receipt === null) throw new Error(`The node knows the logs of transaction ${hash}, but not its receipt.`);
    return receipt;
  }

  /** Whether the code at `address` is what this repository builds, immutables and the compiler's own note apart. */
  async isBuilt(address: string, { code, holes }: Built): Promise<boolean> {
    const bare = (hex: string) => {
      const bytes = Buffer.from(hex.slice(2), "hex");
      for (const { start, length } of holes) bytes.fill(0, start, start + length);
      const noteLength = bytes.length < 2 ? 0 : bytes.readUInt16BE(bytes.length - 2) + 2;
      return bytes.subarray(0, Math.max(0, bytes.length - noteLength));
    };
    return bare(await this.provider.getCode(address)).equals(bare(code));
  }

  /** The name of the error that a stranger's call with empty arguments ends with; undefined if it goes through. */
  async refusal(address: string, fragment: FunctionFragment, face: Interface): Promise<string | undefined> {
    const data = face.encodeFunctionData(fragment, fragment.inputs.map(emptyOf));
    try {
      await this.provider.call({ to: address, from: STRANGER, data });
      return undefined;
    } catch (error) {
      const answer = (error as { data?: string | null }).data;
      if (typeof answer !== "string" || answer.length < 10) return "reverted";
      return face.parseError(answer)?.name ?? "reverted";
    }
  }
}

/** Zero of each type: enough, because who calls is checked before any argument is looked at. */
function emptyOf(type: ParamType): unknown {
  const { baseType, components } = type;
  if (baseType === "tuple") return (components ?? []).map(emptyOf);
  if (baseType === "array") return [];
  if (baseType === "string") return "";
  if (baseType === "bytes") return "0x";
  if (baseType === "address") return "0x" + "00".repeat(20);
  if (/^bytes\d+$/.test(baseType)) return "0x" + "00".repeat(Number(baseType.slice(5)));
  return baseType === "bool" ? false : 0n;
}
