/**
 * Compares what is stored with what the contracts say at the very block the store stands at: every token's supply
 * split, and a rolling sample of accounts. A difference is a bug here or a node that lies; it is never repaired silently.
 */
import { isDeepStrictEqual } from "node:util";
import type { ChainClient } from "../chain/client.ts";
import { fetchLots, fetchSupplySplit, SPLIT_PARTS } from "../chain/read-contracts.ts";
import { epochAt } from "../kernel/calendar.ts";
import type { EpochRule } from "../kernel/calendar.ts";
import type { Log } from "../kernel/log.ts";
import { rollTo } from "../kernel/lots.ts";
import type { Database } from "../store/database.ts";
import { readCursor } from "../store/ledger-cursor.ts";
import { readHoldingsAfter, readTokens } from "../store/ledger-read.ts";
import type { HoldingRow, PointTokenRow } from "../store/tables-ledger.ts";

export interface Difference {
  readonly what: string;
  readonly stored: string;
  readonly chain: string;
}

export interface Reconciled {
  readonly block: number;
  readonly compared: number;
  readonly differences: readonly Difference[];
}

interface ReconcileRooms {
  readonly db: Database;
  readonly chain: ChainClient;
  readonly log: Log;
}

export class Reconciler {
  readonly #rooms: ReconcileRooms;
  #after = { token: "", account: "" };

  constructor(rooms: ReconcileRooms) {
    this.#rooms = rooms;
  }

  /** One sample of at most `accounts` accounts; undefined when the store moved while it was compared. */
  async sample(accounts: number): Promise<Reconciled | undefined> {
    const { db, chain, log } = this.#rooms;
    const cursor = await readCursor(db);
    if (cursor === undefined) return undefined;
    const [tokens, holdings] = await Promise.all([readTokens(db), readHoldingsAfter(db, this.#after, accounts)]);
    const still = await readCursor(db);
    if (still?.blockHash !== cursor.blockHash) return undefined;
    const last = holdings.at(-1);
    this.#after = holdings.length < accounts || last === undefined ? { token: "", account: "" } : last;

    const differences: Difference[] = [];
    for (const token of tokens) differences.push(...(await compareSupply(chain, token, cursor.blockNumber)));
    const rules = new Map(tokens.map((token) => [token.address as string, ruleOf(token)]));
    for (const holding of holdings) {
      const rule = rules.get(holding.token);
      if (rule === undefined) continue;
      const epoch = epochAt(rule, cursor.timestamp);
      differences.push(...(await compareLots(chain, holding, { epoch, block: cursor.blockNumber })));
    }
    for (const difference of differences)
      log.error({ ...difference, block: cursor.blockNumber }, "the store and the contracts disagree");
    return { block: cursor.blockNumber, compared: tokens.length * SPLIT_PARTS.length + holdings.length, differences };
  }
}

function ruleOf(token: PointTokenRow): EpochRule {
  return { calendar: token.calendar as EpochRule["calendar"], utcOffsetSeconds: token.utc_offset_seconds };
}

async function compareSupply(chain: ChainClient, token: PointTokenRow, block: number): Promise<Difference[]> {
  const split = await fetchSupplySplit(chain, token.address, block);
  return SPLIT_PARTS.filter((part) => String(split[part]) !== token[part]).map((part) => ({
    what: `${part} of ${token.symbol} ${token.address}`,
    stored: token[part],
    chain: String(split[part]),
  }));
}

interface At {
  readonly epoch: number;
  readonly block: number;
}

async function compareLots(chain: ChainClient, holding: HoldingRow, { epoch, block }: At): Promise<Difference[]> {
  const theirs = await fetchLots(chain, holding.token, holding.account, block);
  const lanes = [holding.lane0, holding.lane1, holding.lane2, holding.lane3].map(BigInt);
  const [a = 0n, b = 0n, c = 0n, d = 0n] = lanes;
  const ours = rollTo({ touched: holding.touched, lanes: [a, b, c, d] }, epoch);
  if (isDeepStrictEqual(ours, theirs)) return [];
  const words = (lots: typeof ours): string => `${lots.lanes.join("+")} of epoch ${lots.touched}`;
  return [{ what: `lots of ${holding.account} in ${holding.token}`, stored: words(ours), chain: words(theirs) }];
}
