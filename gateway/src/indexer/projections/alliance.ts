/** Members of the alliance, collateral, and who holds alliance tokens. */
import assert from "node:assert/strict";
import type { LedgerEvent } from "../../kernel/events.ts";
import type { Address } from "../../kernel/ids.ts";
import { ZERO_ADDRESS } from "../../kernel/ids.ts";
import { MEMBER_STATUSES, wordOf } from "../../kernel/statuses.ts";
import type { AlpBalanceRow, CollateralRow } from "../../store/tables-ledger.ts";
import type { Books } from "../books.ts";
import { positionOfEvent } from "../books.ts";

type EventsOf<Speaker extends string> = Extract<LedgerEvent, { type: `${Speaker}.${string}` }>;

export function projectMember(books: Books, event: EventsOf<"alliance">): void {
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
    return;
  }
  const member = books.members.need(id);
  if (event.type === "alliance.MemberStatusChanged") member.status = wordOf(MEMBER_STATUSES, event.to);
  else if (event.type === "alliance.RepresentativeChanged") member.representative = event.to;
  else member.node = event.to;
  books.members.change(member);
}

export function projectCollateral(books: Books, event: EventsOf<"collateral">): void {
  if (event.type === "collateral.CoverageChanged") {
    const coverage = { id: 1, alp_per_yuan: String(event.alpPerYuan), coverage_bps: Number(event.coverageBps) };
    books.coverages.add(coverage);
    return;
  }
  const row = collateralOf(books, Number(event.merchantId));
  if (event.type === "collateral.CollateralDeposited") row.deposited += event.alp;
  else if (event.type === "collateral.WithdrawalRequested") {
    row.requested = event.alp;
    row.available_at = event.availableAt;
  } else {
    if (event.type === "collateral.CollateralWithdrawn") row.deposited -= event.alp;
    row.requested = 0n;
    row.available_at = null;
  }
}

function collateralOf(books: Books, merchantId: number): CollateralRow<bigint> {
  const zero = { merchant_id: merchantId, deposited: 0n, requested: 0n, available_at: null };
  const row = books.collaterals.find(merchantId) ?? books.collaterals.add(zero);
  books.collaterals.change(row);
  return row;
}

export function projectAlp(books: Books, event: EventsOf<"alp">): void {
  if (event.type === "alp.HolderAdmitted" || event.type === "alp.HolderRemoved") {
    alpOf(books, event.account).is_holder = event.type === "alp.HolderAdmitted";
    return;
  }
  if (event.type !== "alp.Transfer") return;
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
