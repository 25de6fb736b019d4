/** What the keys send in each phase, and how the chain's events count it. */
import { dataSlice, id, toBeHex, ZeroHash } from "ethers";
import type { BenchOptions } from "./options.ts";
import { itemOf } from "./market.ts";
import type { Market } from "./market.ts";
import type { Phase } from "./measure.ts";
import type { Sender } from "./sender.ts";

/** Customers that points are issued to; most batches reach accounts that hold some already, as in a shop's life. */
const CUSTOMERS = 5_000;
/** Base units: one point. */
const ISSUED = 100n;
const SWAPPED = 100n;
const HOUR = 3_600;

type Asked = Pick<BenchOptions, "seconds" | "batch">;

/** Each key is a till of one merchant and issues batches, each under a ref of its own. */
export async function issuePhase(market: Market, senders: readonly Sender[], asked: Asked): Promise<Phase> {
  const { ledger, tokens } = market;
  const issued = ledger.face("merchantPoint").getEvent("Issued");
  const epochs = await Promise.all(
    tokens.map(async (token) => (await ledger.at("merchantPoint", token).getFunction("currentEpoch")()) as bigint),
  );
  // Made beforehand: 50,000 hashes for the first batches kept the keys from sending for 4 s (measured).
  const customers = Array.from({ length: CUSTOMERS }, (_, index) => wordOf(itemOf(customerAt(index), ISSUED)));
  let turn = 0;
  const items = () => Array.from({ length: asked.batch }, () => customers[turn++ % CUSTOMERS]);
  const tokenOf = (index: number) => tokens[index % 2] ?? tokens[0];
  const head = epochs.map((epoch) => ledger.encode("merchantPoint", "issueBatch", [ZeroHash, epoch, []]));
  // The ABI's words put together by hand: ethers takes 3 ms for a batch of 100, as long as anvil takes to run it.
  const encode = (index: number, ref: string) => {
    const empty = head[index % 2] ?? "";
    const [selector, afterRef] = [empty.slice(0, 10), empty.slice(74, -64)];
    return selector + id(ref).slice(2) + afterRef + wordOf(BigInt(asked.batch)) + items().join("");
  };
  const [first] = senders;
  // Of accounts that hold nothing yet: the dearest there is.
  const gasLimit = await ledger.gasOf(first?.address ?? "", tokens[0], encode(0, "estimate"));
  return {
    name: "issues",
    seconds: asked.seconds,
    senders,
    next: (index, count) => ({ to: tokenOf(index), data: encode(index, `batch ${count} of key ${index}`), gasLimit }),
    filter: { address: tokens, topics: [issued?.topicHash] },
    read: (log) => {
      const { till, count } = ledger.face("merchantPoint").parseLog(log)?.args as unknown as {
        till: string;
        count: bigint;
      };
      return { by: till, effects: Number(count) };
    },
  };
}

/** Each key swaps one way and then back, so that neither reserve runs dry. */
export async function swapPhase(market: Market, senders: readonly Sender[], asked: Asked): Promise<Phase> {
  const { ledger, tokens } = market;
  const pool = ledger.addressOf("exchangePool");
  const swapped = ledger.face("exchangePool").getEvent("Swapped");
  const block = await ledger.provider.getBlock("latest");
  const deadline = (block?.timestamp ?? 0) + asked.seconds + HOUR;
  const encode = (turn: number) => {
    const [from, to] = turn % 2 === 0 ? tokens : [tokens[1], tokens[0]];
    return ledger.encode("exchangePool", "swapExactIn", [from, to, SWAPPED, 1n, deadline]);
  };
  const [first] = senders;
  const gasLimit = await ledger.gasOf(first?.address ?? "", pool, encode(0));
  return {
    name: "swaps",
    seconds: asked.seconds,
    senders,
    next: (index, count) => ({ to: pool, data: encode(index + count), gasLimit }),
    filter: { address: [pool], topics: [swapped?.topicHash] },
    read: (log) => {
      const { account } = ledger.face("exchangePool").parseLog(log)?.args as unknown as { account: string };
      return { by: account, effects: 1 };
    },
  };
}

function wordOf(number: bigint): string {
  return number.toString(16).padStart(64, "0");
}

/** Accounts without keys, the same in every run. */
function customerAt(index: number): string {
  return dataSlice(id(`bench customer ${toBeHex(index)}`), 12);
}
