import { expect } from "chai";
import { alliance, nodeRewards } from "../../gateway/src/chain/contracts.ts";
import { startAgent, startStage, until, WINDOW_SECONDS, WINDOWS, WINDOWS_REQUIRED } from "./support/stage.ts";
import type { AgentProcess, NodeOnStage, Stage } from "./support/stage.ts";

/** Every agent's own moment is in the first half of a window. */
const ALL_ARE_DUE = WINDOW_SECONDS / 2;

describe("node agent", function () {
  this.timeout(180_000);
  let stage: Stage;
  let running: AgentProcess[];

  before(async () => {
    stage = await startStage();
  });

  after(async () => {
    await stage.stop();
  });

  beforeEach(() => {
    running = [];
  });

  afterEach(async () => {
    stage.node.fault = () => undefined;
    await Promise.all(running.map((agent) => agent.stop()));
  });

  const start = (of: Pick<NodeOnStage, "keyFile" | "stateDir">, flags: string[] = []): AgentProcess => {
    const agent = startAgent(stage, of, flags);
    running.push(agent);
    return agent;
  };

  /** The first epoch that has not begun yet: members that are there now are active at its start. */
  async function nextEpoch(): Promise<number> {
    const { provider, deployment } = stage.ledger;
    const data = nodeRewards.encodeFunctionData("currentEpoch");
    return Number(BigInt(await provider.call({ to: deployment.contracts.nodeRewards, data }))) + 1;
  }

  async function attestedIn(member: NodeOnStage, epoch: number): Promise<number[]> {
    return (await stage.attested(member.memberId)).filter((event) => event.epoch === epoch).map(({ window }) => window);
  }

  it("attests once in every window, claims when the epoch is over, and says so", async () => {
    const member = await stage.admit();
    const epoch = await nextEpoch();
    await stage.goTo(epoch, 0, ALL_ARE_DUE);
    const agent = start(member);
    for (let window = 0; window < WINDOWS_REQUIRED; window += 1) {
      await stage.goTo(epoch, window, ALL_ARE_DUE);
      await until(`window ${window} is attested`, async () => (await attestedIn(member, epoch)).length === window + 1);
    }
    await until("its page knows", async () => {
      return (await agent.health()).body.epoch?.windowsAttested === WINDOWS_REQUIRED;
    });
    const { httpStatus, body } = await agent.health();
    expect(httpStatus).to.equal(200);
    expect(body).to.deep.include({ status: "ok", standing: "active", memberId: String(member.memberId) });
    expect(body.epoch).to.deep.include({
      number: epoch,
      windows: WINDOWS,
      windowsRequired: WINDOWS_REQUIRED,
      isEligible: true,
    });
    expect(body.lastAttestation).to.deep.include({ epoch, window: WINDOWS_REQUIRED - 1 });

    await stage.goTo(epoch + 1, 0);
    await until("the epoch is claimed", async () => (await stage.claims(member.memberId)).length === 1);
    const [claim] = await stage.claims(member.memberId);
    expect(claim!.epoch).to.equal(epoch);
    expect(await stage.balanceOf(member.representative)).to.equal(claim!.amount);
    await until("its page knows the claim", async () => {
      return (await agent.health()).body.rewards.claimedAlp === String(claim!.amount);
    });

    expect(await agent.stop()).to.equal(0);
    // Nothing was sent for nothing: as many transactions as attestations and claims.
    const attested = await stage.attested(member.memberId);
    expect(new Set(attested.map(({ epoch: e, window }) => `${e}/${window}`)).size).to.equal(attested.length);
    expect(await stage.minedOf(member.wallet.address)).to.equal(attested.length + 1);
    expect(agent.output()).not.to.contain(member.wallet.privateKey.slice(2));
  });

  it("leaves the member of a lazy node without anything, and says that it is behind", async () => {
    const lazy = await stage.admit();
    const epoch = await nextEpoch();
    await stage.goTo(epoch, 0, ALL_ARE_DUE);
    const agent = start(lazy, ["--attest-every", "2"]);
    // Four windows at work, and then too few are left, whatever it does.
    const seen = [0, 1, 2, 3, WINDOWS - 3, WINDOWS - 2];
    for (const window of seen) {
      await stage.goTo(epoch, window, ALL_ARE_DUE);
      await until(`it saw window ${window}`, async () => {
        return (await agent.health()).body.epoch?.window === window;
      });
      const isOnDuty = (epoch * WINDOWS + window) % 2 === 0;
      if (isOnDuty) await until("attested", async () => (await attestedIn(lazy, epoch)).includes(window));
    }
    expect((await agent.health()).body.status).to.equal("behind");
    expect((await agent.health()).httpStatus).to.equal(503);
    await stage.goTo(epoch + 1, 2, ALL_ARE_DUE);
    await until("it goes on", async () => (await stage.attested(lazy.memberId)).some(({ epoch: e }) => e > epoch));
    expect((await attestedIn(lazy, epoch)).length).to.equal(seen.length / 2);
    expect(await stage.claims(lazy.memberId)).to.deep.equal([]);
    expect(await stage.balanceOf(lazy.representative)).to.equal(0n);
  });

  it("waits for a node that no member has, and begins when one does", async () => {
    const node = stage.makeNode();
    const agent = start(node);
    await until("it says so", async () => (await agent.health()).body.status === "notMember");
    const member = await stage.admit();
    const data = alliance.encodeFunctionData("changeNode", [member.memberId, node.wallet.address]);
    await stage.ledger.asCouncil(stage.ledger.deployment.contracts.alliance, data);
    const epoch = await nextEpoch();
    await stage.goTo(epoch, 0, ALL_ARE_DUE);
    await until("it attests", async () => (await attestedIn({ ...member, ...node }, epoch)).length === 1);
  });

  it("waits while its member is suspended", async () => {
    const member = await stage.admit();
    const act = (method: "suspend" | "reinstate") =>
      stage.ledger.asCouncil(
        stage.ledger.deployment.contracts.alliance,
        alliance.encodeFunctionData(method as "suspend", [member.memberId]),
      );
    await act("suspend");
    const agent = start(member);
    await until("it says so", async () => (await agent.health()).body.status === "suspended");
    const epoch = await nextEpoch();
    await stage.goTo(epoch, 0, ALL_ARE_DUE);
    await act("reinstate");
    await stage.goTo(epoch, 1, ALL_ARE_DUE);
    await until("it attests", async () => (await attestedIn(member, epoch)).includes(1));
    expect(await attestedIn(member, epoch)).not.to.include(WINDOWS);
  });
});
