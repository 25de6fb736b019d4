/** What the sharing program says (see events.ts; contracts/sharing/ISharingProgram.sol is the specification). */
import type { OfMerchant } from "./events.ts";
import type { Address, Hex32 } from "./ids.ts";

export interface SharingParameters {
  readonly consumerMultiple: number;
  readonly merchantMultiple: number;
  readonly dailyPoints: bigint;
  readonly rebateMinBps: bigint;
  readonly rebateMaxBps: bigint;
}

export interface SharingFields {
  "sharing.SharingEnabled": { readonly seedAlp: bigint; readonly parameters: SharingParameters };
  "sharing.ParametersChanged": { readonly parameters: SharingParameters };
  "sharing.SharingHalted": { readonly isHalted: boolean };
  "sharing.MerchantJoined": OfMerchant & {
    readonly alp: bigint;
    readonly points: bigint;
    readonly rebateBps: bigint;
  };
  "sharing.DepositAdded": OfMerchant & { readonly alp: bigint; readonly points: bigint };
  "sharing.DepositWithdrawn": OfMerchant & { readonly points: bigint; readonly alp: bigint };
  "sharing.RebateSet": OfMerchant & { readonly rebateBps: bigint };
  "sharing.SaleShared": OfMerchant & {
    readonly ref: Hex32;
    readonly consumer: Address;
    readonly amountFen: bigint;
    readonly rebateYuan: bigint;
    readonly burnedPoints: bigint;
  };
  "sharing.SaleRefunded": {
    readonly ref: Hex32;
    readonly amountFen: bigint;
    readonly consumerPoints: bigint;
    readonly merchantPoints: bigint;
    readonly returnedPoints: bigint;
    readonly consumerDebt: bigint;
    readonly merchantDebt: bigint;
  };
  "sharing.DebtCollected": OfMerchant & { readonly account: Address; readonly points: bigint };
  "sharing.DayGiven": {
    readonly day: bigint;
    readonly points: bigint;
    readonly value: bigint;
    readonly nav: bigint;
  };
  "sharing.PointsClaimed": { readonly account: Address; readonly points: bigint };
  "sharing.PointsRedeemed": { readonly account: Address; readonly points: bigint; readonly alp: bigint };
}
