/**
 * `verifysourcecode`: sources, settings and constructor arguments against the code that stands on the chain, without a
 * compiler. The code is compared with the build's, byte for byte with its own hash of sources and settings; then what was
 * handed in is compared with what the build was made from. Somebody who compiled the published sources elsewhere learns
 * whether the chain runs them.
 */
import type { BuildInput, BuildRecord, CompilerInput } from "../chain/build-records.ts";
import { readBuildInput, recordNamed } from "../chain/build-records.ts";
import { differenceOf } from "../chain/source-check.ts";
import type { Address, HexData } from "../kernel/ids.ts";
import { readCheck, saveCheck, saveVerified } from "../store/verified-contracts.ts";
import type { Envelope, EtherscanRooms } from "./answer.ts";
import { Refused, notOk, ok } from "./answer.ts";
import { findCreation } from "./creation.ts";
import { identify } from "./known-code.ts";

const ALREADY = "Contract source code already verified";
/** Clients look for these two beginnings. */
const PASS = "Pass - Verified";
const FAIL = "Fail - Unable to verify";

export interface Submission {
  readonly address: Address;
  /** Standard JSON input. */
  readonly source: string;
  /** `path/to/File.sol:Contract` */
  readonly name: string;
  readonly compiler: string;
  /** Hex without 0x. */
  readonly constructorArguments: string;
}

/** Answers the id of a check whose outcome is asked for afterwards, as clients do; it is there already. */
export async function submit(rooms: EtherscanRooms, submission: Submission): Promise<Envelope> {
  const { code, verified, isKin } = await identify(rooms, submission.address);
  if (code === "0x") return notOk(`Unable to locate ContractCode at ${submission.address}`);
  if (verified !== undefined && !isKin) return notOk(ALREADY);
  const given = parseInput(submission.source);
  const failure = await check(rooms, submission, given);
  return ok(await saveCheck(rooms.db, failure === undefined ? PASS : `${FAIL}. ${failure}.`));
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function checkOutcome({ db }: EtherscanRooms, guid: string): Promise<Envelope> {
  const outcome = GUID.test(guid) ? await readCheck(db, guid) : undefined;
  if (outcome === undefined) return notOk("Unknown UID");
  return outcome === PASS ? ok(outcome) : notOk(outcome);
}

function parseInput(source: string): CompilerInput {
  try {
    const { language, sources, settings } = JSON.parse(source) as Partial<CompilerInput>;
    if (language !== "Solidity" || typeof sources !== "object" || typeof settings !== "object") throw new TypeError();
    return { language, sources, settings };
  } catch {
    throw new Refused("Error! sourceCode must be the compiler's standard JSON input");
  }
}

/** Undefined when all of it fits, and then it is kept. */
async function check(rooms: EtherscanRooms, asked: Submission, given: CompilerInput): Promise<string | undefined> {
  const { code, codeHash, record, kinHash } = await identify(rooms, asked.address);
  if (record === undefined || kinHash === undefined) {
    const named = await recordNamed(asked.name);
    return named === undefined
      ? `The code at ${asked.address} is none of this explorer's build, which is all that it can check`
      : `The code at ${asked.address} is not that of ${asked.name}: ${howCodeDiffers(code, named)}`;
  }
  const isNamed = asked.name === `${record.sourceName}:${record.name}` || asked.name.endsWith(`:${record.name}`);
  if (!isNamed)
    return `The code at ${asked.address} is that of ${record.sourceName}:${record.name}, not of ${asked.name}`;
  const build = await readBuildInput(record);
  if (asked.compiler !== `v${build.compiler}`)
    return `The compiler was v${build.compiler}, not ${asked.compiler.slice(0, 60)}`;
  const difference = differenceOf(build, given);
  if (difference !== undefined) return `The hash in the code is of other sources or settings: ${difference}`;
  const creation = await findCreation(rooms, asked.address);
  const wrong = wrongArguments(asked, record, creation?.input);
  if (wrong !== undefined) return wrong;
  await saveVerified(rooms.db, {
    address: asked.address,
    code_hash: codeHash,
    kin_hash: kinHash,
    name: record.name,
    compiler: `v${build.compiler}`,
    input: JSON.stringify(publishedInput(build)),
    abi: JSON.stringify(record.abi),
    constructor_arguments: argumentsOf(record, creation?.input),
  });
  return undefined;
}

/** The sources that the contract is made of, and the settings without the compiler's orders of what to print. */
function publishedInput({ sources, settings }: BuildInput): CompilerInput {
  const { outputSelection: _, ...kept } = settings as BuildInput["settings"] & { outputSelection?: object };
  return { language: "Solidity", sources, settings: kept };
}

/** The last two bytes count those of the metadata before them, whose hash of sources and settings stands in bytes 8 to 42. */
function metadataHashOf(code: HexData): string {
  const length = Number.parseInt(code.slice(-4), 16) * 2 + 4;
  const metadata = code.slice(-length);
  return /^a264697066735822(1220[0-9a-f]{64})/.exec(metadata)?.[1] ?? "none";
}

function howCodeDiffers(code: HexData, { runtimeCode }: BuildRecord): string {
  const [is, must] = [metadataHashOf(code), metadataHashOf(runtimeCode)];
  const sizes = `${(code.length - 2) / 2} bytes instead of ${(runtimeCode.length - 2) / 2}`;
  return is === must
    ? `${sizes}, with the same hash of sources and settings at its end`
    : `${sizes}, and the hash of sources and settings at its end is ${is} instead of ${must}`;
}

const argumentsOf = ({ creationCode }: BuildRecord, input: HexData | undefined): HexData =>
  `0x${(input ?? "").slice(creationCode.length)}` as HexData;

/** What a contract made (a merchant's token) has none of its own in any transaction: they stand in its immutable values. */
function wrongArguments(asked: Submission, record: BuildRecord, input: HexData | undefined): string | undefined {
  if (input === undefined) return undefined;
  const must = argumentsOf(record, input).slice(2).toLowerCase();
  if (asked.constructorArguments.toLowerCase() === must) return undefined;
  return `Please provide the correct constructor arguments: those of the deployment are ${must === "" ? "none" : `0x${must}`}`;
}
