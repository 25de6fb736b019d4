/**
 * The sharing program as its rules are written, without index or accumulator: every sale is by itself, every day goes
 * through all of them. Share value and points are counted to 1e-42, so that the model's own rounding is far below a wei;
 * the vault and the supply are whole wei, because what is bought, burned and redeemed is.
 */
const WEI = 10n ** 18n;
/** Parts of a wei that the model counts. */
const PARTS = 10n ** 24n;

export interface Terms {
  readonly consumerMultiple: bigint;
  readonly merchantMultiple: bigint;
  readonly dailyPoints: bigint;
}

/** One side of a sale: what it still has and has earned, in parts. */
interface Side {
  readonly account: string;
  value: bigint;
  earned: bigint;
}

interface Sale {
  readonly merchantId: bigint;
  readonly amountFen: bigint;
  readonly burned: bigint;
  leftFen: bigint;
  readonly sides: readonly [Side, Side];
}

export interface Debts {
  toProgram: bigint;
  readonly toMerchants: Map<bigint, bigint>;
}

const least = (one: bigint, other: bigint) => (one < other ? one : other);
const ceilDiv = (value: bigint, by: bigint) => (value + by - 1n) / by;

export class SharingModel {
  vault: bigint;
  supply: bigint;
  alpPerYuan: bigint;
  terms: Terms;
  readonly deposits = new Map<bigint, bigint>();
  readonly sales = new Map<string, Sale>();
  /** Earned and not claimed, in parts, net of debts. */
  readonly unclaimed = new Map<string, bigint>();
  readonly balances = new Map<string, bigint>();

  constructor(seed: bigint, alpPerYuan: bigint, terms: Terms) {
    this.vault = seed;
    this.supply = (seed * WEI) / alpPerYuan;
    this.alpPerYuan = alpPerYuan;
    this.terms = terms;
  }

  deposit(merchantId: bigint, alp: bigint): void {
    const points = (alp * this.supply) / this.vault;
    this.vault += alp;
    this.supply += points;
    this.deposits.set(merchantId, (this.deposits.get(merchantId) ?? 0n) + points);
  }

  withdraw(merchantId: bigint, points: bigint): bigint {
    this.deposits.set(merchantId, this.deposits.get(merchantId)! - points);
    return this.#sell(points);
  }

  /** Points that a sale would burn now. */
  burnOf(amountFen: bigint, rebateBps: bigint): bigint {
    const alp = ceilDiv(amountFen * rebateBps * 10n ** 12n * this.alpPerYuan, WEI);
    return ceilDiv(alp * this.supply, this.vault);
  }

  share(
    ref: string,
    { merchantId, consumer, shop, amountFen, rebateBps }: {
      merchantId: bigint;
      consumer: string;
      shop: string;
      amountFen: bigint;
      rebateBps: bigint;
    },
  ): void {
    const burned = this.burnOf(amountFen, rebateBps);
    const rebate = amountFen * rebateBps * 10n ** 12n * PARTS;
    this.supply -= burned;
    this.deposits.set(merchantId, this.deposits.get(merchantId)! - burned);
    const side = (account: string, multiple: bigint): Side => ({ account, value: rebate * multiple, earned: 0n });
    const sides = [side(consumer, this.terms.consumerMultiple), side(shop, this.terms.merchantMultiple)] as const;
    this.sales.set(ref, { merchantId, amountFen, burned, leftFen: amountFen, sides });
  }

  /** One day: points in proportion to share value, which falls by what they are worth. */
  day(): void {
    const sides = [...this.sales.values()].flatMap((sale) => sale.sides);
    const total = sides.reduce((sum, { value }) => sum + value, 0n);
    const wholeTotal = total / PARTS;
    // Half of all share value, in points at the value of the day's opening.
    const half = (((wholeTotal / 2n) * this.alpPerYuan) / WEI) * this.supply;
    const points = least(this.terms.dailyPoints, half / this.vault);
    if (points === 0n) return;
    const worth = (((points * this.vault) / this.supply) * WEI * PARTS) / this.alpPerYuan;
    for (const side of sides) {
      const earned = (points * PARTS * side.value) / total;
      side.earned += earned;
      this.unclaimed.set(side.account, (this.unclaimed.get(side.account) ?? 0n) + earned);
      side.value -= (worth * side.value) / total;
    }
    this.supply += points;
  }

  /** Claims everything and redeems `points`. */
  redeem(account: string, points: bigint): bigint {
    this.claim(account);
    this.balances.set(account, this.balances.get(account)! - points);
    return this.#sell(points);
  }

  claim(account: string): void {
    const whole = (this.unclaimed.get(account) ?? 0n) / PARTS;
    if (whole <= 0n) return;
    this.unclaimed.set(account, this.unclaimed.get(account)! - whole * PARTS);
    this.balances.set(account, (this.balances.get(account) ?? 0n) + whole);
  }

  /** Part of a sale goes back; undefined when a side lacks points that it has redeemed (the walk avoids it). */
  refund(ref: string, amountFen: bigint): void {
    const sale = this.sales.get(ref)!;
    for (const side of sale.sides) {
      const value = (side.value * amountFen) / sale.leftFen;
      const earned = (side.earned * amountFen) / sale.leftFen;
      side.value -= value;
      side.earned -= earned;
      const unclaimed = this.unclaimed.get(side.account) ?? 0n;
      const first = least(unclaimed, earned);
      this.unclaimed.set(side.account, unclaimed - first);
      const rest = (earned - first) / PARTS;
      this.balances.set(side.account, (this.balances.get(side.account) ?? 0n) - rest);
      this.supply -= first / PARTS + rest;
    }
    const before = (sale.burned * sale.leftFen) / sale.amountFen;
    sale.leftFen -= amountFen;
    const back = before - (sale.burned * sale.leftFen) / sale.amountFen;
    this.supply += back;
    this.deposits.set(sale.merchantId, this.deposits.get(sale.merchantId)! + back);
  }

  shareValueOf(account: string): bigint {
    return this.#sum((side) => (side.account === account ? side.value : 0n)) / PARTS;
  }

  totalShareValue(): bigint {
    return this.#sum(({ value }) => value) / PARTS;
  }

  #sum(of: (side: Side) => bigint): bigint {
    let sum = 0n;
    for (const { sides } of this.sales.values()) for (const side of sides) sum += of(side);
    return sum;
  }

  #sell(points: bigint): bigint {
    const alp = (points * this.vault) / this.supply;
    this.vault -= alp;
    this.supply -= points;
    return alp;
  }
}
