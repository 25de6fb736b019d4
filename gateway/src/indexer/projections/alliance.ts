/** Members of the alliance, and who holds alliance tokens. */
import assert from "node:assert/strict";
import type { EventOf, EventsOf } from "../../kernel/events.ts";
import type { Address } from "../../kernel/ids.ts";
import { ZERO_ADDRESS } from "../../kernel/ids.ts";
import { MEMBER_STATUSES, wordOf } from "../../kernel/statuses.ts";
import type { MemberChangeRow } from "../../store/tables-governance.ts";
import type { AlpBalanceRow } from "../../store/tables-ledger.ts";
import type { Books } from "../books.ts";
import { positionOfEvent } from "../books.ts";
import { projectEmission, projectInflation, projectSupply } from "./rewards.ts";

/** Events of one member; what the council tells the agents of all is no member's. */
type MemberEvent = Exclude<EventsOf<"alliance">, EventOf<"alliance.ValidatorFloorChanged">>;

export function projectMember(books: Books, event: EventsOf<"alliance">): void {
  if (event.type === "alliance.ValidatorFloorChanged") return;
  const id = Number(event.memberId);
  if (event.type === "alliance.MemberAdmitted") {
    const profile = books.announced.profiles.get(id);
    assert(profile !== undefined, `the profile of member ${id} was not asked for`);
    books.members.add({
      id,
      name: event.name,
      representative: event.representative,
      node: event.node,
      status: "active",
      profile_uri: profile.profileUri,
      profile_hash: profile.profileHash,
      since: String(books.time),
    });
    record(books, event, { what: "status", was: "none", becomes: "active" });
    record(books, event, { what: "representative", was: "", becomes: event.representative });
    record(books, event, { what: "node", was: "", becomes: event.node });
    return;
  }
  const member = books.members.need(id);
  books.members.change(member);
  if (event.type === "alliance.MemberStatusChanged") {
    const becomes = wordOf(MEMBER_STATUSES, event.to);
    record(books, event, { what: "status", was: wordOf(MEMBER_STATUSES, event.from), becomes });
    member.status = becomes;
  } else {
    const what = event.type === "alliance.NodeChanged" ? "node" : "representative";
    record(books, event, { what, was: event.from, becomes: event.to });
    member[what] = event.to;
  }
}

type Change = Pick<MemberChangeRow, "what" | "was" | "becomes">;

function record(books: Books, event: MemberEvent, change: Change): void {
  books.memberChanges.push({
    position: positionOfEvent(event),
    member_id: Number(event.memberId),
    ...change,
    transaction_hash: event.transactionHash,
    time: String(books.time),
  });
}

export function projectAlp(books: Books, event: EventsOf<"alp">): void {
  switch (event.type) {
    case "alp.Transfer":
      transfer(books, event);
      projectSupply(books, event);
      return;
    case "alp.HolderAdmitted":
    case "alp.HolderRemoved":
      alpOf(books, event.account).is_holder = event.type === "alp.HolderAdmitted";
      return;
    case "alp.InflationChanged":
      projectInflation(books, event);
      return;
    case "alp.RewardEmitted":
      projectEmission(books, event);
      return;
    case "alp.PayerSet":
      return;
  }
}

function transfer(books: Books, event: EventOf<"alp.Transfer">): void {
  if (event.from !== ZERO_ADDRESS) alpOf(books, event.from).balance -= event.value;
  if (event.to !== ZERO_ADDRESS) alpOf(books, event.to).balance += event.value;
  books.transfers.push({
    position: positionOfEvent(event),
    token: event.address,
    from_account: event.from,
    to_account: event.to,
    amount: String(event.value),
    kind: event.from === ZERO_ADDRESS ? "issue" : "transfer",
    transaction_hash: event.transactionHash,
    time: String(books.time),
  });
}

function alpOf(books: Books, account: Address): AlpBalanceRow<bigint> {
  const row = books.alpBalances.find(account) ?? books.alpBalances.add({ account, balance: 0n, is_holder: false });
  books.alpBalances.change(row);
  return row;
}
