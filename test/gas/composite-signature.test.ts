import { expect } from "chai";

import { actors } from "../support/actors.ts";
import { GOODS, REDEEM, refOf, stocked } from "../support/composite-stage.ts";
import { nodeOf, signRoot, wrap } from "../support/composite.ts";
import { load } from "../support/fixture.ts";

const { ann } = actors;

describe("gas of a composite signature", () => {
  it("adds less than 2,500 gas to what a plain signature costs", async () => {
    const { domain, deadline, holders, chainId, leaf, redeem } = await load(stocked);
    const message = { holder: holders.ann, points: 10n, kind: GOODS, ref: refOf(1), deadline };
    await redeem(
      holders.ann,
      0,
      wrap([leaf(holders.ann, 9)], await signRoot(ann, chainId, nodeOf(leaf(holders.ann, 0), leaf(holders.ann, 9)))),
    );
    const plain = await redeem(holders.ann, 1, await ann.signTypedData(domain, REDEEM, message));
    const signed = await signRoot(ann, chainId, nodeOf(leaf(holders.ann, 2), leaf(holders.ann, 3)));
    const composite = await redeem(holders.ann, 2, wrap([leaf(holders.ann, 3)], signed));
    const [low, high] = [(await plain.wait())!.gasUsed, (await composite.wait())!.gasUsed];
    expect(high - low < 2_500n, `${high} − ${low}`).to.equal(true);
  });
});
