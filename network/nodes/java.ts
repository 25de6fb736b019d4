/** Which Java there is. Besu's start script takes JAVA_HOME's, and without that the first on the PATH. */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What Besu asks for since 26.6. */
export const JAVA_MAJOR_MIN = 25;
const ASK_TIMEOUT_MS = 30_000;

/** Where packages, installers and SDKMAN put Javas: folders that hold one each. */
const USUAL_PLACES = [
  "/usr/lib/jvm",
  "/usr/java",
  "/opt/java",
  "/opt",
  "/Library/Java/JavaVirtualMachines",
  ...(process.env["HOME"] === undefined ? [] : [join(process.env["HOME"], ".sdkman/candidates/java")]),
];

export interface Java {
  /** As JAVA_HOME names it. */
  readonly home: string;
  /** 25.0.3 */
  readonly version: string;
  readonly major: number;
}

/** The newest that is new enough, from the usual places; undefined when there is none. */
export function findJava(places: readonly string[] = USUAL_PLACES): Java | undefined {
  return places
    .flatMap((place) => foldersIn(place).flatMap((home) => [home, join(home, "Contents/Home")]))
    .map(javaAt)
    .filter((java): java is Java => java !== undefined && java.major >= JAVA_MAJOR_MIN)
    .sort((one, other) => other.version.localeCompare(one.version, "en", { numeric: true }))[0];
}

function foldersIn(place: string): string[] {
  try {
    return readdirSync(place).map((name) => join(place, name));
  } catch {
    return [];
  }
}

/** Every Java since 9 says in a file what it is: none has to be started to find the right one. */
function javaAt(home: string): Java | undefined {
  try {
    const version = /^JAVA_VERSION="([^"]+)"/m.exec(readFileSync(join(home, "release"), "utf8"))?.[1];
    return version === undefined ? undefined : { home, version, major: majorOf(version) };
  } catch {
    return undefined;
  }
}

/** 17.0.15 → 17, and 1.8.0_401 → 8. */
function majorOf(version: string): number {
  const [first = 0, second = 0] = version.split(/[._+-]/).map(Number);
  return first === 1 ? second : first;
}

/** What `java` says of itself; undefined when it can not be run. */
export function askJava(
  program: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Pick<Java, "version" | "major"> | undefined> {
  return new Promise((resolve) => {
    execFile(program, ["-version"], { timeout: ASK_TIMEOUT_MS, env: { ...env } }, (error, stdout, stderr) => {
      const version = /version "([^"]+)"/.exec(`${stderr}${stdout}`)?.[1];
      resolve(error !== null || version === undefined ? undefined : { version, major: majorOf(version) });
    });
  });
}
