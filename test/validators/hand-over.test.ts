import { expect } from "chai";

import { createLedger } from "../support/alliance.ts";
import type { Ledger } from "../support/alliance.ts";
import { startAtGenesis } from "../support/genesis-validators.ts";
import { addressOf, admitMember, nodeAt } from "../support/nodes.ts";

/** What a simulated call costs besides the contract's own gas: the transaction, and four bytes of selector. */
const CALL_BASE_GAS = 21_064n;

/** Member 1's node is actor 30; members 2 to 4 are admitted with these. */
const nodesOf = (ledger: Ledger) => [ledger.actors.founderNode.address, ...[2n, 3n, 4n].map((n) => addressOf(0xb000n + n))];
const ascending = (list: readonly string[]) => [...list].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));

describe("a network that selects its validators by contract", () => {
  let ledger: Ledger;

  before(async () => {
    ledger = await createLedger();
  });

  it("goes from its genesis to its alliance, and follows it from then on", async () => {
    const { alliance, ethers, networkHelpers } = ledger;
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

    // As Besu asks, which gives a call the gas of a block: the state of a past block answers as it did then.
    const past = await networkHelpers.time.latestBlock();
    await alliance.reinstate(1n);
    const then = await contract.getValidators({ blockTag: past });
    expect(then).to.have.length((await contract.getValidators()).length - 1);
    expect(await ethers.provider.getCode(contract)).not.to.equal("0x");
  });

  it("leaves the alliance ten times what 30 members cost, and itself twice what 30 of the genesis cost", async () => {
    const { alliance } = ledger;
    const count = await alliance.memberCount();
    for (let id = count + 1n; id <= 30n; id++) await admitMember(ledger, id);
    expect(await alliance.activeCount()).to.equal(30n);
    const asked = (await alliance.getValidators.estimateGas()) - CALL_BASE_GAS;
    const contract = await startAtGenesis(await alliance.getValidators(), ledger);
    const own = (await contract.getValidators.estimateGas()) - CALL_BASE_GAS;
    console.log({asked, own});
    expect(asked * 10n).to.be.lessThan(3_000_000n);
    expect(own * 2n).to.be.lessThan(200_000n);
  });
});
