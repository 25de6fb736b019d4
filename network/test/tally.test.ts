import { expect } from "chai";
import type { Address } from "../../gateway/src/kernel/ids.ts";
import { Tally } from "../agent/follow/tally.ts";
import type { HeaderVote } from "../besu/header-vote.ts";

const node = (digit: string): Address => `0x${digit.repeat(40)}` as Address;
const [A, B, C, D, E] = [node("a"), node("b"), node("c"), node("d"), node("e")] as const;
const EPOCH = 20;

/** Reads block after block from the epoch's first on. */
class Reader {
  readonly tally: Tally;
  #sealers: readonly Address[];

  constructor(sealers: readonly Address[], block = 0) {
    this.#sealers = sealers;
    this.tally = new Tally(EPOCH, { block, proposer: A, sealers, vote: undefined });
  }

  read(proposer: Address, subject?: Address, isIn = true): this {
    const vote = subject === undefined ? undefined : { subject, isIn };
    const header: HeaderVote = { block: this.tally.block + 1, proposer, sealers: this.#sealers, vote };
    expect(this.tally.read(header)).to.equal(true);
    this.#sealers = [...this.tally.validators].sort();
    return this;
  }

  get validators(): readonly Address[] {
    return [...this.tally.validators].sort();
  }
}

describe("the count of votes in headers", () => {
  it("lets a node in, and puts one out, by more than half of those present", () => {
    const reader = new Reader([A, B, C, D]).read(A, E).read(B, E);
    expect(reader.validators).to.deep.equal([A, B, C, D]);
    expect(reader.tally.needed).to.equal(3);
    expect(reader.read(C, E).validators).to.deep.equal([A, B, C, D, E]);
    expect(reader.read(A, D, false).read(B, D, false).read(C, D, false).validators).to.deep.equal([A, B, C, E]);
  });

  it("counts a validator once, and its last word", () => {
    const reader = new Reader([A, B, C, D]).read(A, E).read(A, E).read(B, E).read(B, E, false);
    expect(reader.tally.votesFor(E, true)).to.deep.equal([A]);
    expect(reader.tally.votesFor(E, false)).to.deep.equal([B]);
    // Against one who is not in: nothing to bring about.
    expect([...reader.tally.castBy(A)]).to.deep.equal([[E, true]]);
    expect([...reader.tally.castBy(B)]).to.deep.equal([]);
  });

  it("forgets the votes of whoever is put out, and about it", () => {
    const reader = new Reader([A, B, C, D]).read(D, E).read(A, D, false).read(B, D, false).read(C, D, false);
    expect(reader.tally.votesFor(E, true)).to.deep.equal([]);
    expect(reader.tally.votesFor(D, false)).to.deep.equal([]);
  });

  it("forgets all votes when the epoch ends, that of its last block too", () => {
    const reader = new Reader([A, B, C, D]).read(A, E).read(B, E);
    while (reader.tally.block < EPOCH - 2) reader.read(D);
    reader.read(C, E);
    expect(reader.tally.block).to.equal(EPOCH - 1);
    expect(reader.validators).to.deep.equal([A, B, C, D]);
    expect(reader.read(A, E).tally.votesFor(E, true), "the next epoch's first block counts").to.deep.equal([A]);
    expect(Tally.epochOf(EPOCH + 3, EPOCH)).to.equal(EPOCH);
  });

  it("believes the header when a transition of the genesis named others", () => {
    const { tally } = new Reader([A, B, C, D]).read(A, E);
    tally.read({ block: 2, proposer: B, sealers: [B, C], vote: undefined });
    expect([...tally.validators]).to.deep.equal([B, C]);
    expect(tally.votesFor(E, true)).to.deep.equal([]);
  });

  it("takes blocks in order only", () => {
    const { tally } = new Reader([A, B, C, D]);
    expect(tally.read({ block: 2, proposer: A, sealers: [A], vote: undefined })).to.equal(false);
    expect(tally.block).to.equal(0);
  });
});
