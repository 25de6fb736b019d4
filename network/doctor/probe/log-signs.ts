/** What the last lines of Besu's log say (26.8): the round, refused blocks, and why it ended. */
import { cutSecrets } from "../../../gateway/src/kernel/pino-log.ts";
import type { LogSigns, Trouble } from "../facts.ts";

const LINE_MAX = 300;

/** RoundTimer says so from round 2 on. */
const ROUND = /Moved to round (\d+) which will expire in (\d+) seconds/;
/** A block made here or taken from others: whatever round there was is over. */
const IMPORTED = /\b(?:Imported|Produced) (?:empty block )?#[\d,]+/;
const FUTURE_BLOCK = /timestamp (\d+) is greater than (?:the timestamp margin )?(\d+)/;
/** The margin is the node's clock and this much. */
const DRIFT_ACCEPTED_SECONDS = 1;
/** Words of a start: what an earlier run complained about is over. */
const STARTED = /\bStarting Besu\b/;

const SIGNS: readonly { readonly kind: Trouble; readonly words: RegExp }[] = [
  { kind: "disk", words: /No space left on device|disk full/i },
  { kind: "port", words: /Port\(s\) '.*' already in use|Address already in use|EADDRINUSE/ },
  { kind: "genesis", words: /Supplied genesis block does not match/ },
  { kind: "java", words: /UnsupportedClassVersionError|compiled by a more recent version of the Java/ },
  {
    kind: "options",
    words: /Unknown option|Invalid value for option|are not valid options|Unable to read (?:TOML|from config)/,
  },
  {
    kind: "locked",
    words: /While lock file|lock hold by current process|already been opened|Resource temporarily unavailable/,
  },
  { kind: "memory", words: /OutOfMemoryError|insufficient memory for the Java Runtime/ },
  { kind: "validatorContract", words: /validator smart contract call|Unexpected empty result from validator/ },
  { kind: "staticNodes", words: /not in nodes-allowlist/ },
  { kind: "unwritable", words: /Permission denied|Read-only file system|AccessDeniedException/ },
];

/** @param text The end of a log; its first line may be cut. */
export function readLogSigns(text: string): LogSigns | undefined {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const lastLine = lines.at(-1);
  if (lastLine === undefined) return undefined;
  const started = lines.findLastIndex((line) => STARTED.test(line));
  const run = started === -1 ? lines : lines.slice(started);
  // A node that took a block after it has got over what it complained about.
  const sinceImport = run.slice(run.findLastIndex((line) => IMPORTED.test(line)) + 1);
  return {
    lastLine: shorten(wordsOfEnd(run) ?? lastLine),
    round: roundOf(run),
    futureBlockSeconds: futureOf(run),
    troubles: SIGNS.flatMap(({ kind, words }) => {
      const line = sinceImport.findLast((candidate) => words.test(candidate));
      return line === undefined ? [] : [{ kind, line: shorten(line) }];
    }),
  };
}

/** A stack's frames say nothing to an operator: the last line that is none. */
function wordsOfEnd(lines: readonly string[]): string | undefined {
  return lines.findLast((line) => !/^\s+at |^\s*\.\.\. \d+ more|^To display full help|^besu \[COMMAND\]/.test(line));
}

function roundOf(lines: readonly string[]): LogSigns["round"] {
  const at = lines.findLastIndex((line) => ROUND.test(line));
  if (at === -1 || lines.slice(at).some((line) => IMPORTED.test(line))) return undefined;
  const [, number, seconds] = ROUND.exec(lines[at] ?? "") ?? [];
  return { number: Number(number), expiresAfterSeconds: Number(seconds) };
}

/** A validator refuses a proposal at its turn only, once in as many blocks as there are validators (about 30 at most). */
const IMPORTS_BACK = 30;

/** The widest of late: while a node waits for its clock to arrive, the same block is refused by less and less. */
function futureOf(lines: readonly string[]): number | undefined {
  const imports = lines.flatMap((line, index) => (IMPORTED.test(line) ? [index] : []));
  const late = lines.slice(imports.at(-IMPORTS_BACK) ?? 0);
  const seconds = late.flatMap((line) => {
    const [, timestamp, margin] = FUTURE_BLOCK.exec(line) ?? [];
    return timestamp === undefined || margin === undefined ? [] : [Number(timestamp) - Number(margin)];
  });
  return seconds.length === 0 ? undefined : Math.max(...seconds) + DRIFT_ACCEPTED_SECONDS;
}

function shorten(line: string): string {
  // Time, thread and level say nothing here; a node's key of 128 digits hides the sentence.
  const message = line.trim().replace(/^[\d:.T+\- Z]+ \| [^|]+ \| \w+ +\| /, "");
  const words = cutSecrets(message).replace(/\b((?:0x)?[0-9a-f]{8})[0-9a-f]{32,}\b/gi, "$1…");
  return words.length <= LINE_MAX ? words : `${words.slice(0, LINE_MAX)}…`;
}
