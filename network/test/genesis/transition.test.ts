import { expect } from "chai";
import type { Address } from "../../../gateway/src/kernel/ids.ts";
import { genesisText } from "../../genesis/genesis.ts";
import { checkTransitionBlock, checkTransitionValidators, withTransition } from "../../genesis/transition.ts";
import { NetworkError } from "../../plan/network-error.ts";
import { CHAIN } from "../support/chain-plan.ts";

const address = (digit: string): Address => `0x${digit.repeat(40)}` as Address;

describe("naming validators in the genesis file", () => {
  const genesis = genesisText(CHAIN, [address("1"), address("2"), address("3"), address("4")]);

  it("adds one entry in Besu's words, validators ascending, and changes nothing else", () => {
    const changed = JSON.parse(withTransition(genesis, { block: 17, validators: [address("b"), address("a")] })) as {
      config: { transitions?: unknown };
    };
    expect(changed.config.transitions).to.deep.equal({
      qbft: [{ block: 17, validatorselectionmode: "blockheader", validators: [address("a"), address("b")] }],
    });
    delete changed.config.transitions;
    expect(changed).to.deep.equal(JSON.parse(genesis));
  });

  it("gives the same bytes whatever the order in which an organisation names them", () => {
    const [one, other] = [address("a"), address("b")];
    expect(withTransition(genesis, { block: 5, validators: [one, other] })).to.equal(
      withTransition(genesis, { block: 5, validators: [other, one] }),
    );
  });

  it("keeps earlier transitions and refuses one at their block or before", () => {
    const first = withTransition(genesis, { block: 17, validators: [address("a")] });
    const second = JSON.parse(withTransition(first, { block: 18, validators: [address("b")] })) as {
      config: { transitions: { qbft: { block: number }[] } };
    };
    expect(second.config.transitions.qbft.map(({ block }) => block)).to.deep.equal([17, 18]);
    for (const block of [16, 17])
      expect(() => withTransition(first, { block, validators: [address("b")] })).to.throw(NetworkError, "at block 17");
  });

  for (const [what, block, head, isMoving, expected] of [
    ["takes the next block of a chain that stands", undefined, 16, false, 17],
    ["takes the same when it is named", 17, 16, false, 17],
    ["refuses one that such a chain never reaches", 18, 16, false, undefined],
    ["refuses one that is there", 16, 16, false, undefined],
    ["wants five minutes of a chain that moves", 1_149, 1_000, true, undefined],
    ["and takes them", 1_150, 1_000, true, 1_150],
    ["wants a block from people then", undefined, 1_000, true, undefined],
  ] as const)
    it(`${what}: head ${head}, ${block ?? "no block"}`, () => {
      const check = (): number => checkTransitionBlock(block, { head, isMoving }, 2);
      if (expected === undefined) expect(check).to.throw(NetworkError);
      else expect(check()).to.equal(expected);
    });

  it("refuses nobody, the same twice and the zero address", () => {
    for (const [validators, words] of [
      [[], "at least one"],
      [[address("a"), address("b"), address("a")], "twice"],
      [[address("a"), address("0")], "zero address"],
    ] as const)
      expect(() => checkTransitionValidators(validators)).to.throw(NetworkError, words);
    checkTransitionValidators([address("a")]);
  });
});
