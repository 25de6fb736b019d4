/** Members of the alliance: their node and representative, their votes, what they earned. */
import type { Tx } from "../store/database.ts";
import { readMember, readMemberChanges, readMembersPage, readVotesOf } from "../store/read-council.ts";
import type { MemberRow } from "../store/tables-ledger.ts";
import { blockOf } from "../kernel/position.ts";
import type { PageQuery, Reading } from "./at-block.ts";
import { atBlock, cutPage, found, integerCursor } from "./at-block.ts";
import { rewardsOf } from "./rewards.ts";

const VOTES_SHOWN = 100;

function memberView(row: MemberRow) {
  return {
    id: row.id,
    name: row.name,
    representative: row.representative,
    node: row.node,
    status: row.status,
    profileUri: row.profile_uri,
    profileHash: row.profile_hash,
    since: Number(row.since),
  };
}

export function listMembers(reading: Reading, { limit, cursor }: PageQuery) {
  return atBlock(reading, async ({ tx }) => {
    const rows = await readMembersPage(tx, limit, integerCursor(cursor, 0));
    return cutPage(rows, limit, { item: memberView, cursor: ({ id }) => String(id) });
  });
}

export function showMember(reading: Reading, id: number) {
  return atBlock(reading, async (snapshot) => {
    const { tx } = snapshot;
    const row = found(await readMember(tx, id), `member ${id}`);
    return {
      ...memberView(row),
      changes: await changeViews(tx, id),
      /** The latest. */
      votes: (await readVotesOf(tx, id, VOTES_SHOWN)).map((vote) => ({
        proposalId: vote.proposal_id,
        support: vote.support,
        voter: vote.voter,
        reason: vote.reason,
        transactionHash: vote.transaction_hash,
        timestamp: Number(vote.time),
      })),
      rewards: await rewardsOf(snapshot, id),
    };
  });
}

async function changeViews(tx: Tx, id: number) {
  return (await readMemberChanges(tx, id)).map((change) => ({
    what: change.what,
    was: change.was,
    becomes: change.becomes,
    blockNumber: blockOf(change.position),
    transactionHash: change.transaction_hash,
    timestamp: Number(change.time),
  }));
}
