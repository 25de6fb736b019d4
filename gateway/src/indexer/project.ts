/** One transaction's events into the books: movements first named, then everything in the order of the log. */
import type { EventsOf, LedgerEvent, PointEvent } from "../kernel/events.ts";
import { readMovements } from "../kernel/movements.ts";
import type { Movement } from "../kernel/movements.ts";
import type { Action } from "../kernel/actions.ts";
import { readActions, readSaid } from "../kernel/actions.ts";
import type { Books } from "./books.ts";
import { projectAlp, projectMember } from "./projections/alliance.ts";
import { projectCollateral } from "./projections/collateral.ts";
import { projectCouncil, projectRole } from "./projections/council.ts";
import { projectDraw } from "./projections/draws.ts";
import { closeDay, dayOf } from "./projections/days.ts";
import { holdingOf, projectMovement } from "./projections/holdings.ts";
import * as issues from "./projections/issues.ts";
import { projectMerchant } from "./projections/merchants.ts";
import { projectPool } from "./projections/pools.ts";
import * as redemptions from "./projections/redemptions.ts";
import { projectRewards } from "./projections/rewards.ts";
import { projectDesk } from "./projections/supervision.ts";
import { projectSharing } from "./projections/sharing.ts";
import { recordEvents } from "./projections/business-events.ts";

/** Applies the events of one transaction at block time `books.time`; answers what it did in the words of the business. */
export function projectTransaction(books: Books, events: readonly LedgerEvent[]): Action[] {
  const movements = readMovements(events);
  books.burned.clear();
  books.captureRests.clear();
  books.unsigned.clear();
  for (const event of events) project(books, event, movements);
  for (const token of books.moved) closeDay(dayOf(books, token), token);
  books.moved.clear();
  const said = readSaid(events, movements);
  recordEvents(books, said);
  return readActions(said);
}

function project(books: Books, event: LedgerEvent, movements: ReadonlyMap<number, Movement>): void {
  if (isOf(event, "point")) projectPoint(books, event, movements);
  else if (isOf(event, "pool")) projectPool(books, event);
  else if (isOf(event, "registry")) projectMerchant(books, event);
  else if (isOf(event, "collateral")) projectCollateral(books, event);
  else if (isOf(event, "alliance")) projectMember(books, event);
  else if (isOf(event, "alp")) projectAlp(books, event);
  else if (isOf(event, "rewards")) projectRewards(books, event);
  else if (isOf(event, "council")) projectCouncil(books, event);
  else if (isOf(event, "access")) projectRole(books, event);
  else if (isOf(event, "desk")) projectDesk(books, event);
  else if (isOf(event, "lottery")) projectDraw(books, event);
  else if (isOf(event, "sharing")) projectSharing(books, event);
}

function isOf<S extends string>(event: LedgerEvent, speaker: S): event is EventsOf<S> {
  return event.type.startsWith(`${speaker}.`);
}

function projectPoint(books: Books, event: PointEvent, movements: ReadonlyMap<number, Movement>): void {
  switch (event.type) {
    case "point.Transfer": {
      const movement = movements.get(event.logIndex);
      if (movement !== undefined) projectMovement(books, movement);
      return;
    }
    case "point.Issued":
      issues.projectIssued(books, event);
      return;
    case "point.IssuedToPool":
      issues.projectIssuedToPool(books, event);
      return;
    case "point.DebtSettled":
      issues.projectDebtSettled(books, event);
      return;
    case "point.Reversed":
      issues.projectReversed(books, event);
      return;
    case "point.RetiredFromPool":
      issues.projectRetired(books, event);
      return;
    case "point.TillSet":
      issues.projectTillSet(books, event);
      return;
    case "point.Held":
      redemptions.projectHeld(books, event);
      return;
    case "point.Redeemed":
      redemptions.projectRedeemed(books, event);
      return;
    case "point.Released":
      redemptions.projectReleased(books, event);
      return;
    case "point.Refunded":
      redemptions.projectRefunded(books, event);
      return;
    default:
      projectFlags(books, event);
  }
}

/** What the regulator and the registry stop and resume. */
function projectFlags(books: Books, event: PointEvent): void {
  const token = books.tokens.need(event.address);
  if (event.type === "point.AccountFrozen" || event.type === "point.AccountUnfrozen") {
    const holding = holdingOf(books, token, event.account);
    holding.is_frozen = event.type === "point.AccountFrozen";
    books.holdings.change(holding);
    return;
  }
  if (event.type === "point.Paused" || event.type === "point.Unpaused") {
    token.is_paused = event.type === "point.Paused";
    token.paused_until = event.type === "point.Paused" ? event.until : null;
  }
  if (event.type === "point.IssueHaltSet") token.is_issue_halted = event.halted;
  books.tokens.change(token);
}
