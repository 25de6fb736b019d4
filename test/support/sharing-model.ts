/**
 * The sharing program as its rules are written, without index or accumulator: every sale is by itself, and every day goes
 * through all of them. Share value and points are counted to 1e-24 of a wei, so that the model's own rounding is far below
 * one; the vault and the supply are whole wei, as what is bought, burned and redeemed is.
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

/** `unclaimed` in parts, all else in wei. */
interface Account {
  unclaimed: bigint;
  balance: bigint;
  debt: bigint;
  owed: bigint;
  repaid: bigint;
  readonly owedTo: Map<bigint, bigint>;
}

export interface SaleOrder {
  readonly merchantId: bigint;
  readonly consumer: string;
  readonly shop: string;
  readonly amountFen: bigint;
  readonly rebateBps: bigint;
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
  readonly #accounts = new Map<string, Account>();

  constructor(seed: bigint, alpPerYuan: bigint, terms: Terms) {
    this.vault = seed;
    this.supply = (seed * WEI) / alpPerYuan;
    this.alpPerYuan = alpPerYuan;
    this.terms = terms;
  }

  depositOf(merchantId: bigint): bigint {
    return this.deposits.get(merchantId) ?? 0n;
  }

  deposit(merchantId: bigint, alp: bigint): void {
    const points = (alp * this.supply) / this.vault;
    this.vault += alp;
    this.supply += points;
    this.deposits.set(merchantId, this.depositOf(merchantId) + points);
  }

  withdraw(merchantId: bigint, points: bigint): void {
    this.deposits.set(merchantId, this.depositOf(merchantId) - points);
    this.#sell(points);
  }

  /** Points that a sale would burn now. */
  burnOf(amountFen: bigint, rebateBps: bigint): bigint {
    const alp = ceilDiv(amountFen * rebateBps * 10n ** 12n * this.alpPerYuan, WEI);
    return ceilDiv(alp * this.supply, this.vault);
  }

  share(ref: string, { merchantId, consumer, shop, amountFen, rebateBps }: SaleOrder): void {
    const burned = this.burnOf(amountFen, rebateBps);
    const rebate = amountFen * rebateBps * 10n ** 12n * PARTS;
    this.supply -= burned;
    this.deposits.set(merchantId, this.depositOf(merchantId) - burned);
    const side = (account: string, multiple: bigint): Side => {
      this.#touch(account);
      return { account, value: rebate * multiple, earned: 0n };
    };
    const sides = [side(consumer, this.terms.consumerMultiple), side(shop, this.terms.merchantMultiple)] as const;
    this.sales.set(ref, { merchantId, amountFen, burned, leftFen: amountFen, sides });
  }

  /** One day: points in proportion to share value, which falls by what they are worth. */
  day(): void {
    const sides = [...this.sales.values()].flatMap((sale) => sale.sides);
    const total = sides.reduce((sum, { value }) => sum + value, 0n);
    const halfAlp = ((total / PARTS / 2n) * this.alpPerYuan) / WEI;
    const points = least(this.terms.dailyPoints, (halfAlp * this.supply) / this.vault);
    if (points === 0n) return;
    const worth = (((points * this.vault) / this.supply) * WEI * PARTS) / this.alpPerYuan;
    for (const side of sides) {
      const earned = (points * PARTS * side.value) / total;
      side.earned += earned;
      this.accountOf(side.account).unclaimed += earned;
      side.value -= (worth * side.value) / total;
    }
    this.supply += points;
  }

  claim(account: string): void {
    const standing = this.#touch(account);
    const whole = standing.unclaimed / PARTS;
    standing.unclaimed -= whole * PARTS;
    standing.balance += whole;
  }

  redeem(account: string, points: bigint): void {
    this.claim(account);
    this.accountOf(account).balance -= points;
    this.#sell(points);
  }

  /** Part of a sale goes back; the merchant stands in for what the sides have redeemed, as far as the sale burned. */
  refund(ref: string, amountFen: bigint): void {
    const sale = this.sales.get(ref)!;
    const [consumer, shop] = sale.sides;
    let consumerMissing = this.#takeBack(consumer, amountFen, sale.leftFen);
    let shopMissing = this.#takeBack(shop, amountFen, sale.leftFen);
    const before = (sale.burned * sale.leftFen) / sale.amountFen;
    sale.leftFen -= amountFen;
    let back = before - (sale.burned * sale.leftFen) / sale.amountFen;

    const own = least(shopMissing, back);
    shopMissing -= own;
    back -= own;
    const stoodIn = least(consumerMissing, back);
    consumerMissing -= stoodIn;
    back -= stoodIn;
    this.accountOf(shop.account).debt += shopMissing;
    const debtor = this.accountOf(consumer.account);
    debtor.debt += consumerMissing;
    debtor.owed += stoodIn;
    debtor.owedTo.set(sale.merchantId, (debtor.owedTo.get(sale.merchantId) ?? 0n) + stoodIn);
    this.supply += back;
    this.deposits.set(sale.merchantId, this.depositOf(sale.merchantId) + back);
  }

  collect(merchantId: bigint, account: string): void {
    const standing = this.#touch(account);
    const points = least(standing.repaid, standing.owedTo.get(merchantId) ?? 0n);
    standing.repaid -= points;
    standing.owedTo.set(merchantId, (standing.owedTo.get(merchantId) ?? 0n) - points);
    this.deposits.set(merchantId, this.depositOf(merchantId) + points);
  }

  accountOf(account: string): Account {
    let found = this.#accounts.get(account);
    if (found === undefined) {
      found = { unclaimed: 0n, balance: 0n, debt: 0n, owed: 0n, repaid: 0n, owedTo: new Map() };
      this.#accounts.set(account, found);
    }
    return found;
  }

  earnedOf(account: string): bigint {
    const { unclaimed, debt, owed } = this.accountOf(account);
    return unclaimed / PARTS - least(unclaimed / PARTS, debt + owed);
  }

  debtOf(account: string): bigint {
    const { unclaimed, debt, owed } = this.accountOf(account);
    return debt + owed - least(unclaimed / PARTS, debt + owed);
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

  #sell(points: bigint): void {
    this.vault -= (points * this.vault) / this.supply;
    this.supply -= points;
  }

  /** Debts are paid as soon as somebody looks: first what is owed to the program, which is destroyed. */
  #touch(account: string): Account {
    const standing = this.accountOf(account);
    const toProgram = least(standing.unclaimed / PARTS, standing.debt);
    const toMerchants = least(standing.unclaimed / PARTS - toProgram, standing.owed);
    standing.debt -= toProgram;
    standing.owed -= toMerchants;
    standing.repaid += toMerchants;
    standing.unclaimed -= (toProgram + toMerchants) * PARTS;
    this.supply -= toProgram;
    return standing;
  }

  /** Points that the account no longer has. */
  #takeBack(side: Side, amountFen: bigint, leftFen: bigint): bigint {
    const standing = this.#touch(side.account);
    const earned = (side.earned * amountFen) / leftFen;
    side.value -= (side.value * amountFen) / leftFen;
    side.earned -= earned;
    const unclaimed = least(standing.unclaimed, earned);
    const rest = (earned - unclaimed) / PARTS;
    const claimed = least(rest, standing.balance);
    standing.unclaimed -= unclaimed;
    standing.balance -= claimed;
    this.supply -= unclaimed / PARTS + claimed;
    return rest - claimed;
  }
}
