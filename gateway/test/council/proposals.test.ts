/** The life of proposals over the API, with delays and a council of four; and everything that must not happen. */
import { expect } from "chai";
import { Wallet } from "ethers";
import { parseAddress } from "../../src/kernel/ids.ts";
import { keyFor } from "../support/api.ts";
import { DANGEROUS, DelayedCouncil, ROUTINE, VOTING, at, inflation } from "../support/delayed-council.ts";
import { itCountsBallots, itServesItself } from "./member-rules.ts";
import { REGULATOR_KEY } from "../support/ledger.ts";
import { stopStores } from "../support/stores.ts";

const GRACE = 7 * 86_400;
const REGULATOR = parseAddress(new Wallet(REGULATOR_KEY).address);

describe("a council with delays", function () {
  this.timeout(240_000);
  let council: DelayedCouncil;

  before(async () => {
    council = await DelayedCouncil.open();
  });
  after(async () => {
    await council.close();
    await stopStores();
  });

  describe("while the founder is alone", () => {
    it("does not let the last member leave", () =>
      council.refused(
        () => council.stage.post("/v1/members/me/leave", council.stage.founder),
        422,
        "AllianceValidatorCount",
      ));

    it("says how long each call waits, and simulates it all the same", async () => {
      const actions = [
        council.joined[0].admission,
        { action: "change-node", memberId: 1, node: Wallet.createRandom().address },
      ];
      const { body } = await council.stage.api.ask("POST", "/v1/council/proposals/draft", { body: { actions } });
      const calls = body.calls as { role: string; delaySeconds: number }[];
      expect(calls.map(({ role, delaySeconds }) => [role, delaySeconds])).to.deep.equal([
        ["COUNCIL", DANGEROUS],
        ["STEWARD", ROUTINE],
      ]);
      expect(body.delaySeconds).to.equal(DANGEROUS);
      expect(body.simulation.isOk, JSON.stringify(body.simulation)).to.equal(true);
      const own = { actions: [{ action: "set-voting-period", seconds: 60 }] };
      expect(
        (await council.stage.api.ask("POST", "/v1/council/proposals/draft", { body: own })).body.delaySeconds,
      ).to.equal(DANGEROUS);
    });

    it("proposes and votes in one request, and the same request again gives the same", async () => {
      const headers = { "idempotency-key": "admit three", prefer: "wait=30" };
      const body = {
        actions: council.joined.map(({ admission }, index) =>
          index === 2 ? { ...admission, representative: council.contractVoter } : admission,
        ),
        vote: true,
      };
      const ask = () =>
        council.stage.api.ask("POST", "/v1/council/proposals", { key: council.stage.founder, headers, body });
      const first = await ask();
      expect([first.body.proposal.state, first.body.vote.state], JSON.stringify(first.body)).to.deep.equal([
        "confirmed",
        "confirmed",
      ]);
      const again = await ask();
      expect(again.body).to.deep.equal(first.body);
      expect(again.headers.get("idempotency-replayed")).to.equal("true");
      const id = first.body.proposal.proposalId as number;
      await council.refused(
        () => council.stage.post(at(id, "execute"), council.stage.anybody),
        422,
        "GovernorUnexpectedProposalState",
      );
      expect((await council.stage.post(at(id, "queue"), council.stage.anybody)).body.state).to.equal("confirmed");
      await council.refused(
        () => council.stage.post(at(id, "execute"), council.stage.anybody),
        422,
        "GovernorUnmetDelay",
      );
      await council.pass(DANGEROUS);
      expect((await council.stage.post(at(id, "execute"), council.stage.anybody)).body.state).to.equal("confirmed");
      expect(await council.threshold()).to.equal(3);
    });

    it("does not make the same proposal twice", async () => {
      const body = { actions: [inflation(150)], description: "Once" };
      const { body: made } = await council.stage.post("/v1/council/proposals", council.stage.founder, body);
      const problem = await council.refused(
        () => council.stage.post("/v1/council/proposals", council.stage.founder, body),
        409,
        "proposal_exists",
      );
      expect(problem.facts.proposalId).to.equal(made.proposal.proposalId);
    });
  });

  describe("with four members", () => {
    it("appoints a regulator by three votes of four", async () => {
      await council.decide([{ action: "appoint-regulator", account: REGULATOR }], DANGEROUS);
    });

    itCountsBallots(() => council);

    it("closes a vote when it is decided, and when its time is over", async () => {
      const decided = await council.decide([inflation(260)], DANGEROUS);
      const problem = await council.refused(
        () => council.vote(decided, council.keys[0]),
        422,
        "GovernorUnexpectedProposalState",
      );
      expect(problem.facts.current).to.match(/executed/i);
      const open = await council.propose([inflation(270)]);
      await council.pass(VOTING + 1);
      const late = await council.refused(
        () => council.vote(open, council.keys[0]),
        422,
        "GovernorUnexpectedProposalState",
      );
      expect(late.facts.current).to.match(/defeated/i);
    });

    it("lets a proposal expire that nobody executes", async () => {
      const id = await council.propose([inflation(280)]);
      for (const key of [council.stage.founder, council.keys[0], council.keys[1]]) await council.vote(id, key);
      await council.stage.post(at(id, "queue"), council.stage.anybody);
      await council.pass(DANGEROUS + GRACE + 1);
      const problem = await council.refused(
        () => council.stage.post(at(id, "execute"), council.stage.anybody),
        422,
        "GovernorUnexpectedProposalState",
      );
      expect(problem.facts.current).to.match(/expired/i);
    });

    it("proposes nothing that would fail, and says which call and why", async () => {
      const [taken] = council.joined;
      const twice = { ...taken.admission, representative: Wallet.createRandom().address };
      const problem = await council.refused(
        () => council.stage.post("/v1/council/proposals", council.stage.founder, { actions: [inflation(1), twice] }),
        422,
        "proposal_would_fail",
      );
      expect(problem.facts).to.include({ call: 1, action: "admit-member", error: "AllianceAddressTaken" });
      const poor = { action: "pay-from-treasury", to: Wallet.createRandom().address, alp: "1" };
      const other = await council.refused(
        () => council.stage.post("/v1/council/proposals", council.stage.founder, { actions: [poor] }),
        422,
        "proposal_would_fail",
      );
      expect(other.facts.error).to.equal("AllianceTokenNotParticipant");
    });

    it("hears no key that speaks for no member, or for one that is not there", async () => {
      const none = await keyFor(council.stage.rooms, "member");
      await council.refused(
        () => council.stage.post("/v1/council/proposals", none, { actions: [inflation(1)] }),
        403,
        "member_key_needed",
      );
      const nobody = await keyFor(council.stage.rooms, "member", { memberId: 99 });
      await council.refused(
        () => council.stage.post("/v1/council/proposals", nobody, { actions: [inflation(1)] }),
        404,
        "not_found",
      );
    });

    it("knows no proposal that was not made", async () => {
      for (const ask of [
        () => council.vote(4_711, council.stage.founder),
        () => council.stage.post(at(4_711, "queue"), council.stage.anybody),
        () => council.stage.post(at(4_711, "execute"), council.stage.anybody),
        () => council.stage.post(at(4_711, "cancel"), council.stage.regulator),
        () => council.stage.api.ask("GET", at(4_711, "simulation")),
        () => council.stage.api.ask("GET", `${at(4_711, "ballot")}?support=for&voter=${REGULATOR}`),
      ])
        await council.refused(ask, 404, "not_found");
    });

    it("hears neither motions nor votes of a suspended member, until it is reinstated", async () => {
      const open = await council.propose([inflation(290)]);
      await council.decide([{ action: "suspend-member", memberId: 3 }], ROUTINE);
      await council.refused(() => council.vote(open, council.keys[1]), 422, "CouncilMemberNotActive");
      await council.refused(
        () => council.stage.post("/v1/council/proposals", council.keys[1], { actions: [inflation(2)] }),
        422,
        "CouncilMemberNotActive",
      );
      const ballot = await council.ballot(open, council.joined[1].wallet);
      await council.refused(
        () => council.stage.post(at(open, "ballots"), council.stage.anybody, ballot),
        422,
        "CouncilMemberNotActive",
      );
      // Three members are left, and all three are needed: 2 · 3 / 3 + 1.
      const id = await council.propose([{ action: "reinstate-member", memberId: 3 }]);
      for (const key of [council.stage.founder, council.keys[0]]) await council.vote(id, key);
      const contract = await council.ballot(id, {
        address: council.contractVoter,
        privateKey: council.joined[2].wallet.privateKey,
      });
      await council.stage.post(at(id, "ballots"), council.stage.anybody, contract);
      await council.stage.post(at(id, "queue"), council.stage.anybody);
      await council.pass(ROUTINE);
      expect((await council.stage.post(at(id, "execute"), council.stage.anybody)).body.state).to.equal("confirmed");
    });

    it("gives the regulator a veto within the delay, and the proposer none", async () => {
      const id = await council.propose([inflation(300)]);
      for (const key of [council.stage.founder, council.keys[0], council.keys[1]]) await council.vote(id, key);
      await council.stage.post(at(id, "queue"), council.stage.anybody);
      await council.refused(
        () => council.stage.post(at(id, "cancel"), council.stage.founder),
        422,
        "GovernorUnableToCancel",
      );
      expect((await council.stage.post(at(id, "cancel"), council.stage.regulator)).body.state).to.equal("confirmed");
      await council.pass(DANGEROUS);
      const problem = await council.refused(
        () => council.stage.post(at(id, "execute"), council.stage.anybody),
        422,
        "GovernorUnexpectedProposalState",
      );
      expect(problem.facts.current).to.match(/canceled/i);
    });

    it("gives the regulator no veto over its own dismissal", async () => {
      const id = await council.propose([{ action: "dismiss-regulator", account: REGULATOR }]);
      await council.refused(
        () => council.stage.post(at(id, "cancel"), council.stage.regulator),
        422,
        "CouncilVetoOfOwnOffice",
      );
    });

    it("simulates a proposal that stands, at the chain of now", async () => {
      const id = await council.propose([inflation(310)]);
      const { body } = await council.stage.api.ask("GET", at(id, "simulation"));
      expect(body.proposalId).to.equal(id);
      expect(body.state).to.be.oneOf(["pending", "active"]);
      expect(body.actions[0]).to.deep.include({ action: "set-inflation", values: { bps: 310 } });
      expect(body.simulation.changes[0]).to.deep.include({ before: "260", after: "310" });
    });
  });

  describe("a member by itself", () => {
    itServesItself(() => council);
  });
});
