/** The Besu of this computer: where it lies, whether it runs here and is new enough. */
import { execFile } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { NetworkFolder } from "../plan/folder.ts";
import { NetworkError } from "../plan/network-error.ts";
import { askJava, findJava, JAVA_MAJOR_MIN } from "./java.ts";
import type { Java } from "./java.ts";

/** Before it, a contract that reads prevrandao stops the chain, and rounds have no bound (GHSA-23rh-rrqg-wq82). */
const BESU_MIN = [26, 8] as const;
/** A Java program's start on two busy cores; five seconds are usual. */
const ASK_TIMEOUT_MS = 120_000;

export interface BesuHome {
  /** The start script. */
  readonly program: string;
  /** 26.8.0 */
  readonly version: string;
  /** What its processes need in their environment beside the caller's. */
  readonly env: { readonly JAVA_HOME?: string };
}

type Environment = Readonly<Record<string, string | undefined>>;

export interface BesuWanted {
  readonly env: Environment;
  readonly folder: NetworkFolder;
  /** The version that the network's file names, for words. */
  readonly wanted: string;
  readonly say: (line: string) => void;
  /** Where Javas are looked for. */
  readonly javaPlaces?: readonly string[];
}

/** Throws `NetworkError("machine")` with what to install or set. */
export async function findBesu({ env, folder, wanted, say, javaPlaces }: BesuWanted): Promise<BesuHome> {
  const home = env["BESU_HOME"] ?? "";
  if (home === "") throw new NetworkError("machine", howToGetBesu(folder, wanted));
  // The nodes start in folders of their own.
  const program = resolve(home, "bin", "besu");
  checkProgram(program, home, wanted);
  say("Asking Besu for its version …");
  const asked = await askVersion(program, env, {});
  if (asked.version !== undefined) return accept({ program, version: asked.version, env: {} });
  const java = await javaFor(env, { program, output: asked.output, places: javaPlaces });
  say(`Using Java ${java.version} of ${java.home}: ${java.why}`);
  const again = await askVersion(program, env, { JAVA_HOME: java.home });
  if (again.version === undefined) throw notBesu(program, again.output);
  return accept({ program, version: again.version, env: { JAVA_HOME: java.home } });
}

/** What `up` says where there is no Besu. */
function howToGetBesu(folder: NetworkFolder, wanted: string): string {
  return [
    `BESU_HOME is not set. Choose one of two ways to run the nodes:`,
    `  Plain processes: unpack Besu ${wanted} (https://github.com/besu-eth/besu/releases/tag/${wanted}), install Java ${JAVA_MAJOR_MIN},`,
    `    then run this command again with BESU_HOME=<the folder that holds bin/besu>.`,
    `  Docker: docker compose -f ${folder.compose} up -d`,
    `    then run this command again: it waits for blocks and starts the agents of nodes that run already.`,
  ].join("\n");
}

function checkProgram(program: string, home: string, wanted: string): void {
  if (!existsSync(program)) {
    const inside = `${program} is not there: BESU_HOME (${home}) must be the folder that holds bin/besu`;
    throw new NetworkError("machine", `${inside}, as it comes out of besu-${wanted}.tar.gz.`);
  }
  try {
    accessSync(program, constants.X_OK);
  } catch {
    throw new NetworkError("machine", `${program} can not be executed by you: chmod a+x ${program}.`);
  }
}

function accept(besu: BesuHome): BesuHome {
  const [major = 0, minor = 0] = besu.version.split(/[.-]/).map(Number);
  if (major > BESU_MIN[0] || (major === BESU_MIN[0] && minor >= BESU_MIN[1])) return besu;
  const why = "older ones can be stopped by a contract or a message (fixed in 26.6.1 and 26.8.0)";
  const what = `Besu ${besu.version} is too old: this network needs ${BESU_MIN.join(".")} or newer, ${why}.`;
  throw new NetworkError("machine", `${what} Unpack a newer one and name its folder in BESU_HOME.`);
}

interface Answer {
  readonly version: string | undefined;
  readonly output: string;
}

/** `besu/v26.8.0/linux-x86_64/openjdk-java-25`; plug-ins follow in lines of their own. */
function askVersion(program: string, env: Environment, more: BesuHome["env"]): Promise<Answer> {
  return new Promise((resolve) => {
    const options = { timeout: ASK_TIMEOUT_MS, env: { ...env, ...more } };
    execFile(program, ["--version"], options, (error, stdout, stderr) => {
      const output = `${stdout}\n${stderr}\n${error?.killed === true ? "no answer in time" : ""}`.trim();
      resolve({ version: /\bbesu\/v?(\d+\.\d+[^/\s]*)/.exec(stdout)?.[1], output });
    });
  });
}

interface Failed {
  readonly program: string;
  readonly output: string;
  readonly places: readonly string[] | undefined;
}

/** Why Besu did not tell its version is Java, nearly always. Finds one that will do, or says what to install. */
async function javaFor(env: Environment, { program, output, places }: Failed): Promise<Java & { why: string }> {
  const home = env["JAVA_HOME"] ?? "";
  const present = await askJava(home === "" ? "java" : join(home, "bin", "java"), env);
  if (present !== undefined && present.major >= JAVA_MAJOR_MIN) throw notBesu(program, output);
  const needs = `Besu needs Java ${JAVA_MAJOR_MIN} or newer`;
  const found = findJava(places);
  if (home !== "") {
    const what = present === undefined ? "holds no bin/java that runs" : `is Java ${present.version}`;
    throw new NetworkError("machine", `JAVA_HOME (${home}) ${what}, and ${needs}: ${howToGetJava(found)}.`);
  }
  const what = present === undefined ? "there is no java on the PATH" : `the PATH's java is ${present.version}`;
  if (found === undefined) throw new NetworkError("machine", `${needs}, and ${what}: ${howToGetJava(found)}.`);
  return { ...found, why: `${what}, and ${needs}.` };
}

function howToGetJava(found: Java | undefined): string {
  if (found !== undefined) return `set JAVA_HOME=${found.home}`;
  return `install one (for example Temurin ${JAVA_MAJOR_MIN}) and set JAVA_HOME to its folder`;
}

function notBesu(program: string, output: string): NetworkError {
  const said = output.split("\n").slice(-5).join("\n  ");
  return new NetworkError("machine", `${program} --version does not tell a version of Besu. It said:\n  ${said}`);
}
