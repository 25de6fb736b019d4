/** Drafts and versions of the merchants' rules. A version is in force from the moment its command is confirmed. */
import { sql } from "kysely";
import type { Hex32 } from "../kernel/ids.ts";
import { insertLoyaltyEvent } from "./loyalty-events.ts";
import type { Database, Tx } from "./database.ts";

export interface Draft {
  /** Canonical JSON. */
  readonly document: string;
  readonly rulesHash: Hex32;
  /** Unix seconds. */
  readonly updatedAt: number;
}

export interface StoredRules {
  readonly version: number;
  readonly document: string;
  readonly rulesHash: Hex32;
  readonly state: "publishing" | "published";
  /** Unix seconds; null while it is being published. */
  readonly publishedAt: number | null;
  readonly commandId: string;
}

export interface NewRules extends Pick<StoredRules, "version" | "document" | "rulesHash" | "commandId"> {
  readonly merchantId: number;
  readonly organisation: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const iso = (now: number): string => new Date(now).toISOString();

export async function saveDraft(
  db: Tx,
  draft: { merchantId: number; document: string; rulesHash: Hex32; organisation: string; now: number },
): Promise<void> {
  const values = {
    document: draft.document,
    rules_hash: draft.rulesHash,
    updated_at: iso(draft.now),
    updated_by: draft.organisation,
  };
  await db
    .insertInto("loyalty_rules_draft")
    .values({ merchant_id: draft.merchantId, ...values })
    // The same words again change nothing, not even who wrote them.
    .onConflict((conflict) =>
      conflict.column("merchant_id").doUpdateSet(values).where("loyalty_rules_draft.rules_hash", "<>", draft.rulesHash),
    )
    .execute();
}

export async function readDraft(db: Tx, merchantId: number): Promise<Draft | undefined> {
  const row = await db
    .selectFrom("loyalty_rules_draft")
    .selectAll()
    .where("merchant_id", "=", merchantId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { document: row.document, rulesHash: row.rules_hash, updatedAt: Math.floor(row.updated_at.getTime() / 1000) };
}

/** False when another version of the merchant's is being published already. */
export async function insertPublishing(db: Tx, rules: NewRules): Promise<boolean> {
  const row = await db
    .insertInto("loyalty_rules")
    .values({
      merchant_id: rules.merchantId,
      version: rules.version,
      document: rules.document,
      rules_hash: rules.rulesHash,
      state: "publishing",
      command_id: rules.commandId,
      requested_at: iso(rules.now),
      published_at: null,
      published_by: rules.organisation,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("version")
    .executeTakeFirst();
  return row !== undefined;
}

function versions(db: Tx, merchantId: number) {
  return db
    .selectFrom("loyalty_rules as rules")
    .leftJoin("command", "command.id", "rules.command_id")
    .select(["rules.version", "rules.document", "rules.rules_hash", "rules.command_id"])
    .select(({ fn }) => fn.coalesce("rules.published_at", "command.settled_at").as("published_at"))
    .select(
      sql<boolean>`(rules.state = 'published' or coalesce(command.state = 'confirmed', false))`.as("is_published"),
    )
    .where("rules.merchant_id", "=", merchantId)
    .where(sql<boolean>`(rules.state = 'published' or command.state is distinct from 'failed')`)
    .orderBy("rules.version", "desc");
}

type VersionRow = Awaited<ReturnType<ReturnType<typeof versions>["execute"]>>[number];

function rulesOf(row: VersionRow): StoredRules {
  return {
    version: row.version,
    document: row.document,
    rulesHash: row.rules_hash,
    state: row.is_published ? "published" : "publishing",
    publishedAt: row.is_published && row.published_at !== null ? Math.floor(row.published_at.getTime() / 1000) : null,
    commandId: row.command_id,
  };
}

/** Newest first, one that is being published included. */
export async function readVersions(db: Tx, merchantId: number): Promise<readonly StoredRules[]> {
  return (await versions(db, merchantId).limit(1_000).execute()).map(rulesOf);
}

/** A published version; undefined when there is none of that number. */
export async function readVersion(db: Tx, merchantId: number, version: number): Promise<StoredRules | undefined> {
  const row = await versions(db, merchantId).where("rules.version", "=", version).executeTakeFirst();
  return row?.is_published === true ? rulesOf(row) : undefined;
}

/** Which version that is, without its words: they can be long, and are asked for with every order. */
export async function readInForceHash(
  db: Tx,
  merchantId: number,
): Promise<Pick<StoredRules, "version" | "rulesHash"> | undefined> {
  const row = await newest(db, merchantId)
    .clearSelect()
    .select(["rules.version", "rules.rules_hash"])
    .executeTakeFirst();
  return row === undefined ? undefined : { version: row.version, rulesHash: row.rules_hash };
}

function newest(db: Tx, merchantId: number) {
  return versions(db, merchantId)
    .where(sql<boolean>`(rules.state = 'published' or command.state = 'confirmed')`)
    .limit(1);
}

/** The newest published version. */
export async function readInForce(db: Tx, merchantId: number): Promise<StoredRules | undefined> {
  const row = await newest(db, merchantId).executeTakeFirst();
  return row === undefined ? undefined : rulesOf(row);
}

interface Settled {
  readonly merchant_id: number;
  readonly version: number;
  readonly rules_hash: Hex32;
  readonly command_state: string;
  readonly settled_at: Date;
}

/**
 * Versions whose command is settled: confirmed ones are told of, failed ones make room for another attempt. Several
 * processes may do this at once. `merchantId` left out: of all merchants.
 */
export async function settlePublishing(db: Database, merchantId?: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<Settled>`
      select rules.merchant_id, rules.version, rules.rules_hash, command.state as command_state, command.settled_at
      from loyalty_rules rules join command on command.id = rules.command_id
      where rules.state = 'publishing' and command.state in ('confirmed', 'failed')
        and (${merchantId ?? null}::integer is null or rules.merchant_id = ${merchantId ?? null}::integer)
      order by rules.merchant_id limit 100 for update of rules skip locked`.execute(tx);
    for (const row of rows) await (row.command_state === "confirmed" ? announce(tx, row) : dropFailed(tx, row));
    return rows.length;
  });
}

async function announce(tx: Tx, row: Settled): Promise<void> {
  const at = row.settled_at.getTime();
  await tx
    .updateTable("loyalty_rules")
    .set({ state: "published", published_at: iso(at) })
    .where("merchant_id", "=", row.merchant_id)
    .where("version", "=", row.version)
    .execute();
  await insertLoyaltyEvent(tx, {
    merchantId: row.merchant_id,
    name: "rules.published",
    key: `rules:${row.merchant_id}:${row.version}`,
    data: { rulesVersion: row.version, rulesHash: row.rules_hash, publishedAt: Math.floor(at / 1000) },
    now: at,
  });
}

async function dropFailed(tx: Tx, row: Settled): Promise<void> {
  await tx
    .deleteFrom("loyalty_rules")
    .where("merchant_id", "=", row.merchant_id)
    .where("version", "=", row.version)
    .execute();
}
