/** The alliance governs itself, through the API of `npm start`: what four members decide is what the chain does. */
import { expect } from "chai";
import { HDNodeWallet, id as keccakOfText } from "ethers";
import { controllerOf, customers } from "../../../scripts/demo/cast.ts";
import { ballot, carryThrough, decide, pass, PROPOSALS, propose, takeEffect, vote } from "./deciding.ts";
import { abiOf, refusalOf, runningAlliance, type RunningAlliance } from "./running-alliance.ts";

const LEFT = 3n;
const EXECUTED = 7n;
const CANCELED = 2n;
const DEFAULT_INFLATION_BPS = 200n;

describe("an alliance handed over to four members", () => {
  let alliance: RunningAlliance;
  const guild = { representative: HDNodeWallet.createRandom(), node: HDNodeWallet.createRandom() };

  before(async () => {
    alliance = await runningAlliance();
  });

  const burger = (): string => alliance.merchant("burgerking").token;

  const admit = (name: string) => ({
    action: "admit-member",
    name,
    profileUri: "data:application/json,{}",
    profileHash: keccakOfText("{}"),
    representative: guild.representative.address,
    node: guild.node.address,
  });

  /** Whether a customer of 汉堡王 could transfer a point now. */
  const moves = (): Promise<boolean> => {
    const [from, to] = [customers[2]!.wallet.address, customers[3]!.wallet.address];
    const data = abiOf("merchantPoint").encodeFunctionData("transfer", [to, 1n]);
    return alliance.provider.call({ from, to: burger(), data }).then(
      () => true,
      () => false,
    );
  };

  it("was handed over by proposals only: every one of them was executed, and four members vote", async () => {
    const latest = await alliance.view("council", "latestProposalId");
    for (let proposal = 1n; proposal <= latest; proposal += 1n)
      expect(await alliance.view("council", "state", proposal), `proposal ${proposal}`).to.equal(EXECUTED);
    expect(await alliance.view("alliance", "activeCount")).to.equal(4n);
    expect(await alliance.view("council", "threshold")).to.equal(3n);
  });

  it("leaves no power with anybody but the council: npm run powers", async () => {
    const { code, output } = await alliance.ledger.runScript("powers");
    expect(code, output).to.equal(0);
  });

  it("changes the inflation and admits a fifth member by votes side by side, each after its delay", async () => {
    expect(await alliance.view("allianceToken", "inflationBps")).to.equal(DEFAULT_INFLATION_BPS);
    const inflation = { description: "Emit 3 % a year", actions: [{ action: "set-inflation", bps: 300 }] };
    const admission = { description: "Admit the bookshops' guild", actions: [admit("书店行会 Bookshops' Guild")] };
    const proposals = await Promise.all([
      pass(alliance, { ...inflation, yes: [1, 2, 4], byBallot: [4] }),
      pass(alliance, { ...admission, yes: [2, 1, 3] }),
    ]);
    for (const proposal of proposals) await alliance.carryOut(alliance.memberKey(1), `${PROPOSALS}/${proposal}/queue`);
    const early = alliance.at("council").getFunction("execute(uint256)").staticCall(proposals[0]);
    expect(await refusalOf(early)).to.equal("GovernorUnmetDelay");
    for (const proposal of proposals) await takeEffect(alliance, proposal);

    expect(await alliance.view("allianceToken", "inflationBps")).to.equal(300n);
    expect(await alliance.view("alliance", "memberIdOf", guild.representative.address)).to.equal(5n);
    const validators = await alliance.view<string[]>("alliance", "getValidators");
    expect(validators).to.include(guild.node.address).and.have.lengthOf(5);
    expect(await alliance.view("council", "threshold")).to.equal(4n);
  });

  it("counts the fifth member's vote, removes it, and pauses a token", async () => {
    const removal = { description: "The guild gives its seat up", actions: [{ action: "expel-member", memberId: 5 }] };
    const proposal = await propose(alliance, { ...removal, yes: [1] });
    const own = await ballot(alliance, proposal, guild.representative);
    expect(own.body.state, JSON.stringify(own.body)).to.equal("confirmed");
    const votes = Promise.all([1, 2, 3].map((member) => vote(alliance, proposal, member)));
    const pause = { action: "pause-token", token: burger(), caseNumber: "case-2026-001" };
    expect(await moves()).to.equal(true);
    await Promise.all([
      votes.then(() => carryThrough(alliance, proposal)),
      decide(alliance, { description: "Books of 汉堡王 in doubt", actions: [pause], yes: [4, 1, 2, 3] }),
    ]);
    expect(await moves(), "transfers while paused").to.equal(false);
    const { status } = await alliance.view<{ status: bigint }>("alliance", "memberOf", 5);
    expect(status).to.equal(LEFT);
    expect(await alliance.view("alliance", "memberIdOf", guild.representative.address)).to.equal(0n);
    expect(await alliance.view<string[]>("alliance", "getValidators")).not.to.include(guild.node.address);
  });

  it("lifts the pause, while the regulator vetoes another decision before it takes effect", async () => {
    const lift = { action: "lift-pause", token: burger(), caseNumber: "case-2026-001" };
    const bonus = { action: "pay-from-treasury", to: controllerOf(1).address, alp: "1000000000000000000" };
    const before = await alliance.view("allianceToken", "balanceOf", controllerOf(1).address);
    const [vetoed] = await Promise.all([
      pass(alliance, { description: "Pay 乡村基 a bonus", actions: [bonus], yes: [1, 2, 3] }),
      decide(alliance, { description: "Books of 汉堡王 found in order", actions: [lift], yes: [1, 3, 4] }),
    ]);
    expect(await moves()).to.equal(true);
    await alliance.carryOut(alliance.memberKey(1), `${PROPOSALS}/${vetoed}/queue`);
    await alliance.carryOut(alliance.keys.keys.regulator, `${PROPOSALS}/${vetoed}/cancel`);
    expect(await alliance.view("council", "state", vetoed)).to.equal(CANCELED);
    const execution = alliance.at("council").getFunction("execute(uint256)").staticCall(vetoed);
    expect(await refusalOf(execution)).to.equal("GovernorUnexpectedProposalState");
    expect(await alliance.view("allianceToken", "balanceOf", controllerOf(1).address)).to.equal(before);
  });
});
