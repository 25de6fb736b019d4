/** Members with their past, proposals, votes and roles. */
import type { Tx } from "./database.ts";
import type * as rows from "./tables-governance.ts";
import type { MemberRow } from "./tables-ledger.ts";

export interface Page {
  readonly limit: number;
  /** The place after which the page begins: smaller ones follow. */
  readonly before?: string | undefined;
}

export async function readMember(db: Tx, id: number): Promise<MemberRow | undefined> {
  return db.selectFrom("member").selectAll().where("id", "=", id).executeTakeFirst();
}

/** By id. */
export async function readMembersPage(db: Tx, limit: number, after: number): Promise<MemberRow[]> {
  return db
    .selectFrom("member")
    .selectAll()
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit + 1)
    .execute();
}

/** Every change of standing of every member, oldest first: some tens in an alliance's life. */
export async function readStandings(db: Tx): Promise<rows.MemberChangeRow[]> {
  return db.selectFrom("member_change").selectAll().where("what", "=", "status").orderBy("position").execute();
}

/** Everything that changed about a member, newest first. */
export async function readMemberChanges(db: Tx, memberId: number): Promise<rows.MemberChangeRow[]> {
  return db
    .selectFrom("member_change")
    .selectAll()
    .where("member_id", "=", memberId)
    .orderBy("position", "desc")
    .orderBy("what")
    .limit(1_000)
    .execute();
}

/** Who was ever represented by which address: an address serves one member, ever. */
export async function readRepresentatives(db: Tx): Promise<Pick<rows.MemberChangeRow, "member_id" | "becomes">[]> {
  return db
    .selectFrom("member_change")
    .select(["member_id", "becomes"])
    .where("what", "=", "representative")
    .orderBy("position")
    .execute();
}

/** How a member voted, newest first. */
export async function readVotesOf(db: Tx, memberId: number, limit: number): Promise<rows.VoteRow[]> {
  return db
    .selectFrom("vote")
    .selectAll()
    .where("member_id", "=", memberId)
    .orderBy("position", "desc")
    .limit(limit)
    .execute();
}

export async function readCouncilRules(db: Tx): Promise<rows.CouncilRulesRow | undefined> {
  return db.selectFrom("council_rules").selectAll().executeTakeFirst();
}

export async function readProposal(db: Tx, id: number): Promise<rows.ProposalRow | undefined> {
  return db.selectFrom("proposal").selectAll().where("id", "=", id).executeTakeFirst();
}

/** Newest first; `before` is a proposal's number. */
export async function readProposals(db: Tx, page: Page): Promise<rows.ProposalRow[]> {
  return db
    .selectFrom("proposal")
    .selectAll()
    .where("id", "<", Number(page.before ?? 2_147_483_647))
    .orderBy("id", "desc")
    .limit(page.limit + 1)
    .execute();
}

export async function readLastProposalId(db: Tx): Promise<number> {
  const row = await db
    .selectFrom("proposal")
    .select((read) => read.fn.max("id").as("id"))
    .executeTakeFirst();
  return row?.id ?? 0;
}

/** Votes on these proposals in the order they came. */
export async function readVotesOn(db: Tx, proposalIds: readonly number[]): Promise<rows.VoteRow[]> {
  if (proposalIds.length === 0) return [];
  return db.selectFrom("vote").selectAll().where("proposal_id", "in", proposalIds).orderBy("position").execute();
}

export async function readRoleGrants(db: Tx): Promise<rows.RoleGrantRow[]> {
  return db
    .selectFrom("role_grant")
    .selectAll()
    .where("is_active", "=", true)
    .orderBy("role_id")
    .orderBy("account")
    .limit(1_000)
    .execute();
}

export async function readRoleFunctions(db: Tx): Promise<rows.RoleFunctionRow[]> {
  return db.selectFrom("role_function").selectAll().orderBy("target").orderBy("selector").limit(1_000).execute();
}

/** Members whose name contains the text; proposals whose description does. At most 20 each. */
export async function findMembers(db: Tx, text: string): Promise<MemberRow[]> {
  return db.selectFrom("member").selectAll().where("name", "ilike", patternOf(text)).orderBy("id").limit(20).execute();
}

export async function findProposals(db: Tx, text: string): Promise<rows.ProposalRow[]> {
  return db
    .selectFrom("proposal")
    .selectAll()
    .where("description", "ilike", patternOf(text))
    .orderBy("id", "desc")
    .limit(20)
    .execute();
}

function patternOf(text: string): string {
  return `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}
