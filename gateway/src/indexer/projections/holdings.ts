/** Who holds which points of which age: every `Transfer` of a point token, followed lot by lot. */
import type { Address } from "../../kernel/ids.ts";
import { ZERO_ADDRESS } from "../../kernel/ids.ts";
import type { Lots } from "../../kernel/lots.ts";
import {
  addLots,
  emptyLots,
  lotsOfEpoch,
  rollTo,
  takeEpoch,
  takeLots,
  takeOldest,
  totalOf,
} from "../../kernel/lots.ts";
import type { Taken } from "../../kernel/lots.ts";
import type { Movement } from "../../kernel/movements.ts";
import type { Books, Holding, Token } from "../books.ts";
import { epochOf, lotsOfRow, positionOfEvent, putLots } from "../books.ts";
import { dayOf } from "./days.ts";

const NOTHING_YET = { debt: 0n, is_frozen: false, last_position: 0n } as const;

export function projectMovement(books: Books, movement: Movement): void {
  const { transfer, kind } = movement;
  const token = books.tokens.need(transfer.address);
  const epoch = epochOf(token, books.time);
  const lots = transfer.from === ZERO_ADDRESS ? mint(token, movement, epoch) : debit(books, token, movement, epoch);
  if (transfer.to === ZERO_ADDRESS) {
    putSupply(token, takeLots(rollTo(lotsOfRow(token), epoch), lots).left);
    books.burned.set(`${token.address}/${transfer.from}`, lots);
  } else credit(books, token, transfer.to, lots);
  markMoved(books, token, transfer);

  token.transfer_count += 1n;
  books.tokens.change(token);
  books.moved.add(token);
  dayOf(books, token).transfers += 1;
  books.transfers.push({
    position: positionOfEvent(transfer),
    token: token.address,
    from_account: transfer.from,
    to_account: transfer.to,
    amount: String(transfer.value),
    kind,
    transaction_hash: transfer.transactionHash,
    time: String(books.time),
  });
}

/** Both sides were active in this event; nobody stands behind the zero address. */
function markMoved(books: Books, token: Token, transfer: Movement["transfer"]): void {
  const position = positionOfEvent(transfer);
  for (const account of [transfer.from, transfer.to]) {
    const holding = account === ZERO_ADDRESS ? undefined : books.holdings.find(token.address, account);
    if (holding === undefined) continue;
    holding.last_position = BigInt(position);
    books.holdings.change(holding);
    books.activity.move(account, { time: books.time, position });
  }
}

/** Points that come (back) into circulation always have an event that names their lots. */
function mint(token: Token, { transfer, order, kind }: Movement, epoch: number): Lots {
  if (order.by === "oldest")
    throw new Error(`${kind} of ${token.address} in ${transfer.transactionHash} names no lots`);
  const lots = order.by === "epoch" ? lotsOfEpoch(order.epoch, transfer.value, epoch) : rollTo(order.lots, epoch);
  putSupply(token, addLots(rollTo(lotsOfRow(token), epoch), lots));
  return lots;
}

function debit(books: Books, token: Token, { transfer, order }: Movement, epoch: number): Lots {
  if (transfer.value === 0n) return emptyLots(epoch);
  const holding = books.holdings.need(token.address, transfer.from);
  const before = rollTo(lotsOfRow(holding), epoch);
  const { taken, left } = take(before, order, transfer.value);
  putHolding(books, token, holding, left);
  return taken;
}

function take(lots: Lots, order: Movement["order"], points: bigint): Taken {
  if (order.by === "oldest") return takeOldest(lots, points);
  return order.by === "epoch" ? takeEpoch(lots, order.epoch, points) : takeLots(lots, order.lots);
}

function credit(books: Books, token: Token, account: Address, lots: Lots): void {
  if (totalOf(lots) === 0n) return;
  const holding = holdingOf(books, token, account);
  putHolding(books, token, holding, addLots(rollTo(lotsOfRow(holding), lots.touched), lots));
}

/** The account's row, made when it is new. */
export function holdingOf(books: Books, token: Token, account: Address): Holding {
  const found = books.holdings.find(token.address, account);
  if (found !== undefined) return found;
  books.activity.meet(account, books.time);
  const lanes = { touched: epochOf(token, books.time), lane0: 0n, lane1: 0n, lane2: 0n, lane3: 0n };
  return books.holdings.add({ token: token.address, account, ...lanes, balance: 0n, ...NOTHING_YET });
}

function putHolding(books: Books, token: Token, holding: Holding, lots: Lots): void {
  const had = holding.balance > 0n;
  putLots(holding, lots);
  holding.balance = totalOf(lots);
  const has = holding.balance > 0n;
  if (had !== has) token.holder_count += has ? 1 : -1;
  books.holdings.change(holding);
}

function putSupply(token: Token, lots: Lots): void {
  putLots(token, lots);
  token.circulating = totalOf(lots);
}
