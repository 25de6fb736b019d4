import { expect } from "chai";

import { createLedger } from "../support/alliance.ts";
import { startAtGenesis, VALIDATORS_MAX } from "../support/genesis-validators.ts";
import { admitMember } from "../support/nodes.ts";

/** What a call costs besides the contract's own gas: the transaction, and four bytes of selector. */
const CALL_BASE_GAS = 21_064n;

/** ValidatorList.CALL_GAS and RESERVE_GAS. */
const CALL_GAS = 3_000_000n;
const RESERVE_GAS = 200_000n;

describe("gas of the validator contract", () => {
  it("gives the alliance ten times what 30 members cost, and keeps twice what a genesis of 30 costs", async () => {
    const ledger = await createLedger();
    const { alliance } = ledger;
    for (let id = 2n; id <= BigInt(VALIDATORS_MAX); id++) await admitMember(ledger, id);
    const validators = [...(await alliance.getValidators())];
    expect(validators).to.have.length(VALIDATORS_MAX);

    const contract = await startAtGenesis(validators, ledger);
    const [theirs, own] = [await alliance.getValidators.estimateGas(), await contract.getValidators.estimateGas()];
    expect(theirs - CALL_BASE_GAS).to.be.lessThan(CALL_GAS / 10n); // measured: 134,438
    expect(own - CALL_BASE_GAS).to.be.lessThan(RESERVE_GAS / 2n); // measured: 72,436
  });
});
