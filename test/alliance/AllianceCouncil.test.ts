import { expect } from "chai";

import { ROLES } from "../../ignition/powers.ts";
import type { BareLedger, Signer } from "../support/alliance.ts";
import { ALP, deployLedger } from "../support/alliance.ts";
import type { Action } from "../support/council.ts";
import { actionOf, carryOut, decide, growTo, propose, State, Vote, vote } from "../support/council.ts";

const HOUR = 3_600n;
const DAY = 86_400n;

describe("AllianceCouncil", () => {
  let ledger: BareLedger;
  let members: Signer[];
  let restore: () => Promise<void>;

  before(async () => {
    ledger = await deployLedger();
    members = await growTo(ledger, 4);
    const snapshot = await ledger.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  beforeEach(async () => {
    await restore();
  });

  const pay = async (amount: bigint) =>
    actionOf(ledger.allianceToken, "transfer", [await ledger.collateral.getAddress(), amount]);
  const admitHolder = (holder: string) => actionOf(ledger.allianceToken, "admitHolder", [holder]);
  const setInflation = (bps: bigint) => actionOf(ledger.allianceToken, "setInflation", [bps]);
  const setPeriod = (period: bigint) => actionOf(ledger.council, "setVotingPeriod", [period]);
  const succeed = async (actions: readonly Action[]) => {
    const id = await propose(ledger, actions);
    await vote(ledger, id, members.slice(0, 3));
    return id;
  };
  const now = async () => BigInt(await ledger.networkHelpers.time.latest());
  const refusesState = (call: Promise<unknown>, id: bigint, state: bigint) =>
    expect(call)
      .to.be.revertedWithCustomError(ledger.council, "GovernorUnexpectedProposalState")
      .withArgs(id, state, (allowed: string) => allowed.startsWith("0x"));

  it("says how it works", async () => {
    const { council, alliance } = ledger;
    expect(await council.alliance()).to.equal(await alliance.getAddress());
    expect([await council.CLOCK_MODE(), await council.COUNTING_MODE()]).to.deep.equal([
      "mode=timestamp",
      "support=bravo&quorum=for",
    ]);
    expect([await council.clock(), await council.votingDelay(), await council.proposalThreshold()]).to.deep.equal([
      await now(),
      0n,
      1n,
    ]);
    expect([await council.votingPeriod(), await council.baseDelaySeconds(), await council.SELF_DELAY()]).to.deep.equal([
      7n * DAY,
      HOUR,
      2n * DAY,
    ]);
  });

  describe("needs ⌊2n/3⌋ + 1 votes for it, and then no more time", () => {
    for (const [count, needed] of [
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 3],
      [7, 5],
    ] as const) {
      it(`${needed} of ${count}`, async () => {
        const fresh = await deployLedger();
        const { council } = fresh;
        const voters = await growTo(fresh, count);
        expect(await council.threshold()).to.equal(BigInt(needed));
        const id = await propose(fresh, [await actionOf(council, "setVotingPeriod", [DAY])]);
        await vote(fresh, id, voters.slice(0, needed - 1));
        await fresh.networkHelpers.mine();
        expect(await council.state(id)).to.equal(State.Active);
        await vote(fresh, id, [voters[needed - 1]!]);
        expect(await council.state(id)).to.equal(State.Succeeded);
        expect([await council.quorum((await council.clock()) - 1n), await council.proposalVotes(id)]).to.deep.equal([
          BigInt(needed),
          [0n, BigInt(needed), 0n],
        ]);
        await carryOut(fresh, id);
        expect(await council.votingPeriod()).to.equal(DAY);
      });
    }
  });

  it("counts abstaining and being against as not being for it", async () => {
    const { council, networkHelpers } = ledger;
    const id = await propose(ledger, [await pay(1n)]);
    await vote(ledger, id, members.slice(0, 2), Vote.For);
    await vote(ledger, id, [members[2]!], Vote.Abstain);
    await vote(ledger, id, [members[3]!], Vote.Against);
    expect(await council.state(id)).to.equal(State.Active);
    expect(await council.proposalVotes(id)).to.deep.equal([1n, 2n, 1n]);
    expect(await council.voteOf(id, 3n)).to.deep.equal([true, Vote.Abstain]);
    expect(await council.voteOf(id, 5n)).to.deep.equal([false, 0n]);
    await networkHelpers.time.increaseTo((await council.proposalDeadline(id)) + 1n);
    expect(await council.state(id)).to.equal(State.Defeated);
    await refusesState(council["queue(uint256)"](id), id, State.Defeated);
  });

  describe("waits", () => {
    for (const { what, wait, actions } of [
      { what: "an hour for what is routine", wait: HOUR, actions: () => [admitHolder(members[3]!.address)] },
      { what: "an hour for a payment from the treasury", wait: HOUR, actions: () => [pay(ALP)] },
      { what: "two days for what is dangerous", wait: 2n * DAY, actions: () => [setInflation(100n)] },
      { what: "two days for its own rules", wait: 2n * DAY, actions: () => [setPeriod(DAY)] },
      {
        what: "for the slowest of its actions",
        wait: 2n * DAY,
        actions: () => [pay(ALP), admitHolder(members[3]!.address), setPeriod(DAY)],
      },
    ]) {
      it(what, async () => {
        const { council, networkHelpers } = ledger;
        const id = await succeed(await Promise.all(actions()));
        await council["queue(uint256)"](id);
        const due = (await now()) + wait;
        expect([await council.proposalEta(id), await council.state(id)]).to.deep.equal([due, State.Queued]);
        expect((await council.proposalExecutionPlan(id)).delay).to.equal(wait);
        await networkHelpers.time.setNextBlockTimestamp(due - 1n);
        await expect(council["execute(uint256)"](id))
          .to.be.revertedWithCustomError(council, "GovernorUnmetDelay")
          .withArgs(id, due);
        await networkHelpers.time.setNextBlockTimestamp(due);
        await expect(council["execute(uint256)"](id)).to.emit(council, "ProposalExecuted").withArgs(id);
        expect(await council.state(id)).to.equal(State.Executed);
        await refusesState(council["execute(uint256)"](id), id, State.Executed);
      });
    }

    it("not at all where no delay is set", async () => {
      const quick = await deployLedger({ routineDelaySeconds: 0n, dangerousDelaySeconds: 0n });
      const id = await propose(quick, [await actionOf(quick.allianceToken, "setInflation", [100n])]);
      await vote(quick, id, [quick.actors.founder]);
      await expect(quick.council["queue(uint256)"](id))
        .to.be.revertedWithCustomError(quick.council, "GovernorProposalQueueingNotRequired")
        .withArgs(id);
      await quick.council["execute(uint256)"](id);
      expect(await quick.allianceToken.inflationBps()).to.equal(100n);
    });
  });

  describe("forgets", () => {
    for (const [step, isQueued] of [
      ["what nobody queues", false],
      ["what nobody executes", true],
    ] as const) {
      it(`${step} within a week`, async () => {
        const { council, networkHelpers } = ledger;
        const id = await succeed([await setInflation(100n), await setPeriod(DAY)]);
        if (isQueued) await council["queue(uint256)"](id);
        const end = await council.expiresAt(id);
        const from = isQueued ? await council.proposalEta(id) : await council.proposalDeadline(id);
        expect(end).to.equal(from + 7n * DAY);

        const snapshot = await networkHelpers.takeSnapshot();
        await networkHelpers.time.setNextBlockTimestamp(end - 1n);
        await council[isQueued ? "execute(uint256)" : "queue(uint256)"](id);
        await snapshot.restore();
        await networkHelpers.time.setNextBlockTimestamp(end);
        await refusesState(council[isQueued ? "execute(uint256)" : "queue(uint256)"](id), id, State.Expired);
        await networkHelpers.mine();
        expect(await council.state(id)).to.equal(State.Expired);

        await decide(ledger, members.slice(0, 3), [await setInflation(100n)]); // the same call can be decided again
      });
    }
  });

  it("has many proposals open at once", async () => {
    const { council, allianceToken, collateral } = ledger;
    const ids: bigint[] = [];
    for (const amount of [1n, 2n, 4n])
      ids.push(await propose(ledger, [await pay(amount)], members[Number(amount) % 3]));
    expect(ids).to.deep.equal([4n, 5n, 6n]); // 1 to 3 admitted the members
    for (const voter of members.slice(0, 3)) for (const id of ids) await vote(ledger, id, [voter]);
    for (const id of [6n, 4n]) await carryOut(ledger, id);
    expect(await allianceToken.balanceOf(collateral)).to.equal(5n);
    expect(await council.state(5n)).to.equal(State.Succeeded);
    expect([await council.latestProposalId(), await council.proposalCount()]).to.deep.equal([6n, 6n]);
    const [targets, values, calldatas, hash] = await council.proposalDetails(5n);
    expect(await council.getProposalId([...targets], [...values], [...calldatas], hash)).to.equal(5n);
  });

  it("lets one of two proposals with the same delayed call wait at a time", async () => {
    const { council, accessManager, allianceToken } = ledger;
    const [first, second] = [await succeed([await setInflation(7n)]), await succeed([await setInflation(7n)])];
    await council["queue(uint256)"](first);
    await expect(council["queue(uint256)"](second)).to.be.revertedWithCustomError(
      accessManager,
      "AccessManagerAlreadyScheduled",
    );
    await ledger.networkHelpers.time.increase(2n * DAY);
    await council["execute(uint256)"](first);
    await carryOut(ledger, second);
    expect(await allianceToken.inflationBps()).to.equal(7n);
  });

  it("changes nothing when one of the calls reverts, and says what the call said", async () => {
    const { council, allianceToken, alliance, networkHelpers, actors } = ledger;
    const id = await succeed([
      await admitHolder(actors.outsider.address),
      await actionOf(alliance, "suspend", [9n]),
      await pay(ALP),
    ]);
    await council["queue(uint256)"](id);
    await networkHelpers.time.increase(2n * DAY);
    await expect(council["execute(uint256)"](id))
      .to.be.revertedWithCustomError(alliance, "AllianceMemberUnknown")
      .withArgs(9n);
    expect([await allianceToken.isHolder(actors.outsider), await council.state(id)]).to.deep.equal([
      false,
      State.Queued,
    ]);
  });

  describe("refuses to take up", () => {
    it("what no active member proposes", async () => {
      const { council, alliance, actors } = ledger;
      const action = [await pay(1n)];
      await expect(propose(ledger, action, actors.outsider))
        .to.be.revertedWithCustomError(council, "CouncilNotRepresentative")
        .withArgs(actors.outsider);
      await decide(ledger, members.slice(0, 3), [await actionOf(alliance, "suspend", [4n])]);
      await expect(propose(ledger, action, members[3]))
        .to.be.revertedWithCustomError(council, "CouncilMemberNotActive")
        .withArgs(4n);
    });

    it("more than 32 actions or 4,096 bytes of words; that much it takes", async () => {
      const { council } = ledger;
      const many = (count: number) => Promise.all(Array.from({ length: count }, (_, i) => pay(BigInt(i))));
      await propose(ledger, await many(32), members[0], "v".repeat(4_096));
      await expect(propose(ledger, await many(33), members[0], "why"))
        .to.be.revertedWithCustomError(council, "CouncilProposalTooLarge")
        .withArgs(33n, 32n, 3n, 4_096n);
      await expect(propose(ledger, await many(1), members[0], "v".repeat(4_097)))
        .to.be.revertedWithCustomError(council, "CouncilProposalTooLarge")
        .withArgs(1n, 32n, 4_097n, 4_096n);
      await expect(propose(ledger, []))
        .to.be.revertedWithCustomError(council, "GovernorInvalidProposalLength")
        .withArgs(0n, 0n, 0n);
    });

    it("the same delayed call twice in one proposal, which could never be queued; a payment twice it takes", async () => {
      const { council, allianceToken, collateral } = ledger;
      const twice = [await setInflation(1n), await pay(1n), await setInflation(2n), await setInflation(1n)];
      await expect(propose(ledger, twice))
        .to.be.revertedWithCustomError(council, "CouncilActionRepeated")
        .withArgs(0n, 3n);
      await decide(ledger, members.slice(0, 3), [await pay(1n), await pay(1n)]);
      expect(await allianceToken.balanceOf(collateral)).to.equal(2n);
    });

    it("the same proposal in the same words", async () => {
      const action = [await pay(1n)];
      const id = await propose(ledger, action, members[0], "Pay one");
      await ledger.networkHelpers.mine();
      await refusesState(propose(ledger, action, members[1], "Pay one"), id, State.Active);
    });
  });

  describe("keeps its own rules within bounds", () => {
    const bounds: readonly (readonly [string, string, bigint, bigint, bigint])[] = [
      ["setVotingDelay", "votingDelay", 30n * DAY + 1n, 0n, 30n * DAY],
      ["setVotingPeriod", "votingPeriod", 59n, 60n, 90n * DAY],
      ["setVotingPeriod", "votingPeriod", 90n * DAY + 1n, 60n, 90n * DAY],
      ["setProposalThreshold", "proposalThreshold", 2n, 0n, 1n],
      ["setBaseDelaySeconds", "baseDelay", 30n * DAY + 1n, 0n, 30n * DAY],
    ];
    for (const [name, setting, value, min, max] of bounds) {
      it(`${setting} is not ${value}`, async () => {
        const { council, networkHelpers } = ledger;
        const id = await succeed([await actionOf(council, name, [value])]);
        await council["queue(uint256)"](id);
        await networkHelpers.time.increase(2n * DAY);
        await expect(council["execute(uint256)"](id))
          .to.be.revertedWithCustomError(council, "CouncilSettingInvalid")
          .withArgs(setting, value, min, max);
      });
    }

    it("sets them within", async () => {
      const { council } = ledger;
      const actions = [
        await actionOf(council, "setVotingDelay", [30n * DAY]),
        await actionOf(council, "setVotingPeriod", [60n]),
        await actionOf(council, "setProposalThreshold", [0n]),
        await actionOf(council, "setBaseDelaySeconds", [0n]),
      ];
      await decide(ledger, members.slice(0, 3), actions);
      expect([
        await council.votingDelay(),
        await council.votingPeriod(),
        await council.proposalThreshold(),
        await council.baseDelaySeconds(),
      ]).to.deep.equal([30n * DAY, 60n, 0n, 0n]);
    });

    it("is not deployed with a delay of its own beyond them", async () => {
      const { ethers, alliance, accessManager, council } = ledger;
      const rules = { votingPeriodSeconds: DAY, baseDelaySeconds: 0n, selfDelaySeconds: 30n * DAY + 1n };
      await expect(ethers.deployContract("AllianceCouncil", [alliance, accessManager, rules]))
        .to.be.revertedWithCustomError(council, "CouncilSettingInvalid")
        .withArgs("selfDelay", 30n * DAY + 1n, 0n, 30n * DAY);
    });

    it("lets nobody else set them", async () => {
      const { council } = ledger;
      await expect(council.connect(members[0]).setVotingPeriod(DAY))
        .to.be.revertedWithCustomError(council, "GovernorOnlyExecutor")
        .withArgs(members[0]);
    });
  });

  it("cannot give up its own office in the name of the AccessManager", async () => {
    const { council, accessManager, networkHelpers } = ledger;
    const self = await council.getAddress();
    const id = await succeed([await actionOf(accessManager, "renounceRole", [ROLES.ADMIN, self])]);
    await council["queue(uint256)"](id);
    await networkHelpers.time.increase(2n * DAY);
    await expect(council["execute(uint256)"](id)).to.be.revertedWithCustomError(
      accessManager,
      "AccessManagerBadConfirmation",
    );
  });
});
