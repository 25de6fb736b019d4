import { expect } from "chai";
import { nodeRewards } from "../../gateway/src/chain/contracts.ts";
import { randomOf } from "../../test/support/random.ts";
import type { Fault } from "./support/faulty-node.ts";
import { startAgent, startStage, until, WINDOW_SECONDS, WINDOWS_REQUIRED } from "./support/stage.ts";
import type { AgentProcess, NodeOnStage, Stage } from "./support/stage.ts";

const SEED = 20_270_115;
/** Every agent's own moment is in the first half of a window. */
const ALL_ARE_DUE = WINDOW_SECONDS / 2;
const FAULTS: readonly Fault[] = ["away", "deaf", "silent", "broken"];
const isSend = (method: string): boolean => method === "eth_sendRawTransaction";

describe("node agent under fault", function () {
  this.timeout(180_000);
  let stage: Stage;
  let member: NodeOnStage;
  let epoch: number;
  let running: AgentProcess[];

  before(async () => {
    stage = await startStage();
  });

  after(async () => {
    await stage.stop();
  });

  beforeEach(async () => {
    running = [];
    member = await stage.admit();
    const { provider, deployment } = stage.ledger;
    const data = nodeRewards.encodeFunctionData("currentEpoch");
    epoch = Number(BigInt(await provider.call({ to: deployment.contracts.nodeRewards, data }))) + 1;
    await stage.goTo(epoch, 0);
    stage.node.handedIn.length = 0;
  });

  afterEach(async () => {
    stage.node.fault = () => undefined;
    stage.node.onDelivered = () => undefined;
    await Promise.all(running.map((agent) => agent.stop()));
  });

  function start(): AgentProcess {
    const agent = startAgent(stage, member);
    running.push(agent);
    return agent;
  }

  const windowsOf = async () => (await stage.attested(member.memberId)).map(({ window }) => window);

  async function attestWindow(window: number): Promise<void> {
    await stage.goTo(epoch, window, ALL_ARE_DUE);
    await until(`window ${window} is attested`, async () => (await windowsOf()).includes(window));
  }

  /** Each window once, and no transaction but those: nothing was sent twice, nothing for nothing. */
  async function expectOnceEach(windows: readonly number[], claims = 0): Promise<void> {
    expect(await windowsOf()).to.deep.equal(windows);
    expect(await stage.minedOf(member.wallet.address)).to.equal(windows.length + claims);
    expect(new Set(stage.node.handedIn).size).to.equal(windows.length + claims);
  }

  for (const fault of FAULTS) {
    it(`sends the same bytes again when the node is ${fault} as they are handed in`, async () => {
      let left = 4; // a request is tried three times in a round
      stage.node.fault = (method) => (isSend(method) && left-- > 0 ? fault : undefined);
      start();
      await attestWindow(0);
      await attestWindow(1);
      await expectOnceEach([0, 1]);
    });
  }

  it(`attests once a window while a third of all requests fail, each in its own way (seed ${SEED})`, async () => {
    const next = randomOf(SEED);
    stage.node.fault = () => (next(3) === 0 ? FAULTS[next(FAULTS.length)] : undefined);
    start();
    const windows = [0, 1, 2, 3, 4, 5];
    for (const window of windows) await attestWindow(window);
    await expectOnceEach(windows);
  });

  it("says that it fails while the node is away, and goes on when it is back", async () => {
    const agent = start();
    await attestWindow(0);
    stage.node.fault = () => "away";
    await until("its page says so", async () => (await agent.health()).body.status === "failing");
    const { body, httpStatus } = await agent.health();
    expect(httpStatus).to.equal(503);
    expect(body.lastProblem?.code).to.equal("chain_unreachable");
    stage.node.fault = () => undefined;
    await attestWindow(1);
    await until("its page is fine again", async () => (await agent.health()).body.status === "ok");
    await expectOnceEach([0, 1]);
  });

  for (const { when, fault } of [
    { when: "before the node hears of its transaction", fault: "away" },
    { when: "after the node has heard, without an answer", fault: "silent" },
  ] as const) {
    it(`killed ${when}, it goes on with the same bytes`, async () => {
      const first = start();
      const kill = () => first.child.kill("SIGKILL");
      stage.node.fault = (method) => (isSend(method) ? fault : undefined);
      if (fault === "silent") stage.node.onDelivered = kill;
      // Nothing is mined until it runs again: its transaction is in flight, or was never sent.
      await stage.goTo(epoch, 0, ALL_ARE_DUE);
      await until("it has handed in its transaction", () => Promise.resolve(stage.node.handedIn.length > 0));
      kill();
      expect(await first.ended).to.equal("SIGKILL");

      stage.node.fault = () => undefined;
      stage.node.onDelivered = () => undefined;
      start();
      await until("the window is attested", async () => (await windowsOf()).length === 1);
      await attestWindow(1);
      await expectOnceEach([0, 1]);
    });
  }

  it("killed again and again at any moment, it attests each window once and claims the epoch once", async () => {
    const next = randomOf(SEED);
    const windows = Array.from({ length: WINDOWS_REQUIRED }, (_, window) => window);
    let agent = start();
    for (const window of windows) {
      await stage.goTo(epoch, window, ALL_ARE_DUE);
      if (window % 3 === 0) {
        await new Promise((resolve) => setTimeout(resolve, next(1_500)));
        agent.child.kill("SIGKILL");
        await agent.ended;
        agent = start();
      }
      await until(`window ${window} is attested`, async () => (await windowsOf()).includes(window));
    }
    // Between the epochs, with the claim handed in and its answer lost.
    stage.node.fault = (method) => (isSend(method) ? "deaf" : undefined);
    stage.node.onDelivered = () => agent.child.kill("SIGKILL");
    await stage.goTo(epoch + 1, 0);
    expect(await agent.ended).to.equal("SIGKILL");
    stage.node.fault = () => undefined;
    stage.node.onDelivered = () => undefined;
    const last = start();
    await until("the epoch is claimed", async () => (await stage.claims(member.memberId)).length === 1);
    await until("its page knows", async () => (await last.health()).body.rewards.claimedEpochs === 1);
    const [claim] = await stage.claims(member.memberId);
    expect(claim).to.include({ epoch });
    expect(await stage.balanceOf(member.representative)).to.equal(claim!.amount);
    expect((await windowsOf()).slice(0, WINDOWS_REQUIRED)).to.deep.equal(windows);
  });

  it("without its notes it asks the chain: a window that is attested stays so", async () => {
    const first = start();
    await attestWindow(0);
    await first.stop();
    const again = startAgent(stage, { ...member, stateDir: `${member.stateDir}-lost` });
    running.push(again);
    await until("it has looked", async () => (await again.health()).body.epoch?.windowsAttested === 1);
    await attestWindow(1);
    await expectOnceEach([0, 1]);
  });

  it("two agents of one key do no harm: every window counts once", async () => {
    start();
    running.push(startAgent(stage, { ...member, stateDir: `${member.stateDir}-second` }));
    for (const window of [0, 1, 2]) await attestWindow(window);
    expect(await windowsOf()).to.deep.equal([0, 1, 2]);
  });
});
