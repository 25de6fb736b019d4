/** Merchants: standing, profile, controller, token. */
import assert from "node:assert/strict";
import { startOfEpoch, epochAt, NEVER } from "../../kernel/calendar.ts";
import type { EventOf, EventsOf } from "../../kernel/events.ts";
import { ZERO_ADDRESS } from "../../kernel/ids.ts";
import { MERCHANT_STATUSES, wordOf } from "../../kernel/statuses.ts";
import type { MerchantRow } from "../../store/tables-ledger.ts";
import type { Books } from "../books.ts";
import { ruleOf } from "../books.ts";
import { projectNotice, projectStanding, projectWindDown } from "./exits.ts";

export function projectMerchant(books: Books, event: EventsOf<"registry">): void {
  if (event.type === "registry.MerchantApplied") {
    apply(books, event);
    return;
  }
  const merchant = books.merchants.need(Number(event.merchantId));
  books.merchants.change(merchant);
  switch (event.type) {
    case "registry.MerchantApproved":
      approve(books, merchant, event);
      return;
    case "registry.MerchantStatusChanged":
      merchant.status = wordOf(MERCHANT_STATUSES, event.to);
      projectStanding(books, event);
      return;
    case "registry.ProfileUpdated":
      merchant.profile_uri = event.profileUri;
      merchant.profile_hash = event.profileHash;
      return;
    case "registry.ControllerProposed":
      merchant.proposed_controller = event.controller === ZERO_ADDRESS ? null : event.controller;
      return;
    case "registry.ControllerChanged":
      merchant.controller = event.to;
      merchant.proposed_controller = null;
      return;
    case "registry.ExitAnnounced":
      projectNotice(books, event);
      return;
    case "registry.WindDownBegun":
      projectWindDown(books, event);
      return;
  }
}

function apply(books: Books, event: EventOf<"registry.MerchantApplied">): void {
  const id = Number(event.merchantId);
  const terms = books.announced.terms.get(id);
  assert(terms !== undefined, `terms of merchant ${id} were not asked for`);
  books.merchants.add({
    id,
    controller: event.controller,
    proposed_controller: null,
    status: "applied",
    legal_name: event.legalName,
    category: terms.category,
    token_name: terms.tokenName,
    token_symbol: terms.tokenSymbol,
    points_per_yuan: terms.pointsPerYuan,
    calendar: terms.calendar,
    utc_offset_seconds: terms.utcOffsetSeconds,
    // `ProfileUpdated` follows in the same transaction.
    profile_uri: "",
    profile_hash: `0x${"0".repeat(64)}` as MerchantRow["profile_hash"],
    token: null,
    applied_at: String(books.time),
    approved_at: null,
  });
}

function approve(books: Books, merchant: MerchantRow, event: EventOf<"registry.MerchantApproved">): void {
  merchant.token = event.token;
  merchant.status = "active";
  merchant.approved_at = String(books.time);
  const rule = ruleOf(merchant);
  const epoch = epochAt(rule, books.time);
  const border = startOfEpoch(rule, epoch + 1);
  books.tokens.add({
    address: event.token,
    merchant_id: merchant.id,
    name: merchant.token_name,
    symbol: merchant.token_symbol,
    points_per_yuan: merchant.points_per_yuan,
    calendar: merchant.calendar,
    utc_offset_seconds: merchant.utc_offset_seconds,
    created_at: BigInt(books.time),
    created_block: event.blockNumber,
    issued: 0n,
    circulating: 0n,
    held: 0n,
    pooled: 0n,
    redeemed: 0n,
    expired: 0n,
    reversed: 0n,
    touched: epoch,
    lane0: 0n,
    lane1: 0n,
    lane2: 0n,
    lane3: 0n,
    border_at: border === NEVER ? null : BigInt(border),
    holder_count: 0,
    transfer_count: 0n,
    is_paused: false,
    paused_until: null,
    is_issue_halted: false,
  });
}
