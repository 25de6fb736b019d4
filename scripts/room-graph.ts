/**
 * Draws the rooms of the gateway, and the node agent above them, as they import each other, for docs/architecture.md.
 * Without arguments it checks that the drawing there is the present one; `--write` puts the present one in.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "./tooling/run-step.ts";

const DOCUMENT = join(PROJECT_ROOT, "docs", "architecture.md");
const BEGIN = "<!-- room graph: made by scripts/room-graph.ts -->";
const END = "<!-- end of room graph -->";
/** Lowest floor first: drawn from the bottom up. Everything may look at the kernel, so it is not drawn in. */
const FLOORS = [
  "chain",
  "council",
  "store",
  "loyalty",
  "outward",
  "outbox",
  "indexer",
  "regulator",
  "reports",
  "signer",
  "webhooks",
  "commands",
  "routines",
  "queries",
  "http",
  "app",
  "network",
];

interface Cruise {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string }[];
  }[];
}

function cruise(): Cruise {
  const program = join(PROJECT_ROOT, "node_modules", ".bin", "depcruise");
  const args = ["--config", ".dependency-cruiser.cjs", "--output-type", "json", "gateway/src", "network/agent"];
  const options = { cwd: PROJECT_ROOT, encoding: "utf8", maxBuffer: 256 * 1024 * 1024 } as const;
  return JSON.parse(execFileSync(program, args, options)) as Cruise;
}

/**
 * `gateway/src/outbox/worker.ts` → outbox; the files beside the rooms are the composition root, `app`. What runs beside a
 * node is one room, `network`.
 */
function roomOf(path: string): string | undefined {
  if (path.startsWith("network/")) return "network";
  const [, room, rest] = /^gateway\/src\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  return room === undefined ? undefined : rest === undefined ? "app" : room;
}

function drawRooms({ modules }: Cruise): string {
  const arrows = new Set<string>();
  for (const { source, dependencies } of modules) {
    for (const { resolved } of dependencies) {
      const [from, to] = [roomOf(source), roomOf(resolved)];
      if (from === undefined || to === undefined || from === to || to === "kernel") continue;
      arrows.add(`  ${from} --> ${to}`);
    }
  }
  const rooms = FLOORS.toReversed().map((room) => `  ${room}`);
  return ["```mermaid", "flowchart TD", ...rooms, ...[...arrows].sort(), "```"].join("\n");
}

const text = readFileSync(DOCUMENT, "utf8");
const [start, end] = [text.indexOf(BEGIN), text.indexOf(END)];
if (start < 0 || end < start) throw new Error(`docs/architecture.md needs the lines ${BEGIN} and ${END}`);
const fresh = `${text.slice(0, start)}${BEGIN}\n\n${drawRooms(cruise())}\n\n${text.slice(end)}`;
if (process.argv.includes("--write")) {
  writeFileSync(DOCUMENT, fresh);
} else if (fresh !== text) {
  console.error("docs/architecture.md shows other rooms than the code has: node scripts/room-graph.ts --write");
  process.exitCode = 1;
}
