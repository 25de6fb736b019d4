import { expect } from "chai";

import { createLedger } from "../support/alliance.ts";
import type { Ledger } from "../support/alliance.ts";
import { startAtGenesis } from "../support/genesis-validators.ts";
import { addressOf, admitMember, nodeAt } from "../support/nodes.ts";

/** Member 1's node is actor 30; members 2 to 4 are admitted with these. */
const nodesOf = (ledger: Ledger) => [
  ledger.actors.founderNode.address,
  ...[2n, 3n, 4n].map((n) => addressOf(0xb000n + n)),
];
const ascending = (list: readonly string[]) => [...list].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));

describe("a network that selects its validators by contract", () => {
  let ledger: Ledger;

  before(async () => {
    ledger = await createLedger();
  });

  it("goes from its genesis to its alliance, and follows it from then on", async () => {
    const { alliance, networkHelpers } = ledger;
    const genesis = ascending(nodesOf(ledger));
    const contract = await startAtGenesis(genesis, ledger);
    const place = await alliance.getAddress();
    const follow = async (node: string) => await contract.connect(await nodeAt(ledger, node)).follow(place);

    // The alliance has its founder only: handing over now would leave one validator of four.
    await expect(follow(genesis[0]!)).to.be.revertedWithCustomError(contract, "GenesisValidatorsListInvalid");
    for (const id of [2n, 3n, 4n]) await admitMember(ledger, id);
    for (const node of genesis.slice(0, 3)) {
      expect(await contract.getValidators()).to.deep.equal(genesis);
      await follow(node);
    }
    expect(await contract.getValidators()).to.deep.equal(genesis);

    const joined = (await admitMember(ledger, 5n)).node.address;
    expect(await contract.getValidators()).to.deep.equal(ascending([...genesis, joined]));
    await alliance.suspend(1n);
    expect(await contract.getValidators()).to.deep.equal(await alliance.getValidators());
    await alliance.changeNode(2n, addressOf(0xc002n));
    expect(await contract.getValidators()).to.include(addressOf(0xc002n));

    // As Besu asks: on the state of the block before.
    const [past, then] = [await networkHelpers.time.latestBlock(), await contract.getValidators()];
    await alliance.reinstate(1n);
    expect(await contract.getValidators({ blockTag: past })).to.deep.equal(then);
    expect(await contract.getValidators()).to.have.length(then.length + 1);
  });
});
