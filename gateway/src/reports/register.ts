/** What the registry, the alliance, the collateral and the pool say of merchants and members, by their events alone. */
import type { LedgerEvent } from "../kernel/events.ts";
import type { Address } from "../kernel/ids.ts";
import { MEMBER_STATUSES, MERCHANT_STATUSES, wordOf } from "../kernel/statuses.ts";

export interface MerchantRecord {
  readonly legalName: string;
  controller: Address;
  status: string;
  token: Address | undefined;
  requested: bigint;
  cutPercent: number;
}

export interface MemberRecord {
  readonly name: string;
  representative: Address;
  node: Address;
  status: string;
}

interface PriceRecord {
  accept: bigint;
  release: bigint;
  next: { readonly accept: bigint; readonly release: bigint; readonly at: bigint } | undefined;
}

export class Register {
  readonly merchants = new Map<bigint, MerchantRecord>();
  readonly members = new Map<bigint, MemberRecord>();
  coverage = { alpPerYuan: 0n, coverageBps: 0n };
  readonly #prices = new Map<Address, PriceRecord>();

  apply(event: LedgerEvent, time: number): void {
    if (event.type.startsWith("registry.")) this.#applyRegistry(event);
    else if (event.type.startsWith("alliance.")) this.#applyAlliance(event);
    else if (event.type.startsWith("collateral.")) this.#applyCollateral(event);
    else if (event.type.startsWith("pool.")) this.#applyPrices(event, time);
  }

  /** In force at `time`. */
  pricesOf(token: Address, time: number): { accept: bigint; release: bigint } {
    const record = this.#prices.get(token);
    if (record === undefined) return { accept: 0n, release: 0n };
    return record.next !== undefined && record.next.at <= BigInt(time) ? record.next : record;
  }

  #applyRegistry(event: LedgerEvent): void {
    if (event.type === "registry.MerchantApplied") {
      const { legalName, controller } = event;
      const fresh = { legalName, controller, status: "applied", token: undefined, requested: 0n, cutPercent: 0 };
      this.merchants.set(event.merchantId, fresh);
    } else if (event.type === "registry.MerchantApproved") this.#merchant(event.merchantId).token = event.token;
    else if (event.type === "registry.MerchantStatusChanged")
      this.#merchant(event.merchantId).status = wordOf(MERCHANT_STATUSES, event.to);
    else if (event.type === "registry.ControllerChanged") this.#merchant(event.merchantId).controller = event.to;
  }

  #applyAlliance(event: LedgerEvent): void {
    if (event.type === "alliance.MemberAdmitted") {
      const { name, representative, node } = event;
      this.members.set(event.memberId, { name, representative, node, status: "active" });
    } else if (event.type === "alliance.MemberStatusChanged")
      this.#member(event.memberId).status = wordOf(MEMBER_STATUSES, event.to);
    else if (event.type === "alliance.RepresentativeChanged") this.#member(event.memberId).representative = event.to;
    else if (event.type === "alliance.NodeChanged") this.#member(event.memberId).node = event.to;
  }

  #applyCollateral(event: LedgerEvent): void {
    switch (event.type) {
      case "collateral.CoverageChanged":
        this.coverage = { alpPerYuan: event.alpPerYuan, coverageBps: event.coverageBps };
        return;
      case "collateral.WithdrawalRequested":
        this.#merchant(event.merchantId).requested = event.alp;
        return;
      case "collateral.WithdrawalCancelled":
      case "collateral.CollateralWithdrawn":
        this.#merchant(event.merchantId).requested = 0n;
        return;
      case "collateral.LimitCutSet":
        this.#merchant(event.merchantId).cutPercent = event.percent;
        return;
      default:
        return;
    }
  }

  #applyPrices(event: LedgerEvent, time: number): void {
    if (event.type === "pool.PoolOpened")
      this.#prices.set(event.token, { accept: event.accept, release: event.release, next: undefined });
    if (event.type !== "pool.PricesPosted") return;
    // Posted prices that were in force already stay in force until the new ones are.
    const now = this.pricesOf(event.token, time);
    const next = { accept: event.accept, release: event.release, at: event.effectiveAt };
    this.#prices.set(event.token, { accept: now.accept, release: now.release, next });
  }

  #merchant(id: bigint): MerchantRecord {
    const record = this.merchants.get(id);
    if (record === undefined) throw new Error(`the log speaks of merchant ${id}, which never applied`);
    return record;
  }

  #member(id: bigint): MemberRecord {
    const record = this.members.get(id);
    if (record === undefined) throw new Error(`the log speaks of member ${id}, which was never admitted`);
    return record;
  }
}
