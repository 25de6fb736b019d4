/** What merchants lock, ask back, lose, and what holders are paid from it. */
import type { EventsOf } from "../../kernel/events.ts";
import type { CollateralRow } from "../../store/tables-ledger.ts";
import type { Books } from "../books.ts";
import { positionOfEvent } from "../books.ts";
import { projectPaidOut, projectPayoutsClosed, projectPayoutsOpened, takeSurplus } from "./exits.ts";

export function projectCollateral(books: Books, event: EventsOf<"collateral">): void {
  switch (event.type) {
    case "collateral.CoverageChanged":
      books.coverages.add({ id: 1, alp_per_yuan: String(event.alpPerYuan), coverage_bps: Number(event.coverageBps) });
      return;
    case "collateral.CollateralDeposited":
      collateralOf(books, event).deposited += event.alp;
      return;
    case "collateral.WithdrawalRequested": {
      const row = collateralOf(books, event);
      row.requested = event.alp;
      row.available_at = event.availableAt;
      return;
    }
    case "collateral.WithdrawalCancelled":
      clearRequest(collateralOf(books, event));
      return;
    case "collateral.CollateralWithdrawn": {
      if (takeSurplus(books, event)) return;
      const row = collateralOf(books, event);
      row.deposited -= event.alp;
      clearRequest(row);
      return;
    }
    case "collateral.LimitCutSet":
      collateralOf(books, event).limit_cut = event.percent;
      return;
    case "collateral.CollateralSeized":
      collateralOf(books, event).deposited -= event.alp;
      books.seizures.push({
        position: positionOfEvent(event),
        merchant_id: Number(event.merchantId),
        alp: String(event.alp),
        case_number: event.caseNumber,
        transaction_hash: event.transactionHash,
        time: String(books.time),
      });
      return;
    case "collateral.PayoutsOpened":
      // The deposit is the pot and the merchant's surplus from now on.
      collateralOf(books, event).deposited = 0n;
      projectPayoutsOpened(books, event);
      return;
    case "collateral.PaidOut":
      projectPaidOut(books, event);
      return;
    case "collateral.PayoutsClosed":
      projectPayoutsClosed(books, event);
  }
}

function clearRequest(row: CollateralRow<bigint>): void {
  row.requested = 0n;
  row.available_at = null;
}

function collateralOf(books: Books, { merchantId }: { readonly merchantId: bigint }): CollateralRow<bigint> {
  const id = Number(merchantId);
  const zero = { merchant_id: id, deposited: 0n, requested: 0n, available_at: null, limit_cut: 0 };
  const row = books.collaterals.find(id) ?? books.collaterals.add(zero);
  books.collaterals.change(row);
  return row;
}
