import { expect } from "chai";
import type { EventFields, EventOf, EventType, LedgerEvent } from "../../src/kernel/events.ts";
import type { Address, Hex32 } from "../../src/kernel/ids.ts";
import { ZERO_ADDRESS } from "../../src/kernel/ids.ts";
import { packLots } from "../../src/kernel/lots.ts";
import { readMovements } from "../../src/kernel/movements.ts";

const address = (digit: string): Address => `0x${digit.repeat(40)}` as Address;
const [alice, bob, till, A, B, pool] = ["1", "2", "3", "a", "b", "c"].map(address) as [
  Address,
  Address,
  Address,
  Address,
  Address,
  Address,
];
const ref = `0x${"7".repeat(64)}` as Hex32;

let logIndex = 0;
function said<T extends EventType>(by: Address, type: T, fields: EventFields[T]): EventOf<T> {
  logIndex += 1;
  return {
    type,
    blockNumber: 1,
    transactionHash: ref,
    transactionIndex: 0,
    logIndex,
    address: by,
    ...fields,
  } as unknown as EventOf<T>;
}
const moved = (token: Address, from: Address, to: Address, value: bigint): EventOf<"point.Transfer"> =>
  said(token, "point.Transfer", { from, to, value });
const mint = (token: Address, to: Address, value: bigint): EventOf<"point.Transfer"> =>
  moved(token, ZERO_ADDRESS, to, value);
const burn = (token: Address, from: Address, value: bigint): EventOf<"point.Transfer"> =>
  moved(token, from, ZERO_ADDRESS, value);
const words = (events: LedgerEvent[]): string[] =>
  [...readMovements(events).values()]
    .sort((a, b) => a.transfer.logIndex - b.transfer.logIndex)
    .map(({ kind, order }) => `${kind} ${order.by}${order.by === "epoch" ? ` ${order.epoch}` : ""}`);

describe("kernel/movements", () => {
  it("takes a plain transfer oldest first", () => {
    expect(words([moved(A, alice, bob, 5n), moved(A, bob, alice, 5n)])).to.deep.equal([
      "transfer oldest",
      "transfer oldest",
    ]);
  });

  it("knows a forced transfer from the one that the holder made", () => {
    const forced = said(A, "point.ForcedTransfer", { from: alice, to: bob, caseNumber: ref, points: 7n });
    expect(words([moved(A, alice, bob, 5n), moved(A, alice, bob, 7n), forced])).to.deep.equal([
      "transfer oldest",
      "forced oldest",
    ]);
  });

  it("names every item of a batch by its epoch, also one that a debt swallowed whole", () => {
    const issued = { ref, till, epoch: 680n, count: 3n, points: 9n };
    const before = moved(A, bob, alice, 1n);
    const batch = [mint(A, alice, 3n), mint(A, bob, 0n), mint(A, alice, 3n), said(A, "point.Issued", issued)];
    expect(words([before, ...batch])).to.deep.equal([
      "transfer oldest",
      "issue epoch 680",
      "issue epoch 680",
      "issue epoch 680",
    ]);
  });

  it("names a transfer at an epoch", () => {
    const named = said(A, "point.TransferredAtEpoch", { from: alice, to: bob, epoch: 7n, value: 2n });
    expect(words([moved(A, alice, bob, 2n), named])).to.deep.equal(["transfer epoch 7"]);
  });

  it("tells hold, redemption and capture apart", () => {
    const hold = said(A, "point.Held", { holder: alice, ref, kind: 0, points: 5n, releaseAt: 9n });
    const redeemed = said(A, "point.Redeemed", { holder: alice, ref, kind: 0, points: 5n });
    expect(words([burn(A, alice, 5n), hold])).to.deep.equal(["hold oldest"]);
    expect(words([burn(A, alice, 5n), redeemed])).to.deep.equal(["redeem oldest"]);
    expect(words([redeemed])).to.deep.equal([]);
  });

  it("gives lots back as they are named", () => {
    const lots = packLots({ touched: 9, lanes: [0n, 2n, 3n, 0n] });
    const released = said(A, "point.Released", { holder: alice, ref, lots });
    expect(words([mint(A, alice, 5n), released])).to.deep.equal(["release lots"]);
    const refunded = said(A, "point.Refunded", { holder: alice, ref, requested: 9n, lots });
    expect(words([mint(A, alice, 5n), refunded])).to.deep.equal(["refund lots"]);
    const reversed = said(A, "point.Reversed", { ref, index: 0n, account: alice, lots, debt: 1n });
    expect(words([burn(A, alice, 5n), reversed])).to.deep.equal(["reverse lots"]);
  });

  it("names both sides of a swap", () => {
    const swapped = said(pool, "pool.Swapped", {
      account: alice,
      tokenIn: A,
      tokenOut: B,
      amountIn: 5n,
      hub: 50n,
      amountOut: 4n,
      epochOut: 12n,
    });
    expect(words([burn(A, alice, 5n), mint(B, alice, 4n), swapped])).to.deep.equal([
      "swapIn oldest",
      "swapOut epoch 12",
    ]);
  });

  it("says so when an event names a transfer that is not there", () => {
    const released = said(A, "point.Released", {
      holder: alice,
      ref,
      lots: packLots({ touched: 9, lanes: [1n, 0n, 0n, 0n] }),
    });
    expect(() => readMovements([released])).to.throw("follows no Transfer");
  });
});
