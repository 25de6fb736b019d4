/** What the chain's logs say of every draw, of the holds that paid for tickets, and of who was who when. */
import type { ChainClient } from "../../gateway/src/chain/client.ts";
import { createLogDecoder } from "../../gateway/src/chain/decode-logs.ts";
import type { Deployment } from "../../gateway/src/chain/deployment.ts";
import type { EventOf, EventsOf, LedgerEvent } from "../../gateway/src/kernel/events.ts";
import type { Address, Hex32 } from "../../gateway/src/kernel/ids.ts";

const BLOCKS_MAX = 2_000;
/** Of `IMerchantPoint.RedemptionKind`. */
const LOTTERY_KIND = 2;
/** Of `IAlliance.MemberStatus`. */
const ACTIVE = 1;

type LotteryEvent = EventsOf<"lottery">;
export type Of<Name extends string> = Extract<LotteryEvent, { type: `lottery.${Name}` }>;
export type HoldEnd = EventOf<"point.Redeemed"> | EventOf<"point.Released"> | EventOf<"point.Refunded">;
export type Move = EventOf<"point.TransferredAtEpoch">;

/** One address from one event on. */
interface Since {
  readonly event: LedgerEvent;
  readonly account: Address | undefined;
}

export class LotteryRecord {
  /** By draw, in the order of the log. */
  readonly draws = new Map<bigint, LotteryEvent[]>();
  /** By holder and ref. */
  readonly holds = new Map<string, EventOf<"point.Held">>();
  readonly ends = new Map<string, HoldEnd[]>();
  /** Movements into and out of the escrow, by transaction. */
  readonly moves = new Map<Hex32, Move[]>();
  readonly #times = new Map<number, number>();
  readonly #controllers = new Map<bigint, Since[]>();
  readonly #representatives = new Map<
    bigint,
    { since: Since[]; standings: { event: LedgerEvent; active: boolean }[] }
  >();
  readonly #merchants = new Map<Address, bigint>();
  readonly #lottery: Address;
  events = 0;

  constructor(lottery: Address) {
    this.#lottery = lottery;
  }

  timeOf(event: LedgerEvent): bigint {
    return BigInt(this.#times.get(event.blockNumber) ?? 0);
  }

  /** Who controlled the token's merchant just before `event`. */
  controllerAt(token: Address, event: LedgerEvent): Address | undefined {
    const merchantId = this.#merchants.get(token);
    return merchantId === undefined ? undefined : lastBefore(this.#controllers.get(merchantId) ?? [], event)?.account;
  }

  /** Whether the address represented an active member just before `event`. */
  representedAt(account: Address, event: LedgerEvent): boolean {
    return [...this.#representatives.values()].some(
      ({ since, standings }) =>
        lastBefore(since, event)?.account === account && lastBefore(standings, event)?.active === true,
    );
  }

  take(event: LedgerEvent, time: number): void {
    this.events += 1;
    if (event.type.startsWith("lottery.")) {
      const told = event as LotteryEvent;
      put(this.draws, told.drawId, told);
      this.#times.set(event.blockNumber, time);
      return;
    }
    switch (event.type) {
      case "point.Held":
        if (event.kind === LOTTERY_KIND) this.holds.set(holdKey(event.address, event.holder, event.ref), event);
        return;
      case "point.Redeemed":
      case "point.Released":
      case "point.Refunded":
        put(this.ends, holdKey(event.address, event.holder, event.ref), event);
        return;
      case "point.TransferredAtEpoch":
        if (event.from === this.#lottery || event.to === this.#lottery) put(this.moves, event.transactionHash, event);
        return;
      default:
        this.#takeOffice(event);
    }
  }

  #takeOffice(event: LedgerEvent): void {
    switch (event.type) {
      case "registry.MerchantApproved":
        this.#merchants.set(event.token, event.merchantId);
        return;
      case "registry.MerchantApplied":
        put(this.#controllers, event.merchantId, { event, account: event.controller });
        return;
      case "registry.ControllerChanged":
        put(this.#controllers, event.merchantId, { event, account: event.to });
        return;
      case "alliance.MemberAdmitted":
        this.#representatives.set(event.memberId, {
          since: [{ event, account: event.representative }],
          standings: [{ event, active: true }],
        });
        return;
      case "alliance.RepresentativeChanged":
        this.#representatives.get(event.memberId)?.since.push({ event, account: event.to });
        return;
      case "alliance.MemberStatusChanged":
        this.#representatives.get(event.memberId)?.standings.push({ event, active: event.to === ACTIVE });
        return;
      default:
    }
  }
}

export const holdKey = (token: Address, holder: Address, ref: Hex32): string => `${token} ${holder} ${ref}`;

/** Where two events stand to each other: blocks, then places in them. */
export function isBefore(a: LedgerEvent, b: LedgerEvent): boolean {
  return a.blockNumber === b.blockNumber ? a.logIndex < b.logIndex : a.blockNumber < b.blockNumber;
}

function lastBefore<T extends { readonly event: LedgerEvent }>(list: readonly T[], event: LedgerEvent): T | undefined {
  return list.findLast((one) => isBefore(one.event, event));
}

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Reads the chain from the deployment to `to`. */
export async function readRecord(chain: ChainClient, deployment: Deployment, to: number): Promise<LotteryRecord> {
  const record = new LotteryRecord(deployment.contracts.lottery);
  const decoder = createLogDecoder(deployment, []);
  for (let from = deployment.deployedAtBlock; from <= to; from += BLOCKS_MAX) {
    const last = Math.min(to, from + BLOCKS_MAX - 1);
    const [blocks, logs] = await Promise.all([chain.blocks(from, last), chain.logs(from, last)]);
    const times = new Map(blocks.map(({ number, timestamp }) => [number, timestamp]));
    for (const event of decoder.decode(logs)) {
      const time = times.get(event.blockNumber);
      if (time === undefined) throw new Error("the node gave logs of a block that it does not have");
      record.take(event, time);
    }
  }
  return record;
}
