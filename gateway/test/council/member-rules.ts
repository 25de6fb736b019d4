/** What members' ballots and members themselves may do; run by proposals.test.ts on its council of four. */
import { expect } from "chai";
import { Wallet } from "ethers";
import { newcomer } from "../support/council.ts";
import type { DelayedCouncil } from "../support/delayed-council.ts";
import { at, inflation } from "../support/delayed-council.ts";

export function itCountsBallots(of: () => DelayedCouncil): void {
  it("counts a ballot signed off-line, once", async () => {
    const council = of();
    const id = await council.propose([inflation(210)]);
    const ballot = await council.ballot(id, council.joined[0].wallet);
    const relay = (body: object) => council.stage.post(at(id, "ballots"), council.stage.anybody, body);
    await council.refused(() => relay({ ...ballot, support: "against" }), 422, "GovernorInvalidSignature");
    expect((await relay(ballot)).body.state).to.equal("confirmed");
    await council.refused(() => relay(ballot), 409, "already_voted");
    await council.refused(() => council.vote(id, council.keys[0], "against"), 422, "GovernorAlreadyCastVote");
  });

  it("knows ballots of another chain, another council or another proposal for what they are", async () => {
    const council = of();
    const [id, other] = [await council.propose([inflation(220)]), await council.propose([inflation(230)])];
    const relay = (body: object) => council.stage.post(at(id, "ballots"), council.stage.anybody, body);
    const { wallet } = council.joined[0];
    for (const ballot of [
      await council.ballot(id, wallet, { chainId: 1 }),
      await council.ballot(id, wallet, { verifyingContract: council.ledger.deployment.contracts.alliance }),
      await council.ballot(other, wallet),
      { ...(await council.ballot(id, council.joined[1].wallet)), voter: wallet.address },
    ])
      await council.refused(() => relay(ballot), 422, "GovernorInvalidSignature");
  });

  it("takes the ballot of a member that a contract represents", async () => {
    const council = of();
    const id = await council.propose([inflation(240)]);
    const { privateKey } = council.joined[2].wallet;
    const ballot = await council.ballot(id, { address: council.contractVoter, privateKey: privateKey });
    expect((await council.stage.post(at(id, "ballots"), council.stage.anybody, ballot)).body.state).to.equal(
      "confirmed",
    );
    await council.refused(() => council.vote(id, council.keys[2]), 422, "signer_missing");
  });

  it("takes no ballot of a stranger", async () => {
    const council = of();
    const id = await council.propose([inflation(250)]);
    const stranger = newcomer("Stranger");
    const ballot = await council.ballot(id, stranger.wallet);
    await council.refused(
      () => council.stage.post(at(id, "ballots"), council.stage.anybody, ballot),
      422,
      "CouncilNotRepresentative",
    );
  });
}

export function itServesItself(of: () => DelayedCouncil): void {
  it("moves to a key that the gateway makes, and votes on with it", async () => {
    const council = of();
    const id = await council.propose([inflation(320)]);
    const rotated = await council.stage.post("/v1/members/me/rotate-representative", council.keys[0], {});
    expect(rotated.body.state, JSON.stringify(rotated.body)).to.equal("confirmed");
    expect((await council.vote(id, council.keys[0])).body.state).to.equal("confirmed");
    const old = await council.ballot(id, council.joined[0].wallet);
    await council.refused(
      () => council.stage.post(at(id, "ballots"), council.stage.anybody, old),
      422,
      "CouncilNotRepresentative",
    );
  });

  it("can not take an address that served before", async () => {
    const council = of();
    await council.refused(
      () =>
        council.stage.post("/v1/members/me/rotate-representative", council.keys[1], {
          representative: council.joined[0].wallet.address,
        }),
      422,
      "AllianceAddressTaken",
    );
  });

  it("moves its node, not onto another's", async () => {
    const council = of();
    const node = Wallet.createRandom().address;
    expect((await council.stage.post("/v1/members/me/rotate-node", council.keys[1], { node })).body.state).to.equal(
      "confirmed",
    );
    await council.refused(
      () => council.stage.post("/v1/members/me/rotate-node", council.keys[0], { node }),
      422,
      "AllianceAddressTaken",
    );
  });

  it("is paid no reward that it did not earn", async () => {
    const council = of();
    await council.refused(
      () => council.stage.post("/v1/members/2/rewards/claims", council.stage.anybody, { epochs: [0] }),
      422,
      "NodeRewardsNotEarned",
    );
  });

  it("leaves, and is heard no more", async () => {
    const council = of();
    expect((await council.stage.post("/v1/members/me/leave", council.keys[1])).body.state).to.equal("confirmed");
    await council.refused(
      () => council.stage.post("/v1/members/me/leave", council.keys[1]),
      422,
      "AllianceNotRepresentative",
    );
    expect(await council.threshold()).to.equal(3);
  });
}
