/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return, @typescript-eslint/restrict-template-expressions, @typescript-eslint/restrict-plus-operands -- answers are any here; the server checks their schemas */
import { expect } from "chai";
import * as abi from "../../src/chain/contracts.ts";
import { readContract } from "../../src/chain/read-contracts.ts";
import type { Rooms } from "../../src/commands/rooms.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import { Follower } from "../../src/indexer/follow.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import type { Address } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { asInContract, MERCHANT_STATUSES, PROPOSAL_STATES } from "../../src/kernel/statuses.ts";
import type { Store } from "../../src/store/database.ts";
import { clearLedger } from "../../src/store/ledger-cursor.ts";
import type { Api } from "../support/api.ts";
import { startApi } from "../support/api.ts";
import type { ChainLab, MerchantInLab } from "../support/chain-lab.ts";
import { startChainLab } from "../support/chain-lab.ts";
import { expectStoreEqualsChain, hashTables } from "../support/compare.ts";
import { GovernancePlay, PLAY_PARAMETERS, refOfPlay } from "../support/governance-play.ts";
import { stopShared } from "../support/shared.ts";
import { freshStore } from "../support/stores.ts";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers freely; the server checks their schemas
type Json = any;

after(stopShared);

describe("what the alliance decides and supervises, as the API tells it", function () {
  this.timeout(240_000);
  let lab: ChainLab;
  let store: Store;
  let api: Api;
  let stays: MerchantInLab;
  let leaves: MerchantInLab;
  let alice: Address;
  let bob: Address;

  before(async () => {
    lab = await startChainLab(PLAY_PARAMETERS);
    const [a, b, tillA, tillB] = lab.accounts.slice(1) as [Address, Address, Address, Address];
    [alice, bob] = lab.accounts.slice(5) as [Address, Address];
    stays = await lab.admitMerchant({ name: "乡村基", calendar: 1, controller: a, till: tillA });
    leaves = await lab.admitMerchant({ name: "汉堡王", calendar: 4, controller: b, till: tillB });
    const [secondRepresentative, secondNode] = lab.accounts.slice(8) as [Address, Address];
    await new GovernancePlay(lab, { stays, leaves, alice, bob, secondRepresentative, secondNode }).run();
    store = await freshStore("postgresql");
    await catchUp();
    const { chain, deployment } = lab;
    const rooms = { db: store.db, engine: "postgresql", chain, deployment, clock: wallClock, log: silentLog };
    api = await startApi(rooms as unknown as Rooms, allRoutes);
  });
  after(async () => {
    await api.close();
    await store.close();
    await lab.stop();
  });

  async function catchUp(): Promise<void> {
    const follower = new Follower({
      db: store.db,
      chain: lab.chain,
      deployment: lab.deployment,
      log: silentLog,
    });
    while ((await follower.step()).did !== "nothing");
  }

  const get = async (path: string): Promise<Json> => {
    const answer = await api.ask("GET", path);
    expect(answer.status, `${path}: ${JSON.stringify(answer.body)}`).to.equal(200);
    return answer.body;
  };

  it("holds every balance, redemption, deposit and reserve exactly as the contracts do", async () => {
    expect(await expectStoreEqualsChain({ db: store.db, lab })).to.be.greaterThan(100);
  });

  it("comes back identical when it is deleted", async () => {
    const before = await hashTables(store.db);
    await clearLedger(store.db);
    await catchUp();
    expect(await hashTables(store.db)).to.deep.equal(before);
  });

  it("judges each proposal's state as the council itself does", async () => {
    const { items, block } = await get("/v1/council/proposals");
    const states: string[] = [];
    for (const { id, state, threshold, expiresAt } of items) {
      const ask = { abi: abi.council, address: lab.deployment.contracts.council, args: [id], block: block.number };
      const [found] = (await readContract(lab.chain, { ...ask, method: "state" })) as unknown as [bigint];
      expect(asInContract(state)).to.equal(asInContract(PROPOSAL_STATES[Number(found)] ?? ""), `proposal ${id}`);
      const [expires] = (await readContract(lab.chain, { ...ask, method: "expiresAt" })) as unknown as [bigint];
      expect(BigInt(expiresAt)).to.equal(expires);
      expect(threshold).to.equal(2);
      states.push(state);
    }
    expect(states).to.deep.equal(["defeated", "canceled", "defeated", "executed"]);
    const defeated = await get("/v1/council/proposals?state=defeated&limit=1");
    expect(defeated.items.map(({ id }: Json) => id)).to.deep.equal([4]);
    const next = await get(`/v1/council/proposals?state=defeated&limit=1&cursor=${defeated.nextCursor}`);
    expect(next.items.map(({ id }: Json) => id)).to.deep.equal([2]);
  });

  it("shows a proposal's actions in words and each member's vote with its reason", async () => {
    const proposal = await get("/v1/council/proposals/1");
    expect(proposal.actions).to.have.length(1);
    expect(proposal.actions[0]).to.include({ action: "set-inflation" });
    expect(proposal.tally).to.deep.equal({ for: 2, against: 0, abstain: 0 });
    expect(proposal.votes.map(({ memberId, support, reason }: Json) => [memberId, support, reason])).to.deep.equal([
      [1, "for", "节点成本上升"],
      [2, "for", ""],
    ]);
    expect(proposal.notVoted).to.deep.equal([]);
    const open = await get("/v1/council/proposals/4");
    expect(open.notVoted.map(({ id }: Json) => id)).to.deep.equal([1, 2]);
    expect(open.proposerId).to.equal(1);
  });

  it("tells how the council works", async () => {
    const council = await get("/v1/council");
    expect(council).to.deep.include({ threshold: 2, guardian: lab.regulator, lastProposalId: 4 });
    expect(council.votingPeriodSeconds).to.equal(600);
    expect(council.graceSeconds).to.equal(604_800);
    expect(council.delays.map(({ role }: Json) => role)).to.include.members(["ADMIN", "COUNCIL", "TREASURER"]);
  });

  it("knows who holds which role and what asks for it, as AccessManager does", async () => {
    const { items, block } = await get("/v1/roles");
    for (const { id, holders, functions } of items) {
      for (const { account, delaySeconds } of holders) {
        const address = lab.deployment.contracts.accessManager;
        const ask = { abi: abi.accessManager, address, method: "hasRole", args: [id, account], block: block.number };
        const [isMember, delay] = (await readContract(lab.chain, ask)) as unknown as [boolean, bigint];
        expect([isMember, Number(delay)]).to.deep.equal([true, delaySeconds], `${account} ${id}`);
      }
      for (const { target, selector } of functions) {
        const address = lab.deployment.contracts.accessManager;
        const args = [target, selector];
        const ask = { abi: abi.accessManager, address, method: "getTargetFunctionRole", args, block: block.number };
        expect(String((await readContract(lab.chain, ask))[0])).to.equal(id);
      }
    }
    const regulator = items.find(({ name }: Json) => name === "REGULATOR");
    expect(regulator.holders.map(({ account }: Json) => account)).to.deep.equal([lab.regulator]);
    const supervisor = items.find(({ name }: Json) => name === "SUPERVISOR");
    expect(supervisor.holders.map(({ contract }: Json) => contract)).to.deep.equal(["regulatorDesk"]);
  });

  it("reckons emission, shares and standing of every epoch as NodeRewards does", async () => {
    const address = lab.deployment.contracts.nodeRewards;
    const { items, block, schedule, emittedByYear } = await get("/v1/rewards/epochs?limit=200");
    const ask = async (method: string, args: unknown[]): Promise<unknown[]> => [
      ...(await readContract(lab.chain, { abi: abi.nodeRewards, address, method, args, block: block.number })),
    ];
    expect(schedule.currentEpoch).to.equal(items[0].epoch);
    expect(BigInt(schedule.currentEpoch)).to.equal((await ask("currentEpoch", []))[0]);
    let claims = 0;
    for (const { epoch, emission, share, records } of items.slice(0, 40)) {
      expect(BigInt(emission.amount)).to.equal((await ask("emissionOf", [epoch]))[0], `epoch ${epoch}`);
      expect(BigInt(share.amount)).to.equal((await ask("shareOf", [epoch]))[0]);
      for (const record of records) {
        const found = await ask("standingOf", [record.memberId, epoch]);
        const { windowsAttested, isEligible, isClaimed, claimable } = record;
        expect([BigInt(windowsAttested), isEligible, isClaimed, BigInt(claimable.amount)]).to.deep.equal(found);
        if (isClaimed) claims += 1;
      }
    }
    expect(emittedByYear).to.have.length(1);
    const founder = await get("/v1/rewards/members/1");
    expect(founder.claimed.amount).to.equal(emittedByYear[0].emitted.amount);
    expect(founder.epochsClaimed).to.equal(1);
    expect((await get("/v1/rewards/members/2")).claimed.amount).to.equal("0");
    expect(claims).to.be.at.most(1);
  });

  it("shows a member with its changes, votes and rewards", async () => {
    const { items } = await get("/v1/members?limit=1");
    expect(items).to.have.length(1);
    const member = await get("/v1/members/1");
    expect(member.node).to.equal(lab.accounts[7]);
    expect(member.changes.map(({ what }: Json) => what)).to.deep.equal(["node", "node", "representative", "status"]);
    expect(member.votes.map(({ proposalId, support }: Json) => [proposalId, support])).to.deep.equal([
      [3, "abstain"],
      [1, "for"],
    ]);
    expect(member.rewards.epochsClaimed).to.equal(1);
  });

  it("lists freezes, pauses with what is in force, measures and orders", async () => {
    const frozen = await get("/v1/supervision/frozen-accounts");
    expect(frozen.items).to.deep.equal([]);
    const pauses = await get("/v1/supervision/pauses");
    expect(pauses.items.map(({ change, isForGood, isInForce }: Json) => [change, isForGood, isInForce])).to.deep.equal([
      // Lapsed by itself after seven days.
      ["paused", false, false],
      ["lifted", false, false],
      ["paused", true, false],
      ["paused", false, false],
    ]);
    const measures = await get(`/v1/supervision/measures?merchant=${stays.id}`);
    expect(measures.items.map(({ measure, value }: Json) => [measure, value])).to.deep.equal([
      ["issueResumption", 0],
      ["issueHalt", 0],
      ["limitCut", 40],
      ["warning", 0],
    ]);
    const orders = await get("/v1/supervision/orders");
    expect(orders.items.map(({ state, points }: Json) => [state, points.amount])).to.deep.equal([
      ["withdrawn", "1"],
      ["executed", "12345"],
    ]);
    const merchant = await get(`/v1/merchants/${stays.id}`);
    expect(merchant).to.include({ limitCutPercent: 40 });
    expect(merchant.seized.amount).to.equal(String(5n * 10n ** 18n));
    expect((await get(`/v1/points/${leaves.token}`)).isPaused).to.equal(false);
  });

  it("shows how a merchant left: every payout, and a rest to the last wei", async () => {
    const exit = await get(`/v1/merchants/${leaves.id}/exit`);
    expect([exit.status, exit.stage]).to.deep.equal([MERCHANT_STATUSES.at(-1), "closed"]);
    const { pot, points, paid, pointsPaid, rest, count, surplusLeft } = exit.payouts;
    expect([count, surplusLeft.amount, pointsPaid.amount]).to.deep.equal([2, "0", String(33_333 + 20_000)]);
    const sum = exit.items.reduce((total: bigint, { alp }: Json) => total + BigInt(alp.amount), 0n);
    expect(sum).to.equal(BigInt(paid.amount));
    expect(sum + BigInt(rest.amount)).to.equal(BigInt(pot.amount));
    for (const item of exit.items)
      expect(BigInt(item.alp.amount)).to.equal(
        (BigInt(pot.amount) * BigInt(item.points.amount)) / BigInt(points.amount),
      );
    const redemptions = await get(`/v1/points/${leaves.token}/redemptions`);
    expect(redemptions.items.map(({ kind, state }: Json) => `${kind} ${state}`)).to.deep.equal([
      "windDown captured",
      "windDown captured",
    ]);
    expect((await get(`/v1/merchants/${stays.id}/exit`)).stage).to.equal("none");
  });

  it("tells each of it in sentences", async () => {
    const { items } = await get("/v1/transactions?action=turnIn");
    expect(items[0].sentence.en).to.match(/turned in 200 P27721 and was paid [0-9.,]+ ALP$/);
    const [vote] = (await get("/v1/transactions?action=vote")).items.slice(-1);
    expect(vote.sentence).to.deep.equal({
      en: "Member 1 voted for on proposal 1",
      zh: "联盟方 1 对提案 1 投票：赞成",
    });
    const forced = (await get("/v1/transactions?action=forceTransfer")).items[0];
    expect(forced.actions[0].details.caseNumber).to.equal(refOfPlay("case-3"));
  });

  it("finds members and proposals by name, number and text", async () => {
    const kinds = async (q: string): Promise<string[]> =>
      (await get(`/v1/search?q=${encodeURIComponent(q)}`)).items.map(({ kind }: Json) => kind);
    expect(await kinds("乙方")).to.deep.equal(["member"]);
    expect(await kinds("inflation to 4")).to.deep.equal(["proposal"]);
    expect(await kinds("3")).to.include("proposal");
  });
});
