import { expect } from "chai";

import { ROLES } from "../../ignition/powers.ts";
import type { BareLedger, Signer } from "../support/alliance.ts";
import { deployLedger } from "../support/alliance.ts";
import type { Action } from "../support/council.ts";
import { actionOf, carryOut, decide, growTo, propose, State, vote } from "../support/council.ts";

describe("AllianceCouncil: veto", () => {
  let ledger: BareLedger;
  let members: Signer[];
  let appointment: Action[];
  let restore: () => Promise<void>;

  before(async () => {
    ledger = await deployLedger();
    members = await growTo(ledger, 2);
    const { accessManager, council, actors } = ledger;
    appointment = [
      await actionOf(accessManager, "grantRole", [ROLES.REGULATOR, actors.regulator.address, 0n]),
      await actionOf(council, "setProposalGuardian", [actors.regulator.address]),
    ];
    const snapshot = await ledger.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  beforeEach(async () => {
    await restore();
  });

  const setInflation = (bps: bigint) => actionOf(ledger.allianceToken, "setInflation", [bps]);
  const cancel = (id: bigint, by: Signer) => ledger.council.connect(by)["cancel(uint256)"](id);
  const succeed = async (actions: readonly Action[]) => {
    const id = await propose(ledger, actions);
    await vote(ledger, id, members);
    return id;
  };

  describe("of the regulator, whom the council appoints", () => {
    beforeEach(async () => {
      await decide(ledger, members, appointment);
      expect(await ledger.council.proposalGuardian()).to.equal(ledger.actors.regulator.address);
    });

    it("stops a proposal while it waits, and frees its calls", async () => {
      const { council, accessManager, actors, networkHelpers, allianceToken } = ledger;
      const id = await succeed([await setInflation(300n)]);
      await council["queue(uint256)"](id);
      await expect(cancel(id, actors.regulator))
        .to.emit(council, "ProposalCanceled")
        .withArgs(id)
        .and.to.emit(accessManager, "OperationCanceled");
      await networkHelpers.time.increase(2n * 86_400n);
      expect(await council.state(id)).to.equal(State.Canceled);
      await expect(council["execute(uint256)"](id)).to.be.revertedWithCustomError(
        council,
        "GovernorUnexpectedProposalState",
      );
      await decide(ledger, members, [await setInflation(300n)]); // it can be decided anew
      expect(await allianceToken.inflationBps()).to.equal(300n);
    });

    it("stops one that is still being voted on", async () => {
      const { council, actors, networkHelpers } = ledger;
      const id = await propose(ledger, [await setInflation(300n)]);
      await networkHelpers.mine();
      await cancel(id, actors.regulator);
      expect(await council.state(id)).to.equal(State.Canceled);
    });

    it("comes too late after execution, and after a week of nothing", async () => {
      const { council, actors, networkHelpers } = ledger;
      const done = await succeed([await setInflation(300n)]);
      await carryOut(ledger, done);
      await expect(cancel(done, actors.regulator)).to.be.revertedWithCustomError(
        council,
        "GovernorUnexpectedProposalState",
      );
      const old = await succeed([await setInflation(200n)]);
      await networkHelpers.time.increaseTo(await council.expiresAt(old));
      await expect(cancel(old, actors.regulator)).to.be.revertedWithCustomError(
        council,
        "GovernorUnexpectedProposalState",
      );
    });

    it("is nobody else's: not the proposer's, not a member's", async () => {
      const { council } = ledger;
      const id = await succeed([await setInflation(300n)]);
      for (const member of members) {
        await expect(cancel(id, member))
          .to.be.revertedWithCustomError(council, "GovernorUnableToCancel")
          .withArgs(id, member);
      }
    });

    it("does not reach proposals about its own office", async () => {
      const { council, accessManager, actors, ethers } = ledger;
      const dismissal = await succeed([
        await actionOf(council, "setProposalGuardian", [ethers.ZeroAddress]),
        await actionOf(accessManager, "revokeRole", [ROLES.REGULATOR, actors.regulator.address]),
        await actionOf(accessManager, "grantRole", [ROLES.REGULATOR, actors.outsider.address, 0n]),
      ]);
      await expect(cancel(dismissal, actors.regulator))
        .to.be.revertedWithCustomError(council, "CouncilVetoOfOwnOffice")
        .withArgs(dismissal);
      await carryOut(ledger, dismissal);
      expect(await council.proposalGuardian()).to.equal(ethers.ZeroAddress);
      expect((await accessManager.hasRole(ROLES.REGULATOR, actors.regulator)).isMember).to.equal(false);
    });

    for (const { what, extra } of [
      { what: "another rule", extra: () => actionOf(ledger.council, "setVotingPeriod", [86_400n]) },
      { what: "another role", extra: () => grant(ROLES.SUPERVISOR) },
      { what: "another right of AccessManager", extra: () => actionOf(ledger.accessManager, "labelRole", [1n, "x"]) },
      { what: "a payment", extra: () => setInflation(300n) },
      { what: "bare bytes", extra: async () => ({ target: await ledger.accessManager.getAddress(), data: "0x" }) },
    ]) {
      it(`reaches its own dismissal when ${what} hides behind it`, async () => {
        const { council, actors, ethers } = ledger;
        const dismissal = await actionOf(council, "setProposalGuardian", [ethers.ZeroAddress]);
        const id = await succeed([dismissal, await extra()]);
        await cancel(id, actors.regulator);
        expect(await council.state(id)).to.equal(State.Canceled);
      });
    }
    const grant = (role: bigint) =>
      actionOf(ledger.accessManager, "grantRole", [role, ledger.actors.outsider.address, 0n]);
  });

  it("is the proposer's as long as there is no regulator", async () => {
    const { council, actors } = ledger;
    const id = await succeed([await setInflation(300n)]);
    await expect(cancel(id, actors.regulator))
      .to.be.revertedWithCustomError(council, "GovernorUnableToCancel")
      .withArgs(id, actors.regulator);
    await cancel(id, members[0]!);
    expect(await council.state(id)).to.equal(State.Canceled);
  });
});
