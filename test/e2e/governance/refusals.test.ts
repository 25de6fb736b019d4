/** What must not happen to the alliance: each is refused by name, and nothing has changed afterwards. */
import { expect } from "chai";
import { ContractFactory, id as keccakOfText, Wallet } from "ethers";
import { controllerOf, customers, deployer, nodeOf, representativeOf } from "../../../scripts/demo/cast.ts";
import {
  ballot,
  carryThrough,
  decide,
  pass,
  PROPOSALS,
  propose,
  proposeAs,
  vote,
  type NamedAction,
} from "./deciding.ts";
import {
  abiOf,
  bytecodeOf,
  refusalOf,
  runningAlliance,
  signPrepared,
  type Answer,
  type RunningAlliance,
} from "./running-alliance.ts";

const VOTING_PERIOD_SECONDS = 3_600;

describe("what the alliance refuses", () => {
  let alliance: RunningAlliance;

  before(async () => {
    alliance = await runningAlliance();
  });

  /** Refused at once, or failed as a command; the contract's own name for it stands in the answer. */
  function expectRefused({ status, body }: Answer, name: string): void {
    const text = JSON.stringify(body);
    expect(status >= 400 || body.state === "failed", text).to.equal(true);
    expect(text).to.include(name);
  }

  /** What the council decides about: the same before and after. */
  async function standing(): Promise<unknown> {
    const members = await alliance.view("alliance", "memberCount");
    const statuses = [];
    for (let member = 1n; member <= members; member += 1n)
      statuses.push((await alliance.view<{ status: bigint }>("alliance", "memberOf", member)).status);
    return {
      statuses,
      proposals: await alliance.view("council", "latestProposalId"),
      validators: [...(await alliance.view<string[]>("alliance", "getValidators"))],
      inflation: await alliance.view("allianceToken", "inflationBps"),
      treasury: await alliance.view("allianceToken", "balanceOf", alliance.addressOf("council")),
    };
  }

  const admission = (node: string): NamedAction => ({
    action: "admit-member",
    name: "Another guild",
    profileUri: "data:application/json,{}",
    profileHash: keccakOfText("{}"),
    representative: Wallet.createRandom().address,
    node,
  });

  it("a second member with the same node", async () => {
    const before = await standing();
    const answer = await proposeAs(alliance, 1, {
      actions: [admission(nodeOf(2).address)],
      description: "A node that another member has",
    });
    expectRefused(answer, "AllianceAddressTaken");
    expect(await standing()).to.deep.equal(before);
  });

  it("a proposal that would leave nobody", async () => {
    const before = await standing();
    const actions = [1, 2, 3, 4].map((memberId) => ({ action: "expel-member", memberId }));
    expectRefused(await proposeAs(alliance, 1, { actions, description: "Everybody out" }), "AllianceValidatorCount");
    expect(await standing()).to.deep.equal(before);
  });

  it("the only member leaving: an alliance of one, on the same chain", async () => {
    const founder = representativeOf(1);
    const factory = new ContractFactory(abiOf("alliance"), bytecodeOf("alliance"), deployer.connect(alliance.provider));
    const member = {
      name: "Founder",
      profileUri: "data:application/json,{}",
      profileHash: keccakOfText("{}"),
      representative: founder.address,
      node: nodeOf(1).address,
      status: 1,
      since: 0,
    };
    const authority = alliance.addressOf("accessManager");
    const deployed = await factory.deploy(authority, member, { gasPrice: 0, type: 0 });
    await deployed.waitForDeployment();
    const alone = alliance.at("alliance", await deployed.getAddress());
    const leaving = alone.getFunction("resign").staticCall({ from: founder.address });
    expect(await refusalOf(leaving)).to.equal("AllianceValidatorCount");
    expect(await alone.getFunction("getValidators")()).to.deep.equal([nodeOf(1).address]);
  });

  it("a proposal of somebody who represents no member", async () => {
    const answer = await alliance.post(alliance.keys.keys.operator, PROPOSALS, {
      actions: [{ action: "set-inflation", bps: 500 }],
      description: "As the operator",
    });
    expect(answer.status).to.equal(403);
  });

  it("a ballot signed for another chain, and the same ballot twice", async () => {
    const motion = { actions: [{ action: "set-inflation", bps: 100 }], description: "1 %", yes: [1] as const };
    const proposal = await propose(alliance, motion);
    const foreign = await ballot(alliance, proposal, representativeOf(3), { chainId: 1 });
    expectRefused(foreign, "ignature");
    expect(await alliance.view("council", "voteOf", proposal, 3)).to.deep.equal([false, 0n]);
    const good = await ballot(alliance, proposal, representativeOf(3));
    expect(good.body.state, JSON.stringify(good.body)).to.equal("confirmed");
    const again = await ballot(alliance, proposal, representativeOf(3));
    expect(again.status >= 400, JSON.stringify(again.body)).to.equal(true);
    const { forVotes } = await alliance.view<{ forVotes: bigint }>("council", "proposalVotes", proposal);
    expect(forVotes).to.equal(1n);
  });

  it("a consent whose time is over", async () => {
    const { token } = alliance.merchant("xiangcunji");
    const [{ wallet }] = customers as [(typeof customers)[number]];
    const before = await alliance.viewToken(token, "balanceOf", wallet.address);
    const what = { points: "100", kind: "deduction", ref: "too-late" };
    const key = alliance.merchant("xiangcunji").merchantKey;
    const { body } = await alliance.post(key, "/v1/signing/redeem", { ...what, token, account: wallet.address });
    const deadline = (await alliance.chainNow()) - 1;
    const signature = await signPrepared(wallet, body, { message: { deadline: String(deadline) } });
    const request = { ...what, ...body.request, deadline, account: wallet.address, signature };
    expectRefused(await alliance.post(key, `/v1/points/${token}/redemptions`, request), "xpired");
    expect(await alliance.viewToken(token, "balanceOf", wallet.address)).to.equal(before);
  });

  it("the vote of a suspended member, and a proposal whose call reverts when it is executed", async () => {
    // Decided on the same day: to suspend member 4, and to suspend it and pay somebody for it. The first one wins.
    const suspension = { action: "suspend-member", memberId: 4 };
    const late = await pass(alliance, {
      description: "Suspend member 4 and pay 乡村基",
      actions: [suspension, { action: "pay-from-treasury", to: controllerOf(1).address, alp: "1" }],
      yes: [1, 2, 3],
    });
    const open = await propose(alliance, { actions: [suspension], description: "Once more", yes: [1] });
    await decide(alliance, { description: "Suspend member 4", actions: [suspension], yes: [1, 2, 3] });

    const before = (await standing()) as object;
    expectRefused(await vote(alliance, open, 4), "CouncilMemberNotActive");
    expect(await alliance.view("council", "voteOf", open, 4)).to.deep.equal([false, 0n]);

    const key = alliance.memberKey(1);
    await alliance.carryOut(key, `${PROPOSALS}/${late}/queue`);
    const reinstatement = pass(alliance, {
      description: "Reinstate member 4",
      actions: [{ action: "reinstate-member", memberId: 4 }],
      yes: [1, 2, 3],
    });
    await alliance.waitUntil(Number(await alliance.view("council", "proposalEta", late)));
    const failed = await alliance.post(key, `${PROPOSALS}/${late}/execute`);
    expectRefused(failed, "AllianceMemberStatusInvalid");
    expect(await standing()).to.deep.equal({ ...before, proposals: BigInt(await reinstatement) });

    await carryThrough(alliance, await reinstatement);
    const { status } = await alliance.view<{ status: bigint }>("alliance", "memberOf", 4);
    expect(status).to.equal(1n);
  });

  it("a ballot that comes when the voting is over (the hour of the demo is let pass at once)", async () => {
    const proposal = await propose(alliance, {
      actions: [{ action: "set-inflation", bps: 0 }],
      description: "No inflation",
      yes: [2],
    });
    await alliance.passTime(VOTING_PERIOD_SECONDS + 1);
    expectRefused(await ballot(alliance, proposal, representativeOf(1)), "roposal");
    const { forVotes } = await alliance.view<{ forVotes: bigint }>("council", "proposalVotes", proposal);
    expect(forVotes).to.equal(0n);
  });
});
