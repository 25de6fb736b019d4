/** Brings the schema up to date: numbered SQL files, each applied once, in order, in one transaction of its own. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { sql } from "kysely";
import type { Database } from "./database.ts";

const DIRECTORY = new URL("./migrations/", import.meta.url);
/** Any constant: it only has to be the same in every process that migrates this database. */
const LOCK_KEY = 7_818_000_001n;

/** Several processes may start at once: the advisory lock lets one migrate while the others wait. */
export async function migrate(db: Database): Promise<number> {
  const files = (await readdir(DIRECTORY)).filter((name) => name.endsWith(".sql")).sort();
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${LOCK_KEY.toString()}::bigint)`.execute(tx);
    await sql`create table if not exists migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`.execute(
      tx,
    );
    const applied = new Map(
      (await sql<{ name: string; sha256: string }>`select name, sha256 from migration`.execute(tx)).rows.map((row) => [
        row.name,
        row.sha256,
      ]),
    );
    let count = 0;
    for (const name of files) {
      const text = await readFile(new URL(name, DIRECTORY), "utf8");
      const sha256 = createHash("sha256").update(text).digest("hex");
      const before = applied.get(name);
      if (before === sha256) continue;
      if (before !== undefined)
        throw new Error(`migration ${name} was changed after it was applied: write a new one instead`);
      // A prepared statement takes one command only, so the file is cut at its semicolons at line ends.
      for (const statement of text.split(/;\s*$/m)) {
        if (statement.replace(/--.*$/gm, "").trim() !== "") await sql.raw(statement).execute(tx);
      }
      await sql`insert into migration (name, sha256) values (${name}, ${sha256})`.execute(tx);
      count += 1;
    }
    return count;
  });
}
