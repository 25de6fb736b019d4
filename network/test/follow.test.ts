import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parseEnode } from "../besu/enode.ts";
import { FollowStage } from "./support/follow-stage.ts";

const FOUR = ["org-1-1", "org-2-1", "org-3-1", "org-4-1"];
const FIFTH = "observer-1";
const FIVE = [...FOUR, FIFTH];

// One network, one story: each test goes on where the one before ended.
describe("agents of a network of four", function () {
  this.timeout(180_000);
  let stage: FollowStage;

  before(async function () {
    this.timeout(300_000);
    stage = await FollowStage.start({ validators: 4, observers: 1, epochLength: 40 });
    await Promise.all(FOUR.map((id) => stage.startAgent(id)));
  });
  after(() => stage.stop());

  it("say where their nodes are reached, and are well", async () => {
    await stage.network.until("every node is announced", async () => {
      const pages = await Promise.all(FOUR.map((id) => stage.health(id)));
      return pages.every(({ follow }) => follow.announced !== undefined && follow.announced === follow.enode);
    });
    const { status, follow } = await stage.health("org-1-1");
    expect(status).to.equal("ok");
    expect(follow).to.deep.include({ status: "ok", selection: "votes", floor: 4, changes: [], standing: [] });
    expect(follow.validators).to.deep.equal(follow.wanted);
    expect(follow.notConnected).to.deep.equal([]);
  });

  it("leave the validators alone when nothing changed", async () => {
    await stage.pass(5);
    expect(await stage.validators()).to.deep.equal(FOUR);
  });

  it("vote a fifth member in", async () => {
    await stage.admit(FIFTH);
    await stage.untilValidatorsAre(FIVE);
    await stage.network.until("no vote stands any more", async () => {
      const pages = await Promise.all(FOUR.map((id) => stage.health(id)));
      return pages.every(({ follow }) => follow.changes.length === 0 && follow.standing.length === 0);
    });
    await stage.startAgent(FIFTH);
    await stage.network.until("its agent is well", async () => (await stage.health(FIFTH)).status === "ok");
  });

  it("vote again after an epoch ended before there were enough", async () => {
    // Two votes of five are too few.
    for (const id of ["org-3-1", "org-4-1", FIFTH]) await stage.stopAgent(id);
    await stage.expel(FIFTH);
    const fifth = stage.addressOf(FIFTH);
    const cast = async (): Promise<number> =>
      (await stage.health("org-1-1")).follow.changes.find(({ node }) => node === fifth)?.castBy.length ?? 0;
    const isCastIn = (epoch: number) => async (): Promise<boolean> =>
      (await cast()) === 2 && Math.floor((await stage.network.head("org-1-1")) / 40) >= epoch;
    await stage.network.until("two votes are cast", isCastIn(0));
    const epoch = Math.floor((await stage.network.head("org-1-1")) / 40);
    await stage.network.until("the votes are void", async () => (await cast()) === 0);
    await stage.network.until("they are cast again", isCastIn(epoch + 1));
    expect(await stage.validators()).to.have.members(FIVE);
    expect((await stage.health("org-1-1")).follow.changes).to.deep.include({
      ...{ node: fifth, change: "out", waiting: "cast", needed: 3 },
      castBy: [stage.addressOf("org-1-1"), stage.addressOf("org-2-1")].sort(),
    });
  });

  it("vote the expelled one out, though a node forgot its vote in a restart", async () => {
    await stage.network.do("down", "--node", "org-2-1");
    await stage.network.do("up", "--node", "org-2-1");
    await Promise.all(["org-3-1", "org-4-1"].map((id) => stage.startAgent(id)));
    await stage.untilValidatorsAre(FOUR);
  });

  it("take it off their nodes' lists, at the latest with a restart", async () => {
    const fifth = stage.addressOf(FIFTH);
    const { staticNodes } = stage.network.folder;
    // Besu keeps whom static-nodes.json named when it started.
    await stage.network.until("the nodes keep it", async () =>
      (await stage.health("org-1-1")).follow.keptUntilRestart.some((enode) => parseEnode(enode).address === fifth),
    );
    const named = JSON.parse(readFileSync(staticNodes, "utf8")) as string[];
    expect(named.map((enode) => parseEnode(enode).address)).not.to.include(fifth);
    expect((await stage.health("org-1-1")).status).to.equal("ok");

    await stage.network.do("down", "--node", "org-1-1");
    await stage.network.do("up", "--node", "org-1-1");
    await stage.network.until("it is off the list", async () => {
      const list = await stage.besu("org-1-1").nodesAllowlist();
      const peers = await stage.besu("org-1-1").peers();
      return list?.length === 4 && peers.every(({ address }) => address !== fifth);
    });
  });

  it("keep the floor until the council says otherwise", async () => {
    await stage.expel("org-4-1");
    await stage.network.until("the change waits for the floor", async () =>
      (await stage.health("org-1-1")).follow.changes.some(({ waiting }) => waiting === "floor"),
    );
    await stage.pass(10);
    expect(await stage.validators()).to.deep.equal(FOUR);
    await stage.decide("setValidatorFloor", [3]);
    await stage.untilValidatorsAre(FOUR.slice(0, 3));
  });

  it("have attested all the while", async () => {
    const { lastAttestation, status } = await stage.health("org-1-1");
    expect(lastAttestation).not.to.equal(undefined);
    expect(status).to.be.oneOf(["ok", "behind"]);
  });
});

describe("agents where a contract selects the validators", function () {
  this.timeout(180_000);
  let stage: FollowStage;

  before(async function () {
    this.timeout(300_000);
    stage = await FollowStage.start({ validators: 4, observers: 1, validatorSelection: "contract" });
    await Promise.all(FOUR.slice(0, 2).map((id) => stage.startAgent(id)));
  });
  after(() => stage.stop());

  it("cast no vote, and keep the lists all the same", async () => {
    await stage.admit(FIFTH);
    await stage.network.until("the agent follows", async () => (await stage.health("org-1-1")).follow.status === "ok");
    await stage.pass(8);
    const { status, follow } = await stage.health("org-1-1");
    expect(status).to.equal("ok");
    expect(follow).to.deep.include({ selection: "contract", changes: [], standing: [], allowed: 5 });
    expect(follow.wanted).to.include(stage.addressOf(FIFTH));
    expect(follow.validators).to.have.lengthOf(4);
    expect(await stage.besu("org-1-1").proposeVote(stage.addressOf(FIFTH), true)).to.equal(false);
  });
});
