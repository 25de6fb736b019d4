/**
 * The customers' lots as the gateway's kernel works them out of events and block time alone. What it says is compared
 * with the contracts lane by lane: the indexer's arithmetic is the contracts'.
 */
import type { Contract, TransactionReceipt } from "ethers";

import type { ChainLog } from "../../gateway/src/chain/client.ts";
import type { Deployment } from "../../gateway/src/chain/deployment.ts";
import type { EpochRule } from "../../gateway/src/kernel/calendar.ts";
import type { Address } from "../../gateway/src/kernel/ids.ts";
import type { Lots } from "../../gateway/src/kernel/lots.ts";
import type { LotsOrder, Movement } from "../../gateway/src/kernel/movements.ts";
import type { Ledger } from "../support/alliance.ts";
import type { Merchant } from "../support/merchants.ts";

import { createLogDecoder } from "../../gateway/src/chain/decode-logs.ts";
import { calendarOf, epochAt } from "../../gateway/src/kernel/calendar.ts";
import { ZERO_ADDRESS } from "../../gateway/src/kernel/ids.ts";
import {
  addLots,
  emptyLots,
  lotsOfEpoch,
  rollTo,
  takeEpoch,
  takeLots,
  takeOldest,
} from "../../gateway/src/kernel/lots.ts";
import { readMovements } from "../../gateway/src/kernel/movements.ts";
import { UTC_PLUS_8 } from "../support/time.ts";

export interface Replay {
  /** Takes one transaction in; answers what each of its movements took, in order. */
  apply(receipt: TransactionReceipt, time: number): Lots[];
  /** Lots of an account as seen at `time`. */
  lotsOf(token: string, account: string, time: number): Lots;
  epochOf(token: string, time: number): number;
}

/** A replay that knows these merchants' tokens and starts before anything was issued to a customer. */
export async function createReplay(ledger: Ledger, merchants: readonly Merchant[]): Promise<Replay> {
  const rules = new Map<string, EpochRule>();
  for (const { token, plan } of merchants) {
    const rule = { calendar: calendarOf(Number(plan.calendar)), utcOffsetSeconds: UTC_PLUS_8 };
    rules.set((await token.getAddress()).toLowerCase(), rule);
  }
  const decoder = createLogDecoder(await deploymentOf(ledger), rules.keys() as Iterable<Address>);
  const lots = new Map<string, Lots>();

  const epochOf = (token: string, time: number): number => epochAt(rules.get(token.toLowerCase())!, time);
  const lotsOf = (token: string, account: string, time: number): Lots => {
    const epoch = epochOf(token, time);
    return rollTo(lots.get(`${token}/${account}`.toLowerCase()) ?? emptyLots(epoch), epoch);
  };
  const move = ({ transfer, order }: Movement, time: number): Lots => {
    const { address: token, from, to, value } = transfer;
    const epoch = epochOf(token, time);
    let moved: Lots;
    if (from === ZERO_ADDRESS) moved = named(order, value, epoch);
    else {
      const { taken, left } = take(lotsOf(token, from, time), order, value);
      lots.set(`${token}/${from}`, left);
      moved = taken;
    }
    if (to !== ZERO_ADDRESS) lots.set(`${token}/${to}`, addLots(lotsOf(token, to, time), moved));
    return moved;
  };

  return {
    epochOf,
    lotsOf,
    apply(receipt, time) {
      const movements = readMovements(decoder.decode(receipt.logs.map(chainLogOf)));
      return [...movements].sort(([a], [b]) => a - b).map(([, movement]) => move(movement, time));
    },
  };
}

/** What comes into circulation is always named: by its epoch or lane by lane. */
function named(order: LotsOrder, points: bigint, epoch: number): Lots {
  if (order.by === "epoch") return lotsOfEpoch(order.epoch, points, epoch);
  if (order.by === "lots") return order.lots;
  throw new Error("points came into circulation and no event names their age");
}

function take(from: Lots, order: LotsOrder, points: bigint): { taken: Lots; left: Lots } {
  if (order.by === "oldest") return takeOldest(from, points);
  return order.by === "epoch" ? takeEpoch(from, order.epoch, points) : takeLots(from, order.lots);
}

function chainLogOf(log: TransactionReceipt["logs"][number]): ChainLog {
  return { ...log.toJSON(), address: log.address.toLowerCase(), logIndex: log.index } as ChainLog;
}

/** The file that a deployment leaves, for a ledger of the tests. */
export async function deploymentOf(ledger: Ledger): Promise<Deployment> {
  const addressOf = async (contract: { getAddress: Contract["getAddress"] }) =>
    (await contract.getAddress()).toLowerCase() as Address;
  return {
    chainId: 31_337,
    genesisHash: "0x" as Deployment["genesisHash"],
    deployedAtBlock: 0,
    contracts: {
      accessManager: await addressOf(ledger.accessManager),
      alliance: await addressOf(ledger.alliance),
      council: await addressOf(ledger.council),
      allianceToken: await addressOf(ledger.allianceToken),
      nodeRewards: await addressOf(ledger.nodeRewards),
      merchantRegistry: await addressOf(ledger.merchantRegistry),
      merchantPointFactory: await addressOf(ledger.merchantPointFactory),
      collateral: await addressOf(ledger.collateral),
      exchangePool: await addressOf(ledger.exchangePool),
      regulatorDesk: await addressOf(ledger.regulatorDesk),
      nodeDirectory: await addressOf(ledger.nodeDirectory),
      ruleBooks: await addressOf(ledger.ruleBooks),
      sharingProgram: await addressOf(ledger.sharingProgram),
      lottery: await addressOf(ledger.lottery),
      consentRelay: await addressOf(ledger.consentRelay),
    },
  };
}
