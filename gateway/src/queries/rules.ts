/** The merchants' published rules, for everybody to read and to check against the chain. */
import { LedgerError } from "../kernel/errors.ts";
import type { Database } from "../store/database.ts";
import type { StoredRules } from "../store/loyalty-rules.ts";
import { readInForce, readVersion, readVersions } from "../store/loyalty-rules.ts";
import { readMerchantFacts } from "../store/merchant-facts.ts";

function described(merchantId: number, { version, rulesHash, state, publishedAt }: StoredRules) {
  return { merchantId, version, rulesHash, state, publishedAt };
}

function whole(merchantId: number, rules: StoredRules) {
  return { ...described(merchantId, rules), document: JSON.parse(rules.document) as never };
}

export async function listRules(db: Database, merchantId: number) {
  if ((await readMerchantFacts(db, merchantId)) === undefined)
    throw new LedgerError("not_found", { what: `merchant ${merchantId}` });
  const inForce = await readInForce(db, merchantId);
  const versions = await readVersions(db, merchantId);
  return {
    inForce: inForce === undefined ? null : whole(merchantId, inForce),
    items: versions.map((rules) => described(merchantId, rules)),
  };
}

export async function showRules(db: Database, merchantId: number, version: number) {
  const rules = await readVersion(db, merchantId, version);
  if (rules === undefined)
    throw new LedgerError("not_found", { what: `version ${version} of the rules of merchant ${merchantId}` });
  return whole(merchantId, rules);
}
