/** The client for programs: a proposal from its draft to its effect, a ballot signed without any network, and keys of members. */
import { expect } from "chai";
import { Wallet } from "ethers";
import { LedgerProblem, openLedger, signBallot } from "../../client/ledger-client.ts";
import { keyFor } from "../support/api.ts";
import type { CouncilStage } from "../support/council.ts";
import { openCouncil } from "../support/council.ts";
import type { TestLedger } from "../support/ledger.ts";
import { FOUNDER_KEY, sharedLedger } from "../support/ledger.ts";
import { FOUNDER } from "../support/world.ts";

describe("the council for programs", function () {
  this.timeout(240_000);
  let ledger: TestLedger;
  let stage: CouncilStage;

  before(async () => {
    ledger = await sharedLedger();
    stage = await openCouncil(ledger, "sdk");
  });
  after(() => stage.stop());

  const founder = () => openLedger(stage.api.url, stage.founder);
  const anybody = () => openLedger(stage.api.url, stage.anybody);
  const actions = (bps: number) => [{ action: "set-inflation", bps } as const];

  it("drafts, proposes, votes by a ballot signed off-line, and executes", async () => {
    const drafted = await openLedger(stage.api.url).council.draft(actions(111));
    expect(drafted.actions[0]!.en).to.equal("Set the yearly inflation to 1.11 %.");
    const { proposal, vote } = await founder().council.propose("sdk-1", { actions: actions(111) });
    expect([proposal.state, vote]).to.deep.equal(["confirmed", null]);
    const id = proposal.proposalId!;
    const { chainId, contracts } = ledger.deployment;
    const offline = await signBallot(new Wallet(FOUNDER_KEY), {
      chainId,
      council: contracts.council,
      proposalId: id,
      support: "for",
    });
    const { domain, types, message } = await founder().council.ballot(id, { support: "for" });
    expect(offline.signature).to.equal(await new Wallet(FOUNDER_KEY).signTypedData(domain, types, message));
    expect((await anybody().council.relayBallot("sdk-2", id, offline)).state).to.equal("confirmed");
    expect((await anybody().council.execute("sdk-3", id)).state).to.equal("confirmed");
    const { state, simulation } = await anybody().council.simulate(id);
    expect([state, simulation.changes[0]!.before]).to.deep.equal(["executed", "111"]);
  });

  it("votes by key, and throws what the gateway refuses", async () => {
    const { proposal } = await founder().council.propose("sdk-4", { actions: actions(112) });
    const id = proposal.proposalId!;
    const voted = await founder().council.vote("sdk-5", id, { support: "against", reason: "on second thoughts" });
    expect(voted.state).to.equal("confirmed");
    for (const [name, ask] of [
      ["chain_refused", () => founder().council.execute("sdk-6", id)],
      ["chain_refused", () => founder().council.queue("sdk-7", id)],
      ["chain_refused", () => founder().council.cancel("sdk-8", id)],
      ["chain_refused", () => founder().members.leave("sdk-9")],
      ["chain_refused", () => founder().members.claimRewards("sdk-10", FOUNDER, [0])],
      ["chain_refused", () => founder().members.rotateNode("sdk-11", `0x${"0".repeat(40)}`)],
      ["forbidden", () => anybody().members.rotateRepresentative("sdk-12")],
      ["request_invalid", () => anybody().council.ballot(id, { support: "for" })],
    ] as const) {
      const problem = await ask().catch((error: unknown) => error);
      expect(problem).to.be.instanceOf(LedgerProblem);
      expect((problem as LedgerProblem).problem.code).to.equal(name);
    }
  });

  it("lists what can be decided, each with a schema", async () => {
    const { body } = await stage.api.ask("GET", "/v1/council/actions");
    const schemas = new Map(
      (body.items as { action: string; schema: { required: string[] } }[]).map(({ action, schema }) => [
        action,
        schema,
      ]),
    );
    expect(schemas.get("seize-collateral")!.required).to.deep.equal(["action", "merchantId", "alp", "caseNumber"]);
    expect(schemas.size).to.equal(30);
    const { subject, fields } = (body.items as { action: string; subject: string; fields: object[] }[]).find(
      ({ action }) => action === "seize-collateral",
    )!;
    expect(subject).to.equal("money");
    expect(fields[1]).to.deep.equal({ name: "alp", kind: "alp", label: { en: "Amount", zh: "数额" } });
  });

  it("lets an operator make a member's key, and nobody else, and none without its member", async () => {
    const make = async (key: string, body: object) =>
      stage.api.ask("POST", "/v1/keys", { key, body: { label: "council", ...body } });
    const operator = await keyFor(stage.rooms, "operator");
    const made = await make(operator, { role: "member", memberId: FOUNDER, scopes: ["council:write"] });
    expect([made.status, made.body.key.memberId]).to.deep.equal([201, FOUNDER]);
    const { proposal } = await openLedger(stage.api.url, made.body.secret as string).council.propose("sdk-13", {
      actions: actions(113),
    });
    expect(proposal.state).to.equal("confirmed");
    expect((await make(operator, { role: "member" })).body.facts.field).to.equal("memberId");
    expect((await make(operator, { role: "auditor", memberId: FOUNDER })).body.facts.field).to.equal("memberId");
    const merchant = await keyFor(stage.rooms, "merchant", { merchantId: 1 });
    expect((await make(merchant, { role: "member", memberId: FOUNDER })).status).to.equal(403);
  });
});
