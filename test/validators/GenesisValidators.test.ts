import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { artifacts } from "hardhat";

import { networkHelpers } from "../support/actors.ts";
import {
  addresses,
  answering,
  BROKEN,
  encodeList,
  followAtOnce,
  FOREIGN,
  PLACE,
  putForeign,
  quorumOf,
  startAtGenesis,
  validatorAt,
  VALIDATORS_MAX,
} from "../support/genesis-validators.ts";

type Contract = Awaited<ReturnType<typeof startAtGenesis>>;

/** Ten apart, so that others fit between them. */
const genesis = addresses(4, 10n);
const [first, second, third, fourth] = genesis as [string, string, string, string];
const stranger = addresses(1)[0]!;

describe("GenesisValidators", () => {
  let contract: Contract;
  let snapshot: Awaited<ReturnType<typeof networkHelpers.takeSnapshot>>;

  beforeEach(async () => {
    snapshot = await networkHelpers.takeSnapshot();
    contract = await startAtGenesis(genesis);
  });

  afterEach(async () => {
    await snapshot.restore();
  });

  const follow = async (validator: string, alliance = FOREIGN) =>
    await contract.connect(await validatorAt(validator)).follow(alliance);
  const answers = async (list: readonly string[]) => {
    await putForeign(answering(encodeList(list)));
  };

  it("is ready for a genesis: Besu's selector, neither constructor nor immutables, the list in slot 0", async () => {
    const artifact = await artifacts.readArtifact("GenesisValidators");
    expect(artifact.abi.filter(({ type }: { type: string }) => type === "constructor")).to.deep.equal([]);
    expect(artifact.immutableReferences ?? {}).to.deep.equal({});
    expect(contract.interface.getFunction("getValidators").selector).to.equal("0xb7ab4db5");
    expect([await contract.getValidators(), await contract.genesisValidators()]).to.deep.equal([genesis, genesis]);
    expect([await contract.alliance(), await contract.namedBy(first)]).to.deep.equal([ZeroAddress, ZeroAddress]);
  });

  for (const count of [1, 4, 7, 22, VALIDATORS_MAX]) {
    it(`gives the ${count} of its genesis and follows what ${quorumOf(count)} of them have named`, async () => {
      const validators = addresses(count, 3n);
      contract = await startAtGenesis(validators);
      const joining = addresses(100).slice(100 - Math.floor(count / 2)); // larger than all of the genesis
      const list = [...validators, ...joining].slice(0, VALIDATORS_MAX);
      await answers(list);
      expect(await contract.getValidators()).to.deep.equal(validators);

      const required = quorumOf(count);
      for (const [index, validator] of validators.slice(0, required - 1).entries()) {
        await expect(follow(validator))
          .to.emit(contract, "AllianceNamed")
          .withArgs(validator, FOREIGN, index + 1, required);
        expect([await contract.alliance(), await contract.namedBy(validator)]).to.deep.equal([ZeroAddress, FOREIGN]);
      }
      expect(await contract.getValidators()).to.deep.equal(validators);
      const last = validators[required - 1]!;
      const decided = follow(last);
      await expect(decided).to.emit(contract, "AllianceNamed").withArgs(last, FOREIGN, required, required);
      await expect(decided).to.emit(contract, "AllianceFollowed").withArgs(FOREIGN);
      expect(await contract.alliance()).to.equal(FOREIGN);
      expect(await contract.getValidators()).to.deep.equal(list);
      expect(await contract.genesisValidators()).to.deep.equal(validators);
    });
  }

  it("counts a validator's last word only, and once", async () => {
    const other = "0x0000000000000000000000000000000000009999";
    await networkHelpers.setCode(other, answering(encodeList(genesis)));
    await answers(genesis);
    await follow(first);
    await expect(follow(first)).to.emit(contract, "AllianceNamed").withArgs(first, FOREIGN, 1, 3);
    await follow(second);
    await expect(follow(first, other)).to.emit(contract, "AllianceNamed").withArgs(first, other, 1, 3);
    await expect(follow(third)).to.emit(contract, "AllianceNamed").withArgs(third, FOREIGN, 2, 3);
    await expect(follow(fourth)).to.emit(contract, "AllianceFollowed").withArgs(FOREIGN);
    expect(await contract.namedBy(first)).to.equal(other);
  });

  it("decides once", async () => {
    await answers(genesis);
    await followAtOnce(FOREIGN);
    await expect(follow(first)).to.be.revertedWithCustomError(contract, "GenesisValidatorsFollowing").withArgs(FOREIGN);
  });

  it("hears nobody but validators of the genesis, not even those who validate later", async () => {
    await answers([stranger, ...genesis]);
    for (const caller of [stranger, addresses(99)[98]!]) {
      await expect(follow(caller))
        .to.be.revertedWithCustomError(contract, "GenesisValidatorsNotValidator")
        .withArgs(caller);
    }
  });

  describe("refuses to name a contract", () => {
    const between = addresses(60).filter((address) => !genesis.includes(address));
    const withOthers = (...lists: string[][]) => lists.flat().sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
    for (const { why, list } of [
      { why: "an empty list", list: [] },
      { why: "one more than 30", list: withOthers(genesis, between.slice(0, 27)) },
      { why: "not ascending", list: [first, third, second, fourth] },
      { why: "twice the same", list: [first, second, third, third] },
      { why: "nobody", list: [ZeroAddress, first, second, third] },
      { why: "the founder alone, who has not admitted the others yet", list: [first] },
      { why: "two of the four that run the chain", list: [first, second] },
      {
        why: "so many others that those who run the chain are no quorum",
        list: withOthers(genesis, between.slice(0, 3)),
      },
    ]) {
      it(`whose list is ${why}`, async () => {
        await answers(list);
        await expect(follow(first))
          .to.be.revertedWithCustomError(contract, "GenesisValidatorsListInvalid")
          .withArgs(FOREIGN);
      });
    }

    for (const [what, code] of Object.entries(BROKEN)) {
      it(`that ${what}`, async () => {
        await putForeign(code);
        const said = follow(first);
        // What comes back by asking back is the genesis' own list, which is a list.
        if (what.startsWith("asks back")) await expect(said).to.emit(contract, "AllianceNamed");
        else await expect(said).to.be.revertedWithCustomError(contract, "GenesisValidatorsListInvalid");
      });
    }

    it("which is itself, or nobody", async () => {
      for (const alliance of [PLACE, ZeroAddress]) {
        await expect(follow(first, alliance))
          .to.be.revertedWithCustomError(contract, "GenesisValidatorsListInvalid")
          .withArgs(alliance);
      }
    });
  });

  it("takes a list in which three of four stay and one is new", async () => {
    await answers([stranger, first, second, third]);
    await expect(follow(first)).to.emit(contract, "AllianceNamed").withArgs(first, FOREIGN, 1, 3);
  });

  it("goes back to the genesis while the alliance's answer is unfit, and returns to it", async () => {
    await answers([stranger, first, second, third]);
    for (const validator of [first, second, third]) await follow(validator);
    expect(await contract.getValidators()).to.deep.equal([stranger, first, second, third]);
    await putForeign(BROKEN["reverts"]!);
    expect(await contract.getValidators()).to.deep.equal(genesis);
    await answers([stranger, second]); // no quorum of the genesis any more: the alliance's members have changed
    expect(await contract.getValidators()).to.deep.equal([stranger, second]);
  });
});
