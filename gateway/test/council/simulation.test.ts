/** What the simulation says would change is what changes: every named action, carried out by a real proposal. */
import { expect } from "chai";
import { Wallet, id } from "ethers";
import { accessManager, merchantPoint, merchantRegistry, regulatorDesk } from "../../src/chain/contracts.ts";
import { ACTION_SPECS, nameCalls, specOf } from "../../src/council/catalogue.ts";
import { findProposal } from "../../src/commands/council/read-council.ts";
import type { Address } from "../../src/kernel/ids.ts";
import { parseAddress } from "../../src/kernel/ids.ts";
import type { CouncilStage } from "../support/council.ts";
import { newcomer, openCouncil } from "../support/council.ts";
import type { TestLedger, TestMerchant } from "../support/ledger.ts";
import { REGULATOR_KEY, startLedger } from "../support/ledger.ts";

const ALP = 10n ** 18n;
const CASE = id("case 1");
const TREASURER = 3n;
const SHARING = {
  consumerMultiple: 10,
  merchantMultiple: 2,
  dailyPoints: String(498n * ALP),
  rebateMinBps: 100,
  rebateMaxBps: 3_000,
};

interface Change {
  readonly en: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Proposals in their order: each stands on those before it. */
const proposals: { what: string; actions: (world: World) => object[] }[] = [
  {
    what: "the rules of money and of the council",
    actions: ({ stranger, ledger }) => [
      { action: "set-inflation", bps: 350 },
      { action: "set-coverage", alpPerYuan: String(2n * ALP), coverageBps: 4_000 },
      { action: "set-payer", payer: stranger, isPayer: true },
      { action: "admit-holder", account: stranger },
      { action: "pay-from-treasury", to: stranger, alp: String(3n * ALP) },
      { action: "set-voting-period", seconds: 7_200 },
      { action: "grant-role", role: "REGISTRAR", account: stranger, delaySeconds: 60 },
      { action: "set-factory", factory: ledger.deployment.contracts.merchantPointFactory },
      { action: "set-desk", desk: ledger.deployment.contracts.regulatorDesk },
    ],
  },
  {
    what: "the way back",
    actions: ({ stranger }) => [
      { action: "remove-holder", account: stranger },
      { action: "revoke-role", role: "REGISTRAR", account: stranger },
      { action: "set-payer", payer: stranger, isPayer: false },
    ],
  },
  {
    what: "merchants",
    actions: ({ applied, shop, stranger }) => [
      { action: "approve-merchant", merchantId: applied },
      { action: "assign-controller", merchantId: shop.id, controller: stranger },
      { action: "seize-collateral", merchantId: shop.id, alp: String(ALP), caseNumber: "2026-17" },
    ],
  },
  {
    what: "pauses and forced transfers",
    actions: ({ shop, order }) => [
      { action: "pause-token", token: shop.token, caseNumber: CASE },
      { action: "lift-pause", token: shop.token, caseNumber: CASE },
      { action: "execute-forced-transfer", orderId: order },
    ],
  },
  {
    what: "a pause that lasts, and another regulator",
    actions: ({ shop, regulator, stranger }) => [
      { action: "pause-token", token: shop.token, caseNumber: CASE },
      { action: "dismiss-regulator", account: regulator },
      { action: "appoint-regulator", account: stranger },
    ],
  },
  {
    what: "the sharing program is turned on",
    actions: () => [{ action: "enable-sharing", seedAlp: String(10_000n * ALP), ...SHARING }],
  },
  {
    what: "the sharing program is changed and halted",
    actions: () => [
      { action: "set-sharing-parameters", ...SHARING, merchantMultiple: 1, dailyPoints: "0" },
      { action: "halt-sharing", isHalted: true },
    ],
  },
  {
    what: "winding down",
    actions: ({ doomed }) => [{ action: "order-wind-down", merchantId: doomed.id }],
  },
  {
    what: "membership",
    actions: () => {
      const [node, representative] = [Wallet.createRandom().address, Wallet.createRandom().address];
      return [
        newcomer("Second").admission,
        newcomer("Third").admission,
        { action: "change-node", memberId: 2, node },
        { action: "change-representative", memberId: 2, representative },
        { action: "suspend-member", memberId: 2 },
        { action: "set-validator-floor", floor: 3 },
        { action: "expel-member", memberId: 3 },
      ];
    },
  },
  { what: "reinstatement", actions: () => [{ action: "reinstate-member", memberId: 2 }] },
];

interface World {
  readonly ledger: TestLedger;
  readonly shop: TestMerchant;
  /** A merchant that is to wind down: its issuing is halted. */
  readonly doomed: TestMerchant;
  /** A merchant that has applied. */
  readonly applied: number;
  readonly order: number;
  readonly stranger: Address;
  readonly regulator: Address;
}

describe("the simulated effect of a proposal", function () {
  this.timeout(180_000);
  let ledger: Awaited<ReturnType<typeof startLedger>>;
  let stage: CouncilStage;
  let world: World;
  const carriedOut = new Set<string>();

  before(async () => {
    ledger = await startLedger();
    stage = await openCouncil(ledger, "simulation");
    world = await buildWorld(ledger);
  });
  after(async () => {
    await stage.stop();
    await ledger.stop();
  });

  /** Straight from the chain, past the simulation. */
  async function valuesNow(proposalId: number): Promise<Record<string, string>> {
    const { contracts } = ledger.deployment;
    const { calls } = await findProposal(stage.rooms, BigInt(proposalId));
    const found: Record<string, string> = {};
    for (const { action, values } of nameCalls(calls, contracts)!)
      for (const probe of specOf(action)!.probes(values, contracts)) {
        const outcome = await stage.rooms.chain.call({ to: probe.target, data: probe.data });
        if (outcome.ok) found[probe.what.en] = probe.read(outcome.data);
      }
    return found;
  }

  for (const { what, actions } of proposals)
    it(`agrees with what happens: ${what}`, async () => {
      const body = { actions: actions(world) };
      const drafted = await stage.api.ask("POST", "/v1/council/proposals/draft", { body });
      const { simulation } = drafted.body as { simulation: { isOk: boolean; failure: object; changes: Change[] } };
      expect(simulation.isOk, JSON.stringify(simulation.failure)).to.equal(true);
      expect(simulation.changes.some(({ before, after }) => before !== after)).to.equal(true);
      const proposalId = await stage.propose(body.actions, what);
      const before = await valuesNow(proposalId);
      await stage.carryOut(proposalId);
      const now = await valuesNow(proposalId);
      for (const change of simulation.changes) {
        expect(before[change.en] ?? null, `before: ${change.en}`).to.equal(change.before);
        expect(now[change.en] ?? null, `after: ${change.en}`).to.equal(change.after);
      }
      for (const { action } of body.actions as { action: string }[]) carriedOut.add(action);
    });

  it("was tried with every action there is", () => {
    expect([...carriedOut].sort()).to.deep.equal(ACTION_SPECS.map(({ name }) => name).sort());
  });

  it("names the first call that would fail, and says that nothing changes", async () => {
    const actions = [
      { action: "set-inflation", bps: 100 },
      { action: "pay-from-treasury", to: Wallet.createRandom().address, alp: "1" },
      { action: "set-inflation", bps: 9_000 },
    ];
    const { body } = await stage.api.ask("POST", "/v1/council/proposals/draft", { body: { actions } });
    expect(body.simulation).to.deep.include({ isOk: false });
    expect(body.simulation.failure).to.deep.include({ call: 1, action: "pay-from-treasury" });
    expect(body.simulation.failure.error.code).to.equal("AllianceTokenNotParticipant");
    expect((body.simulation.changes as Change[]).every(({ after }) => after === null)).to.equal(true);
  });

  it("does not lend the council a role that it does not hold", async () => {
    const { accessManager: manager, council } = ledger.deployment.contracts;
    await ledger.asCouncil(manager, accessManager.encodeFunctionData("revokeRole", [TREASURER, council]));
    const actions = [{ action: "set-inflation", bps: 1 }];
    const { body } = await stage.api.ask("POST", "/v1/council/proposals/draft", { body: { actions } });
    expect(body.calls[0]).to.deep.include({ role: "TREASURER", isHeld: false });
    expect(body.simulation.failure.error.code).to.match(/^AccessManage(d|r)Unauthorized/);
  });
});

async function buildWorld(ledger: TestLedger): Promise<World> {
  const { contracts } = ledger.deployment;
  const stranger = parseAddress(Wallet.createRandom().address);
  const shop = await ledger.addMerchant();
  const doomed = await ledger.addMerchant();
  const regulator = parseAddress(new Wallet(REGULATOR_KEY).address);
  // Points for the forced transfer, and some of the doomed one's to be paid out.
  const holder = parseAddress(Wallet.createRandom().address);
  for (const { token, tillKeys } of [shop, doomed]) {
    const till = parseAddress(new Wallet(tillKeys[0]!).address);
    const issue = merchantPoint.encodeFunctionData("issue", [holder, 5_000n, id("order")]);
    await ledger.actAs(till, token, issue);
  }
  const order = [shop.token, holder, stranger, 1_000n, CASE] as const;
  await ledger.asRegulator(contracts.regulatorDesk, regulatorDesk.encodeFunctionData("orderTransfer", [...order]));
  await ledger.asRegulator(contracts.regulatorDesk, regulatorDesk.encodeFunctionData("haltIssue", [doomed.id, CASE]));
  const applicant = parseAddress(Wallet.createRandom().address);
  const terms = {
    legalName: "Applicant",
    tokenName: "Applied point",
    tokenSymbol: "APP",
    category: "catering",
    pointsPerYuan: 100,
    calendar: 4,
    utcOffsetSeconds: 28_800,
  };
  const apply = merchantRegistry.encodeFunctionData("applyFor", [terms, "data:,", `0x${"11".repeat(32)}`]);
  await ledger.actAs(applicant, contracts.merchantRegistry, apply);
  return { ledger, shop, doomed, applied: doomed.id + 1, order: 1, stranger, regulator };
}
