/**
 * Carries out what is due: matured points are issued, points of returned goods are taken back. What is asked of the chain is
 * written down before it is asked, so that a process that ends at any point is taken over by the next look.
 */
import type { Asked } from "../commands/asked.ts";
import { issuePoints } from "../commands/issue-points.ts";
import { reverseIssue } from "../commands/reverse-issue.ts";
import type { Rooms } from "../commands/rooms.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Address } from "../kernel/ids.ts";
import { parsePoints } from "../kernel/ids.ts";
import { booksOf, nextAsk } from "../loyalty/books.ts";
import type { EarningRow } from "../store/earnings.ts";
import { claimEarnings, postpone, readAsked, writeAsks, writeCommand } from "../store/earnings-queue.ts";
import { lookAtAnswers, settleAll } from "./earning-answers.ts";
import type { Routine } from "./routine.ts";
import { askedByRoutine } from "./routine.ts";

const EVERY_MS = 500;
/** Rows of one look, and items of one command at most. */
const PORTION = 200;
/** Rows that are being worked on are left alone by other processes for so long. */
const LEASE_MS = 5_000;
const LOOK_MS = 400;

export const matureEarnings: Routine = {
  name: "mature earnings",
  everyMs: EVERY_MS,
  async run(rooms) {
    const now = rooms.clock.now();
    const { keys, waiting, count } = await claim(rooms, now);
    for (const key of keys) await send(rooms, key);
    await lookAtAnswers(rooms, waiting, now + LOOK_MS);
    return count === PORTION;
  },
};

interface Claimed {
  /** Of what was written down and not asked yet. */
  readonly keys: readonly string[];
  /** What was asked before. */
  readonly waiting: readonly EarningRow[];
  readonly count: number;
}

async function claim({ db }: Rooms, now: number): Promise<Claimed> {
  return db.transaction().execute(async (tx) => {
    const rows = await claimEarnings(tx, now, PORTION);
    const asks = asksFor(
      rows.filter(({ ask_kind: kind }) => kind === null),
      now,
    );
    await writeAsks(tx, asks, now + LEASE_MS);
    const asked = rows.filter(({ ask_kind: kind }) => kind !== null);
    await postpone(
      tx,
      asked.map(({ id }) => id),
      now + LEASE_MS,
    );
    const unsent = asked.flatMap(({ command_id: command, ask_key: key }) => (command === null ? [key ?? ""] : []));
    return {
      keys: [...new Set([...unsent, ...asks.map(({ key }) => key)])],
      waiting: asked.filter(({ command_id: command }) => command !== null),
      count: rows.length,
    };
  });
}

/** Issues of one token go into one command; what failed before is asked for alone, so that it holds nobody up. */
function asksFor(rows: readonly EarningRow[], now: number) {
  const keyOf = new Map<string, string>();
  return rows.flatMap((row) => {
    const ask = nextAsk(booksOf(row), now);
    if (ask === undefined) return [];
    const own = `earning:${ask.kind}:${row.id}:${row.ask_no + 1}`;
    const isAlone = ask.kind === "reverse" || row.tries > 0;
    const key = isAlone ? own : (keyOf.get(row.token) ?? own);
    if (!isAlone) keyOf.set(row.token, key);
    return [{ id: row.id, ...ask, key }];
  });
}

/** Safe to repeat: the same key is the same command. */
async function send(rooms: Rooms, key: string): Promise<void> {
  const rows = (await readAsked(rooms.db, key)).filter(({ command_id: command }) => command === null);
  const [first] = rows;
  if (first === undefined) return;
  try {
    const asked = askedByRoutine(first.merchant_id, key);
    const ask =
      first.ask_kind === "issue" ? issueAll(rooms, asked, { token: first.token, rows }) : reverse(rooms, asked, first);
    const { command } = await ask;
    await writeCommand(rooms.db, key, command.id, rooms.clock.now() + LOOK_MS);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const name = error.code === "chain_refused" ? String(error.facts["error"] ?? error.code) : error.code;
    const isExpired = first.ask_kind === "reverse" && name === "MerchantPointIssueExpired";
    const outcome = isExpired ? ("lapsed" as const) : ("failed" as const);
    await settleAll(
      rooms,
      rows.map((row) => ({ row, outcome, problem: { code: name, facts: error.facts } })),
    );
  }
}

function issueAll(rooms: Rooms, asked: Asked, { token, rows }: { token: Address; rows: readonly EarningRow[] }) {
  const items = rows.map((row) => ({
    to: row.account,
    points: parsePoints(row.ask_points ?? "0"),
    orderRef: row.chain_ref,
  }));
  return issuePoints(rooms, asked, { token, items });
}

function reverse(rooms: Rooms, asked: Asked, row: EarningRow) {
  return reverseIssue(rooms, asked, {
    token: row.token,
    orderRef: row.chain_ref,
    points: parsePoints(row.ask_points ?? "0"),
  });
}
