/**
 * The build that this gateway was made with: which of its contracts stands at an address. Runtime code is compared byte
 * for byte with what the compiler made, the hash of sources and settings at its end included; only immutable values, which
 * the constructor filled in, are blanked in both.
 */
import { readFile, readdir } from "node:fs/promises";
import { keccak256 } from "ethers";
import type { Hex32, HexData } from "../kernel/ids.ts";

const ARTIFACTS = new URL("../../../artifacts/", import.meta.url);

interface Span {
  readonly start: number;
  readonly length: number;
}

export interface BuildRecord {
  readonly name: string;
  /** As the compiler was told it: `project/contracts/points/MerchantPoint.sol`. */
  readonly sourceName: string;
  readonly abi: readonly object[];
  readonly creationCode: HexData;
  readonly runtimeCode: HexData;
  readonly immutables: readonly Span[];
  readonly buildId: string;
}

interface ArtifactFile {
  readonly contractName: string;
  readonly inputSourceName: string;
  readonly abi: readonly object[];
  readonly bytecode: HexData;
  readonly deployedBytecode: HexData;
  readonly immutableReferences?: Readonly<Record<string, readonly Span[]>>;
  readonly buildInfoId: string;
}

/** By the length of the runtime code: few contracts share one. */
type Index = ReadonlyMap<number, readonly BuildRecord[]>;

let index: Promise<Index> | undefined;

/** Read once, when it is first asked for; a build that is not there knows no contract. */
function readIndex(): Promise<Index> {
  index ??= loadIndex();
  return index;
}

async function loadIndex(): Promise<Index> {
  const found = new Map<number, BuildRecord[]>();
  const directory = new URL("contracts/", ARTIFACTS);
  const files = await readdir(directory, { recursive: true }).catch(() => []);
  for (const path of files.filter((name) => /\.sol[\\/]\w+\.json$/.test(name)).sort()) {
    const artifact = JSON.parse(await readFile(new URL(path.replaceAll("\\", "/"), directory), "utf8")) as ArtifactFile;
    // Interfaces have no code; what links libraries has no code of its own before it is linked.
    if (!/^0x([0-9a-f]{2})+$/.test(artifact.deployedBytecode)) continue;
    const { deployedBytecode: runtimeCode, bytecode: creationCode } = artifact;
    const record: BuildRecord = {
      name: artifact.contractName,
      sourceName: artifact.inputSourceName,
      abi: artifact.abi,
      creationCode,
      runtimeCode,
      immutables: Object.values(artifact.immutableReferences ?? {}).flat(),
      buildId: artifact.buildInfoId,
    };
    found.set(runtimeCode.length, [...(found.get(runtimeCode.length) ?? []), record]);
  }
  return found;
}

/** The code with zeros in place of immutable values. */
export function blankImmutables(code: HexData, immutables: readonly Span[]): HexData {
  let blank: string = code;
  for (const { start, length } of immutables) {
    const at = 2 + start * 2;
    blank = blank.slice(0, at) + "0".repeat(length * 2) + blank.slice(at + length * 2);
  }
  return blank as HexData;
}

/** The contract of this build that has this code. Two with the same code are told by their hash of the sources. */
export async function recordOf(code: HexData): Promise<BuildRecord | undefined> {
  const candidates = (await readIndex()).get(code.length) ?? [];
  return candidates.find(
    ({ runtimeCode, immutables }) => blankImmutables(code, immutables) === blankImmutables(runtimeCode, immutables),
  );
}

/** By `source:name`, with or without the compiler's own name for the project. */
export async function recordNamed(fullName: string): Promise<BuildRecord | undefined> {
  const isNamed = ({ sourceName, name }: BuildRecord): boolean =>
    [`${sourceName}:${name}`, `${sourceName.replace(/^project\//, "")}:${name}`].includes(fullName);
  return [...(await readIndex()).values()].flat().find(isNamed);
}

export const hashOfCode = (code: HexData): Hex32 => keccak256(code) as Hex32;
export const kinHashOf = (code: HexData, { immutables }: BuildRecord): Hex32 =>
  hashOfCode(blankImmutables(code, immutables));

export interface CompilerInput {
  readonly language: string;
  readonly sources: Readonly<Record<string, { readonly content: string }>>;
  readonly settings: CompilerSettings;
}

export interface CompilerSettings {
  readonly evmVersion?: string;
  readonly viaIR?: boolean;
  readonly optimizer?: object;
  readonly remappings?: readonly string[];
  readonly libraries?: object;
  readonly metadata?: object;
}

export interface BuildInput {
  /** `0.8.35+commit.47b9dedd` */
  readonly compiler: string;
  readonly settings: CompilerSettings;
  /** The sources that the contract is made of, and no others: those that the hash in its code speaks of. */
  readonly sources: CompilerInput["sources"];
}

interface SourceUnit {
  readonly ast: { readonly nodes: readonly { readonly nodeType: string; readonly absolutePath?: string }[] };
}

/** What the compiler was given for a contract. Megabytes are read for it: only where sources are checked. */
export async function readBuildInput({ buildId, sourceName }: BuildRecord): Promise<BuildInput> {
  const read = async (suffix: string): Promise<unknown> =>
    JSON.parse(await readFile(new URL(`build-info/${buildId}${suffix}.json`, ARTIFACTS), "utf8"));
  const { solcLongVersion: compiler, input } = (await read("")) as { solcLongVersion: string; input: CompilerInput };
  const { output } = (await read(".output")) as { output: { sources: Readonly<Record<string, SourceUnit>> } };
  const names = new Set<string>();
  const visit = (name: string): void => {
    if (names.has(name)) return;
    names.add(name);
    for (const { nodeType, absolutePath } of output.sources[name]?.ast.nodes ?? [])
      if (nodeType === "ImportDirective" && absolutePath !== undefined) visit(absolutePath);
  };
  visit(sourceName);
  const sources = Object.fromEntries([...names].sort().map((name) => [name, input.sources[name] ?? { content: "" }]));
  return { compiler, settings: input.settings, sources };
}
