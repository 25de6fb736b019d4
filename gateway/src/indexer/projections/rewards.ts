/** What members earn for keeping their nodes: windows attested, rewards claimed, what the alliance token may grow by. */
import type { EventOf, EventsOf } from "../../kernel/events.ts";
import { ZERO_ADDRESS } from "../../kernel/ids.ts";
import type { RewardRecordRow } from "../../store/tables-governance.ts";
import type { Books } from "../books.ts";
import { positionOfEvent } from "../books.ts";

export function projectRewards(books: Books, event: EventsOf<"rewards">): void {
  const record = recordOf(books, event);
  books.rewardRecords.change(record);
  if (event.type === "rewards.Attested") {
    record.windows = Number(event.count);
    record.attested_at = BigInt(books.time);
    return;
  }
  record.claimed = event.amount;
  record.claimed_at = BigInt(books.time);
  record.paid_to = event.to;
  record.transaction_hash = event.transactionHash;
}

function recordOf(books: Books, event: EventsOf<"rewards">): RewardRecordRow<bigint> {
  const key = { member_id: Number(event.memberId), epoch: Number(event.epoch) };
  const none = { attested_at: null, claimed: null, claimed_at: null, paid_to: null, transaction_hash: null };
  return books.rewardRecords.find(key.member_id, key.epoch) ?? books.rewardRecords.add({ ...key, windows: 0, ...none });
}

export function projectInflation(books: Books, event: EventOf<"alp.InflationChanged">): void {
  books.inflationChanges.push({
    position: positionOfEvent(event),
    bps: Number(event.bps),
    time: String(books.time),
  });
}

export function projectEmission(books: Books, event: EventOf<"alp.RewardEmitted">): void {
  const year =
    books.rewardYears.find(Number(event.year)) ?? books.rewardYears.add({ year: Number(event.year), emitted: 0n });
  year.emitted += event.amount;
  books.rewardYears.change(year);
}

/** The total supply at the end of each second that changed it: what a year of rewards is reckoned from. */
export function projectSupply(books: Books, event: EventOf<"alp.Transfer">): void {
  if (event.from !== ZERO_ADDRESS && event.to !== ZERO_ADDRESS) return;
  books.alpSupply += event.from === ZERO_ADDRESS ? event.value : -event.value;
  const time = BigInt(books.time);
  const row = books.alpSupplies.find(String(time)) ?? books.alpSupplies.add({ time, supply: 0n });
  row.supply = books.alpSupply;
  books.alpSupplies.change(row);
}
