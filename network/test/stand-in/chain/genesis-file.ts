/** Besu's genesis file, as far as the stand-in follows it. */
import { readFileSync } from "node:fs";
import { keccak256, toUtf8Bytes } from "ethers";
import { decodeExtraData } from "./extra-data.ts";

export interface Fork {
  readonly block: number;
  readonly mode: "blockheader" | "contract";
  /** Set where a transition to the header mode, or the genesis, names them. */
  readonly validators: readonly string[] | undefined;
  readonly contract: string | undefined;
  readonly periodMs: number;
}

export interface Genesis {
  readonly chainId: number;
  readonly gasLimit: number;
  readonly hash: string;
  readonly header: { readonly extraData: string; readonly gasLimit: string; readonly timestamp: string };
  readonly requestTimeoutMs: number;
  readonly epochLength: number;
  /** Ascending by block; the first is block 0's. */
  readonly forks: readonly Fork[];
}

type Json = Record<string, unknown>;
type Changes = Readonly<Record<string, unknown>>;

const lowerKeys = (of: unknown): Json =>
  Object.fromEntries(Object.entries((of ?? {}) as Json).map(([key, value]) => [key.toLowerCase(), value]));

export class GenesisError extends Error {}

export function readGenesis(path: string): Genesis {
  let json: Json;
  try {
    json = JSON.parse(readFileSync(path, "utf8")) as Json;
  } catch (error) {
    throw new GenesisError(`Unable to load genesis file. ${(error as Error).message}`);
  }
  return parseGenesis(json);
}

export function parseGenesis(json: Json): Genesis {
  const config = lowerKeys(json["config"]);
  if (config["qbft"] === undefined) throw new GenesisError("The stand-in runs QBFT alone: config.qbft is missing.");
  const qbft = lowerKeys(config["qbft"]);
  const transitions = (lowerKeys(config["transitions"])["qbft"] ?? []) as unknown[];
  const { config: _, ...hashed } = json;
  return {
    chainId: Number(config["chainid"]),
    gasLimit: Number(json["gasLimit"]),
    // Besu's depends on the header and the state of block 0, not on `config`: a transition added later keeps it.
    hash: keccak256(toUtf8Bytes(JSON.stringify(sorted(hashed)))),
    header: {
      extraData: String(json["extraData"]),
      gasLimit: String(json["gasLimit"]),
      timestamp: (json["timestamp"] as string | undefined) ?? "0x0",
    },
    requestTimeoutMs: Number(qbft["requesttimeoutseconds"] ?? 1) * 1_000,
    epochLength: Number(qbft["epochlength"] ?? 30_000),
    forks: forksOf(String(json["extraData"]), qbft, transitions.map(lowerKeys)),
  };
}

function forksOf(extraData: string, qbft: Changes, transitions: readonly Changes[]): Fork[] {
  const contract = qbft["validatorcontractaddress"] as string | undefined;
  const forks: Fork[] = [
    {
      block: 0,
      mode: contract === undefined ? "blockheader" : "contract",
      validators: [...decodeExtraData(extraData).validators].sort(),
      contract: contract?.toLowerCase(),
      periodMs: periodOf(qbft) ?? 1_000,
    },
  ];
  for (const change of [...transitions].sort((a, b) => Number(a["block"]) - Number(b["block"]))) {
    const before = forks.at(-1)!;
    const mode = (change["validatorselectionmode"] ?? before.mode) as Fork["mode"];
    const validators = change["validators"] as string[] | undefined;
    if (!(Number(change["block"]) > 0)) throw new GenesisError("Transition cannot be created for genesis block.");
    if (change["validatorselectionmode"] === "blockheader" && (validators?.length ?? 0) === 0)
      throw new GenesisError(
        "QBFT transition to blockheader mode requires a validators list containing at least one validator",
      );
    const address = change["validatorcontractaddress"] as string | undefined;
    if (change["validatorselectionmode"] === "contract" && address === undefined)
      throw new GenesisError("QBFT transition has config with contract mode but no contract address");
    forks.push({
      block: Number(change["block"]),
      mode,
      validators: validators?.map((one) => one.toLowerCase()).sort(),
      contract: (address ?? before.contract)?.toLowerCase(),
      periodMs: periodOf(change) ?? before.periodMs,
    });
  }
  return forks;
}

function periodOf(of: Changes): number | undefined {
  const ms = Number(of["xblockperiodmilliseconds"] ?? 0);
  if (ms > 0) return ms;
  return of["blockperiodseconds"] === undefined ? undefined : Number(of["blockperiodseconds"]) * 1_000;
}

export function forkAt(genesis: Genesis, block: number): Fork {
  return genesis.forks.findLast((fork) => fork.block <= block)!;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return typeof value === "string" ? value.toLowerCase() : value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key.toLowerCase(), sorted(inner)]),
  );
}
