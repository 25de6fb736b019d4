/**
 * The rules of taste that no other tool knows: file lengths, forbidden files and marks, one title per document.
 * Prints each finding as file:line: what; exits 1 if there is one.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, extname } from "node:path";

const FILE_LINES_MAX = 300;
/** Tables of data and interfaces (which are the specification, mostly prose) may be longer: cutting them hides them. */
const LONG_DATA_FILES = /\.(json|md|sql|css|html)$|\/(catalogue|schema)\.ts$|\/I[A-Z]\w+\.sol$/;
/** A suite is read by its sentences, not as one idea. */
const TESTS = /^(test|gateway\/test|network\/test|explorer\/test)\//;
const CODE = new Set([".ts", ".tsx", ".js", ".mjs", ".cjs", ".sol"]);

interface TextFile {
  readonly path: string;
  readonly text: string;
}

interface LineRule {
  readonly what: string;
  readonly applies: (path: string) => boolean;
  readonly forbidden: RegExp;
}

const isCode = (path: string): boolean => CODE.has(extname(path));
// The words are put together here so that this file does not forbid itself.
const STRAY_MARKS = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"].join("|")})\\b`);
const MACHINE_PATHS = new RegExp(`["'\`\\s(](/${["home", "root", "Users", "work", "tmp"].join("/|/")}/)[a-z0-9]`);

const LINE_RULES: readonly LineRule[] = [
  { what: "a mark for later: do it, or write it in the CHANGELOG as known", applies: isCode, forbidden: STRAY_MARKS },
  {
    what: "a path of one machine",
    applies: (path) => isCode(path) || /\.(md|json|ya?ml)$|\.ci\//.test(path),
    forbidden: MACHINE_PATHS,
  },
  {
    what: "a test that runs alone or not at all",
    applies: (path) => path.endsWith(".test.ts"),
    forbidden: new RegExp(`\\b(it|describe)\\.(${["only", "skip"].join("|")})\\(`),
  },
  {
    what: "a type check switched off: say what the type is",
    applies: isCode,
    forbidden: new RegExp(`^\\s*//\\s*@ts-(${["ignore", "nocheck"].join("|")})`),
  },
];

function trackedFiles(): TextFile[] {
  const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  });
  return list
    .split("\0")
    .filter((path) => path !== "" && path !== "package-lock.json" && path !== "LICENSE" && existsSync(path))
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));
}

function lengthFindings({ path, text }: TextFile): string[] {
  const lines = text.split("\n").length - 1;
  if (!isCode(path) || LONG_DATA_FILES.test(path) || TESTS.test(path)) return [];
  return lines > FILE_LINES_MAX ? [`${path}:1: ${lines} lines, at most ${FILE_LINES_MAX}: it is two nouns`] : [];
}

function nameFindings({ path }: TextFile): string[] {
  const name = basename(path);
  if (/^index\.(ts|js|mjs)$/.test(name)) return [`${path}:1: a barrel: import from the file that makes the thing`];
  // Words that every page says are common by nature: only code is meant.
  if (isCode(path) && /^(utils?|helpers?|misc|common)\./i.test(name))
    return [`${path}:1: a drawer for everything: name the idea`];
  return [];
}

function lineFindings({ path, text }: TextFile): string[] {
  const rules = LINE_RULES.filter((rule) => rule.applies(path));
  return text
    .split("\n")
    .flatMap((line, index) =>
      rules.filter((rule) => rule.forbidden.test(line)).map((rule) => `${path}:${index + 1}: ${rule.what}`),
    );
}

/** A document has one title, on its first line. */
function titleFindings({ path, text }: TextFile): string[] {
  if (!path.endsWith(".md")) return [];
  const outsideCode = text.replace(/^```[\s\S]*?^```/gm, "");
  const titles = outsideCode.match(/^# .+/gm)?.length ?? 0;
  return titles === 1 && text.startsWith("# ") ? [] : [`${path}:1: ${titles} titles; one is wanted, as first line`];
}

const findings = trackedFiles().flatMap((file) =>
  [lengthFindings, nameFindings, lineFindings, titleFindings].flatMap((rule) => rule(file)),
);
for (const finding of findings) console.error(finding);
if (findings.length > 0) process.exitCode = 1;
