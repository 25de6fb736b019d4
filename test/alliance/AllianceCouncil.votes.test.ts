import { expect } from "chai";
import type { TypedDataDomain } from "ethers";

import type { BareLedger, Signer } from "../support/alliance.ts";
import { deployLedger } from "../support/alliance.ts";
import type { Action } from "../support/council.ts";
import { actionOf, carryOut, decide, growTo, propose, State, Vote, vote } from "../support/council.ts";
import { PROFILE_HASH, PROFILE_URI } from "../support/merchants.ts";

const BALLOT = {
  Ballot: [
    { name: "proposalId", type: "uint256" },
    { name: "support", type: "uint8" },
    { name: "voter", type: "address" },
    { name: "nonce", type: "uint256" },
  ],
};
const EXTENDED_BALLOT = {
  ExtendedBallot: [...BALLOT.Ballot, { name: "reason", type: "string" }, { name: "params", type: "bytes" }],
};

describe("AllianceCouncil: votes", () => {
  let ledger: BareLedger;
  let members: [Signer, Signer, Signer, Signer];
  let payment: Action;
  let id: bigint;
  let restore: () => Promise<void>;

  before(async () => {
    ledger = await deployLedger({ routineDelaySeconds: 60n, dangerousDelaySeconds: 120n });
    members = (await growTo(ledger, 4)) as [Signer, Signer, Signer, Signer];
    payment = await actionOf(ledger.allianceToken, "transfer", [await ledger.collateral.getAddress(), 1n]);
    id = await propose(ledger, [payment]);
    await ledger.networkHelpers.mine();
    const snapshot = await ledger.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  beforeEach(async () => {
    await restore();
  });

  const decideOn = async (name: string, args: readonly unknown[]) =>
    decide(ledger, members.slice(0, 3), [await actionOf(ledger.alliance, name, args)]);

  describe("belong to members", () => {
    it("one each", async () => {
      const { council } = ledger;
      await expect(council.connect(members[1]).castVoteWithReason(id, Vote.Against, "too much"))
        .to.emit(council, "MemberVoted")
        .withArgs(id, 2n, Vote.Against)
        .and.to.emit(council, "VoteCast")
        .withArgs(members[1], id, Vote.Against, 1n, "too much");
      await expect(council.connect(members[1]).castVote(id, Vote.For))
        .to.be.revertedWithCustomError(council, "GovernorAlreadyCastVote")
        .withArgs(members[1]);
      expect([await council.hasVoted(id, members[1]), await council.hasVoted(id, members[0])]).to.deep.equal([
        true,
        false,
      ]);
    });

    it("none to who represents nobody", async () => {
      const { council, actors } = ledger;
      await expect(council.connect(actors.outsider).castVote(id, Vote.For))
        .to.be.revertedWithCustomError(council, "CouncilNotRepresentative")
        .withArgs(actors.outsider);
      expect(await council.hasVoted(id, actors.outsider)).to.equal(false);
      expect(await council.getVotes(actors.outsider, (await council.clock()) - 1n)).to.equal(0n);
    });

    it("none on what there is not, before voting begins, of an unknown kind, or after it is decided", async () => {
      const { council, networkHelpers } = ledger;
      await expect(council.connect(members[0]).castVote(9n, Vote.For))
        .to.be.revertedWithCustomError(council, "GovernorNonexistentProposal")
        .withArgs(9n);
      await expect(council.connect(members[0]).castVote(id, 3n)).to.be.revertedWithCustomError(
        council,
        "GovernorInvalidVoteType",
      );
      const next = await propose(ledger, [payment]);
      expect(await council.proposalSnapshot(next)).to.equal(BigInt(await networkHelpers.time.latest()));
      expect(await council.state(next)).to.equal(State.Pending);
      await vote(ledger, id, members.slice(0, 3));
      await expect(council.connect(members[3]).castVote(id, Vote.Against)).to.be.revertedWithCustomError(
        council,
        "GovernorUnexpectedProposalState",
      );
    });

    it("not to one that is suspended, until it is reinstated", async () => {
      const { council } = ledger;
      await decideOn("suspend", [4n]);
      await expect(council.connect(members[3]).castVote(id, Vote.For))
        .to.be.revertedWithCustomError(council, "CouncilMemberNotActive")
        .withArgs(4n);
      const meanwhile = await propose(ledger, [payment]);
      await decideOn("reinstate", [4n]);
      await vote(ledger, id, [members[3]]);
      await expect(council.connect(members[3]).castVote(meanwhile, Vote.For))
        .to.be.revertedWithCustomError(council, "CouncilMemberHasNoVote")
        .withArgs(meanwhile, 4n);
      expect(await council.quorum(await council.proposalSnapshot(meanwhile))).to.equal(3n);
    });

    it("not to one that joined later", async () => {
      const { council, actors } = ledger;
      const [, , , representative] = actors.representatives;
      const node = actors.nodes[3]!.address;
      await decideOn("admit", ["Fifth", PROFILE_URI, PROFILE_HASH, representative!.address, node]);
      await expect(council.connect(representative).castVote(id, Vote.For))
        .to.be.revertedWithCustomError(council, "CouncilMemberHasNoVote")
        .withArgs(id, 5n);
      expect([await council.threshold(), await council.quorum(await council.proposalSnapshot(id))]).to.deep.equal([
        4n,
        3n,
      ]);
    });

    it("not to one that has left, whose absence makes the others' votes no heavier", async () => {
      const { council, alliance } = ledger;
      await alliance.connect(members[3]).resign();
      await expect(council.connect(members[3]).castVote(id, Vote.For))
        .to.be.revertedWithCustomError(council, "CouncilNotRepresentative")
        .withArgs(members[3]);
      await vote(ledger, id, members.slice(0, 2));
      expect([await council.state(id), await council.threshold()]).to.deep.equal([State.Active, 3n]);
    });

    for (const before of [true, false]) {
      it(`follow to a new representative, who ${before ? "cannot vote again" : "votes"}`, async () => {
        const { council, alliance, actors } = ledger;
        const [next] = actors.organisations;
        if (before) await vote(ledger, id, [members[1]]);
        await alliance.connect(members[1]).rotateRepresentative(next!);
        await expect(council.connect(members[1]).castVote(id, Vote.For))
          .to.be.revertedWithCustomError(council, "CouncilNotRepresentative")
          .withArgs(members[1]);
        expect(await council.hasVoted(id, next!)).to.equal(before);
        expect(await council.getVotes(next!, await council.proposalSnapshot(id))).to.equal(1n);
        const call = council.connect(next).castVote(id, Vote.For);
        if (!before) await call;
        else {
          await expect(call).to.be.revertedWithCustomError(council, "GovernorAlreadyCastVote").withArgs(next);
        }
        expect(await council.voteOf(id, 2n)).to.deep.equal([true, Vote.For]);
        expect((await council.proposalVotes(id)).forVotes).to.equal(1n);
      });
    }
  });

  describe("by signature", () => {
    async function domainOf(changes: TypedDataDomain = {}): Promise<TypedDataDomain> {
      const { name, version, chainId, verifyingContract } = await ledger.council.eip712Domain();
      return { name, version, chainId, verifyingContract, ...changes };
    }

    async function sign(signer: Signer, ballot: { voter?: string; proposalId?: bigint; chainId?: bigint } = {}) {
      const { voter = signer.address, proposalId = id, chainId } = ballot;
      const nonce = await ledger.council["nonces(address,uint192)"](voter, proposalId);
      const message = { proposalId, support: Vote.For, voter, nonce };
      return await signer.signTypedData(await domainOf(chainId === undefined ? {} : { chainId }), BALLOT, message);
    }
    const relay = (voter: string, signature: string, proposalId = id) =>
      ledger.council.connect(ledger.actors.relayer).castVoteBySig(proposalId, Vote.For, voter, signature);
    const refusesSignature = (call: Promise<unknown>, voter: Signer) =>
      expect(call).to.be.revertedWithCustomError(ledger.council, "GovernorInvalidSignature").withArgs(voter);

    it("count as the representative's own, whoever sends them", async () => {
      const { council } = ledger;
      await expect(relay(members[1].address, await sign(members[1])))
        .to.emit(council, "MemberVoted")
        .withArgs(id, 2n, Vote.For);
    });

    it("count once", async () => {
      const signature = await sign(members[1]);
      await relay(members[1].address, signature);
      await refusesSignature(relay(members[1].address, signature), members[1]);
      await expect(relay(members[1].address, await sign(members[1]))).to.be.revertedWithCustomError(
        ledger.council,
        "GovernorAlreadyCastVote",
      );
    });

    it("count on one chain, for one council, one proposal and one voter", async () => {
      const [, second, third] = members;
      const other = await propose(ledger, [payment]);
      await ledger.networkHelpers.mine();
      await refusesSignature(relay(second.address, await sign(second, { chainId: 1n })), second);
      await refusesSignature(relay(second.address, await sign(second), other), second);
      await refusesSignature(relay(third.address, await sign(second, { voter: third.address })), third);
      const elsewhere = await domainOf({ verifyingContract: await ledger.alliance.getAddress() });
      const message = { proposalId: id, support: Vote.For, voter: second.address, nonce: id << 64n };
      await refusesSignature(relay(second.address, await second.signTypedData(elsewhere, BALLOT, message)), second);
      expect((await ledger.council.proposalVotes(id)).forVotes).to.equal(0n);
    });

    it("of several proposals count in any order", async () => {
      const other = await propose(ledger, [payment]);
      const first = await sign(members[1]);
      await relay(members[1].address, await sign(members[1], { proposalId: other }), other);
      await relay(members[1].address, first);
    });

    it("do not count when they come after the end", async () => {
      const { council, networkHelpers } = ledger;
      const signature = await sign(members[1]);
      await networkHelpers.time.increaseTo((await council.proposalDeadline(id)) + 1n);
      await expect(relay(members[1].address, signature))
        .to.be.revertedWithCustomError(council, "GovernorUnexpectedProposalState")
        .withArgs(id, State.Defeated, "0x" + "2".padStart(64, "0"));
    });

    it("do not count of a suspended member, nor of a former representative", async () => {
      const { council, alliance, actors } = ledger;
      const [signature, former] = [await sign(members[3]), await sign(members[1])];
      await alliance.connect(members[1]).rotateRepresentative(actors.organisations[0]!);
      await expect(relay(members[1].address, former)).to.be.revertedWithCustomError(
        council,
        "CouncilNotRepresentative",
      );
      const suspension = await propose(ledger, [await actionOf(alliance, "suspend", [4n])]);
      await vote(ledger, suspension, [members[0], actors.organisations[0]!, members[2]]);
      await carryOut(ledger, suspension);
      await expect(relay(members[3].address, signature))
        .to.be.revertedWithCustomError(council, "CouncilMemberNotActive")
        .withArgs(4n);
    });

    it("can be made void before they are sent", async () => {
      const { council } = ledger;
      const signature = await sign(members[1]);
      const nonce = await council["nonces(address,uint192)"](members[1], id);
      await council.connect(members[1]).voidBallot(nonce);
      await refusesSignature(relay(members[1].address, signature), members[1]);
      await expect(council.connect(members[1]).voidBallot(nonce))
        .to.be.revertedWithCustomError(council, "InvalidAccountNonce")
        .withArgs(members[1], nonce + 1n);
    });

    it("may be a contract's, by ERC-1271", async () => {
      const { ethers, council, alliance, actors } = ledger;
      const wallet = await ethers.deployContract("Erc1271Wallet", [actors.customers[0]!.address]);
      const voter = await wallet.getAddress();
      await alliance.connect(members[1]).rotateRepresentative(voter);
      await expect(relay(voter, await sign(members[1], { voter }))).to.be.revertedWithCustomError(
        council,
        "GovernorInvalidSignature",
      );
      await expect(relay(voter, await sign(actors.customers[0]!, { voter })))
        .to.emit(council, "MemberVoted")
        .withArgs(id, 2n, Vote.For);
    });

    it("may give a reason", async () => {
      const { council, actors } = ledger;
      const nonce = await council["nonces(address,uint192)"](members[1], id);
      const [voter, reason] = [members[1].address, "a fair price"];
      const message = { proposalId: id, support: Vote.For, voter, nonce, reason, params: "0x" };
      const signature = await members[1].signTypedData(await domainOf(), EXTENDED_BALLOT, message);
      const cast = (words: string) =>
        council.connect(actors.relayer).castVoteWithReasonAndParamsBySig(id, Vote.For, voter, words, "0x", signature);
      await refusesSignature(cast("another reason"), members[1]);
      await expect(cast(reason)).to.emit(council, "VoteCast").withArgs(voter, id, Vote.For, 1n, reason);
    });
  });
});
