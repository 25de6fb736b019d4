/** Whether sources and settings that somebody hands in are those that a contract of the build was compiled from. */
import { toUtf8Bytes, keccak256 } from "ethers";
import type { BuildInput, CompilerInput, CompilerSettings } from "./build-records.ts";

/** In the order of importance; each names the first thing that differs. Undefined: they are the same. */
export function differenceOf(build: BuildInput, given: CompilerInput): string | undefined {
  return differenceOfSources(build, given) ?? differenceOfSettings(build, given.settings);
}

/** Sources besides those that the contract is made of do no harm: its code does not know them. */
function differenceOfSources({ sources }: BuildInput, given: CompilerInput): string | undefined {
  for (const [name, { content }] of Object.entries(sources)) {
    const handedIn = given.sources[name]?.content;
    if (typeof handedIn !== "string") return `the source ${name} is missing`;
    const [is, must] = [handedIn, content].map((text) => keccak256(toUtf8Bytes(text)));
    if (is !== must) return `the source ${name} differs: its keccak256 is ${is ?? ""}, that of the build ${must ?? ""}`;
  }
  return undefined;
}

/** What the hash in the code depends on, with the compiler's defaults filled in. */
const EFFECTIVE: Readonly<Record<string, (settings: CompilerSettings, sources: readonly string[]) => unknown>> = {
  evmVersion: ({ evmVersion }) => evmVersion ?? "default",
  optimizer: ({ optimizer }) => optimizer ?? { enabled: false },
  viaIR: ({ viaIR }) => viaIR ?? false,
  metadata: ({ metadata }) => metadata ?? {},
  libraries: ({ libraries }) => withoutEmpty(libraries ?? {}),
  // One that no source is found by changes nothing: who compiles the contract alone has fewer of them.
  remappings: ({ remappings }, sources) => {
    const isUsed = (target: string | undefined): boolean => sources.some((name) => name.startsWith(target ?? ""));
    return [...new Set(remappings ?? [])].filter((one) => isUsed(one.split("=")[1])).sort();
  },
};

function differenceOfSettings({ settings: own, sources }: BuildInput, given: CompilerSettings): string | undefined {
  for (const [what, effective] of Object.entries(EFFECTIVE)) {
    const [is, must] = [given, own].map((settings) => canonical(effective(settings, Object.keys(sources))));
    if (is !== must) return `of the settings, ${what} differs: ${is ?? ""} instead of ${must ?? ""}`;
  }
  return undefined;
}

const withoutEmpty = (libraries: object): object =>
  Object.fromEntries(Object.entries(libraries).filter(([, names]) => Object.keys(names as object).length > 0));

/** JSON with its keys in order. */
function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
}
