/** The stand-in as processes: what a network of Besu nodes does, this one must do before tests may lean on it. */
import { expect } from "chai";
import { SmallNetwork } from "./stand-in/small-network.ts";

describe("the stand-in for Besu", function () {
  this.timeout(180_000);

  describe("four validators and an observer", () => {
    const network = new SmallNetwork({ validators: 4, observers: 1 });
    before(async () => {
      await network.write();
      await network.startAll();
    });
    after(() => network.close());

    it("makes the same blocks at every node, each validator in its turn", async () => {
      const last = 6;
      await Promise.all(network.nodes.map((node) => network.reach(node, last)));
      const hashes = await Promise.all(
        network.nodes.map(async (node) => {
          const block = await network.get<{ hash: string }>(node, "eth_getBlockByNumber", ["0x6", false]);
          return block.hash;
        }),
      );
      expect(new Set(hashes).size).to.equal(1);
      const metrics = await network.get<{ proposedBlockCount: string }[]>(network.nodes[0]!, "qbft_getSignerMetrics", [
        "0x1",
        "0x7",
      ]);
      expect(metrics).to.have.length(4);
    });
  });
});
