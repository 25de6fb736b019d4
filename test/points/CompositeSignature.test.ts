import { expect } from "chai";
import { TypedDataEncoder, concat, keccak256 } from "ethers";
import fc from "fast-check";

import { composeDigests, wrapSignature } from "../../gateway/src/chain/composite.ts";
import type { Hex32, HexData } from "../../gateway/src/kernel/ids.ts";
import { actors, ethers } from "../support/actors.ts";
import { GOODS, REDEEM, refOf, stocked } from "../support/composite-stage.ts";
import { COMPOSITE_TYPES, TRAILER, compositeDomain, nodeOf, signRoot, wrap } from "../support/composite.ts";
import { load } from "../support/fixture.ts";

const { ann, bob, stranger } = actors;

describe("CompositeSignature", () => {
  it("lets one signature stand for two consents, each brought by anyone, in any order", async () => {
    const { token, holders, chainId, leaf, redeem } = await load(stocked);
    const [one, two] = [leaf(holders.ann, 1), leaf(holders.ann, 2)];
    const signed = await signRoot(ann, chainId, nodeOf(one, two));
    await redeem(holders.ann, 2, wrap([one], signed));
    await redeem(holders.ann, 1, wrap([two], signed));
    expect(await token.balanceOf(ann)).to.equal(980n);
  });

  it("takes a contract account's consent by ERC-1271", async () => {
    const { token, holders, chainId, leaf, redeem, refused } = await load(stocked);
    const [one, two] = [leaf(holders.wallet, 1), leaf(holders.wallet, 2)];
    const root = nodeOf(one, two);
    await refused(holders.wallet, 1, wrap([two], await signRoot(stranger, chainId, root)));
    await redeem(holders.wallet, 1, wrap([two], await signRoot(bob, chainId, root)));
    expect(await token.balanceOf(holders.wallet)).to.equal(990n);
  });

  it("still takes a plain signature", async () => {
    const { domain, deadline, holders, redeem } = await load(stocked);
    const message = { holder: holders.ann, points: 10n, kind: GOODS, ref: refOf(1), deadline };
    await redeem(holders.ann, 1, await ann.signTypedData(domain, REDEEM, message));
  });

  it("verifies what the gateway composes, for any number of consents", async () => {
    const { holders, chainId, leaf, redeem } = await load(stocked);
    const signer = { signTypedData: ann.signTypedData.bind(ann) };
    let next = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 9 }), fc.nat(8), async (count, pick) => {
        const first = next;
        next += count;
        const digests = Array.from({ length: count }, (_, k) => leaf(holders.ann, first + k, 1n) as Hex32);
        const { root, wraps } = composeDigests(digests);
        const signed = (await signRoot(signer, chainId, root)) as HexData;
        const k = pick % count;
        await redeem(holders.ann, first + k, wrapSignature(wraps[k]!, signed), 1n);
      }),
      { numRuns: 20, seed: 20261123 },
    );
  });

  describe("is refused", () => {
    it("for another consent than the one signed", async () => {
      const { holders, chainId, leaf, refused } = await load(stocked);
      const [one, two] = [leaf(holders.ann, 1), leaf(holders.ann, 2)];
      const signed = await signRoot(ann, chainId, nodeOf(one, two));
      await refused(holders.ann, 3, wrap([two], signed));
      await refused(holders.ann, 1, wrap([leaf(holders.ann, 3)], signed));
      await refused(holders.ann, 1, wrap([one], signed));
    });

    it("when another account signed, or for another's account", async () => {
      const { holders, chainId, leaf, refused } = await load(stocked);
      const [one, two] = [leaf(holders.ann, 1), leaf(holders.ann, 2)];
      await refused(holders.ann, 1, wrap([two], await signRoot(stranger, chainId, nodeOf(one, two))));
      const mine = leaf(stranger.address, 1);
      await refused(holders.ann, 1, wrap([two], await signRoot(stranger, chainId, nodeOf(mine, two))));
    });

    it("a second time: the consent's own ref or nonce decides", async () => {
      const { token, holders, chainId, leaf, redeem } = await load(stocked);
      const [one, two] = [leaf(holders.ann, 1), leaf(holders.ann, 2)];
      const signature = wrap([two], await signRoot(ann, chainId, nodeOf(one, two)));
      await redeem(holders.ann, 1, signature);
      await expect(redeem(holders.ann, 1, signature))
        .to.be.revertedWithCustomError(token, "MerchantPointRedemptionExists")
        .withArgs(ann, refOf(1));
    });

    it("when the root was signed for another chain, or in a domain of another name or version", async () => {
      const { holders, chainId, leaf, refused } = await load(stocked);
      const [one, two] = [leaf(holders.ann, 1), leaf(holders.ann, 2)];
      const message = { merkleRoot: nodeOf(one, two) };
      for (const change of [{ chainId: chainId + 1n }, { name: "ExchangePool" }, { version: "2" }]) {
        const signed = await ann.signTypedData({ ...compositeDomain(chainId), ...change }, COMPOSITE_TYPES, message);
        await refused(holders.ann, 1, wrap([two], signed));
      }
    });

    it("when the leaf was made for another chain: it is not the digest that the token computes", async () => {
      const { domain, deadline, holders, chainId, leaf, refused } = await load(stocked);
      const message = { holder: holders.ann, points: 10n, kind: GOODS, ref: refOf(1), deadline };
      const elsewhere = TypedDataEncoder.hash({ ...domain, chainId: chainId + 1n }, REDEEM, message);
      const two = leaf(holders.ann, 2);
      await refused(holders.ann, 1, wrap([two], await signRoot(ann, chainId, nodeOf(elsewhere, two))));
    });

    it("with a proof of length 0, even of a root that is the leaf itself", async () => {
      const { holders, chainId, leaf, refused } = await load(stocked);
      await refused(holders.ann, 1, wrap([], await signRoot(ann, chainId, leaf(holders.ann, 1))));
    });

    it("when a node is passed off as a leaf, or a leaf as the root", async () => {
      const { holders, chainId, leaf, refused } = await load(stocked);
      const [one, two, three] = [1, 2, 3].map((k) => leaf(holders.ann, k)) as [string, string, string];
      const node = nodeOf(one, two);
      const signed = await signRoot(ann, chainId, nodeOf(node, three));
      // The way from the node up, shown for the leaf; too long a way; one with the places taken from the other branch.
      await refused(holders.ann, 1, wrap([three], signed));
      await refused(holders.ann, 3, wrap([one, two], signed));
      await refused(holders.ann, 1, wrap([two, three, node], signed));
      await refused(holders.ann, 1, wrap([two], await signRoot(ann, chainId, one)));
    });

    it("when it says of more or fewer siblings than it has", async () => {
      const { holders, chainId, leaf, refused } = await load(stocked);
      const [one, two] = [leaf(holders.ann, 1), leaf(holders.ann, 2)];
      const signed = await signRoot(ann, chainId, nodeOf(one, two));
      for (const count of [0, 2, 3, 4, 255]) await refused(holders.ann, 1, wrap([two], signed, count));
      await refused(holders.ann, 1, TRAILER);
      await refused(holders.ann, 1, wrap([two], "0x"));
      await refused(holders.ann, 1, "0x");
    });

    it("when the root itself was signed as a plain message", async () => {
      const { holders, leaf, refused } = await load(stocked);
      const [one, two] = [leaf(holders.ann, 1), leaf(holders.ann, 2)];
      const plain = await ann.signMessage(ethers.getBytes(nodeOf(one, two)));
      await refused(holders.ann, 1, wrap([two], plain));
    });
  });

  it("hashes nodes as 64 bytes, which no digest of 66 can be", () => {
    const [one, two] = [ethers.id("a"), ethers.id("b")].sort() as [string, string];
    expect(composeDigests([one, two] as Hex32[]).root).to.equal(keccak256(concat([one, two])));
    expect(() => composeDigests([one as Hex32])).to.throw(RangeError);
  });
});
