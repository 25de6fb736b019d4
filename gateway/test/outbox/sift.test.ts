import { expect } from "chai";
import type { Revert } from "../../src/chain/decode-revert.ts";
import { sift } from "../../src/outbox/sift.ts";
import { step } from "../../src/outbox/states.ts";

interface Item {
  readonly recipient: string;
  readonly points: string;
}

const items = (count: number): Item[] =>
  Array.from({ length: count }, (_, index) => ({ recipient: `0x${index}`, points: "10" }));

/** A chain that refuses by a rule, and counts how often it was asked. */
function chainOf(rule: (batch: readonly Item[]) => Revert | undefined): {
  trials: () => number;
  attempt: (batch: readonly Item[]) => Promise<Revert | undefined>;
} {
  let trials = 0;
  return {
    trials: () => trials,
    attempt: (batch) => {
      trials += 1;
      return Promise.resolve(rule(batch));
    },
  };
}

describe("sift", () => {
  it("asks once when the chain takes everything", async () => {
    const chain = chainOf(() => undefined);
    const all = items(500);
    expect(await sift(all, chain.attempt)).to.deep.equal({ good: all, bad: [] });
    expect(chain.trials()).to.equal(1);
  });

  it("takes out the account that the error names, in two trials", async () => {
    const chain = chainOf((batch) =>
      batch.some(({ recipient }) => recipient === "0x77")
        ? { name: "MerchantPointAccountFrozen", facts: { account: "0x77" } }
        : undefined,
    );
    const { good, bad } = await sift(items(500), chain.attempt);
    expect([good.length, bad.map(({ item }) => item.recipient)]).to.deep.equal([499, ["0x77"]]);
    expect(chain.trials()).to.equal(2);
  });

  it("finds bad items by halving when the error names nothing", async () => {
    const poison = new Set(["0x3", "0x250", "0x499"]);
    const chain = chainOf((batch) =>
      batch.some(({ recipient }) => poison.has(recipient)) ? { name: "Unknown", facts: {} } : undefined,
    );
    const { good, bad } = await sift(items(500), chain.attempt);
    expect(good).to.have.length(497);
    expect(new Set(bad.map(({ item }) => item.recipient))).to.deep.equal(poison);
    expect(chain.trials()).to.be.lessThan(60);
  });

  it("keeps what fits under a cap, oldest first", async () => {
    const chain = chainOf((batch) => {
      const asked = batch.length * 10;
      return asked <= 75
        ? undefined
        : { name: "MerchantPointCapExceeded", facts: { outstanding: 1_000 + asked, max: 1_075 } };
    });
    const { good, bad } = await sift(items(20), chain.attempt);
    expect(good.map(({ recipient }) => recipient)).to.deep.equal(items(7).map(({ recipient }) => recipient));
    expect(bad).to.have.length(13);
  });

  it("rejects all at once when the error speaks of the token", async () => {
    const chain = chainOf(() => ({ name: "MerchantPointPaused", facts: {} }));
    const { good, bad } = await sift(items(500), chain.attempt);
    expect([good.length, bad.length, chain.trials()]).to.deep.equal([0, 500, 1]);
  });
});

describe("the states of a transaction", () => {
  for (const [state, happening, next] of [
    ["signed", "send", "sent"],
    ["sent", "send", "sent"],
    ["sent", "confirm", "confirmed"],
    ["signed", "confirm", "confirmed"],
    ["sent", "revert", "reverted"],
    ["confirmed", "forget", "sent"],
    ["reverted", "forget", "replaced"],
  ] as const)
    it(`${state}, then ${happening}: ${next}`, () => {
      expect(step(state, happening)).to.equal(next);
    });

  it("refuses what can not happen", () => {
    expect(() => step("confirmed", "revert")).to.throw("a confirmed transaction can not revert");
    expect(() => step("replaced", "send")).to.throw("a replaced transaction can not send");
  });
});
