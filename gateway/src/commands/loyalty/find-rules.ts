/** The rules of a merchant, read as what they say. */
import { LedgerError } from "../../kernel/errors.ts";
import type { Hex32 } from "../../kernel/ids.ts";
import type { RuleBook } from "../../loyalty/rule-book.ts";
import { parseBook } from "../../loyalty/schema.ts";
import type { Tx } from "../../store/database.ts";
import type { StoredRules } from "../../store/loyalty-rules.ts";
import { readInForceHash, readVersion } from "../../store/loyalty-rules.ts";

export interface PublishedRules {
  readonly version: number;
  readonly rulesHash: Hex32;
  readonly book: RuleBook;
}

/** Published documents never change, so each is parsed once; the oldest reading makes room. */
const READINGS_MAX = 500;
const readings = new Map<Hex32, RuleBook>();

function publishedOf({ version, rulesHash, document }: StoredRules): PublishedRules {
  const known = readings.get(rulesHash);
  const book = known ?? parseBook(JSON.parse(document));
  if (known === undefined) {
    const [oldest] = readings.keys();
    if (oldest !== undefined && readings.size >= READINGS_MAX) readings.delete(oldest);
    readings.set(rulesHash, book);
  }
  return { version, rulesHash, book };
}

/** What holds for an order that is placed now; throws `rules_missing` while nothing was published. */
export async function findRules(db: Tx, merchantId: number): Promise<PublishedRules> {
  const inForce = await readInForceHash(db, merchantId);
  if (inForce === undefined) throw new LedgerError("rules_missing", { merchantId });
  const { version, rulesHash } = inForce;
  const book = readings.get(rulesHash);
  return book === undefined ? findRulesVersion(db, merchantId, version) : { version, rulesHash, book };
}

/** The version that an order was placed under. */
export async function findRulesVersion(db: Tx, merchantId: number, version: number): Promise<PublishedRules> {
  const stored = await readVersion(db, merchantId, version);
  if (stored === undefined)
    throw new LedgerError("not_found", { what: `version ${version} of the rules of merchant ${merchantId}` });
  return publishedOf(stored);
}
