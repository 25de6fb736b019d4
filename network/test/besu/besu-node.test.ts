import { expect } from "chai";
import type { Anvil } from "../../../gateway/test/support/anvil.ts";
import { startAnvil } from "../../../gateway/test/support/anvil.ts";
import { LedgerError } from "../../../gateway/src/kernel/errors.ts";
import type { Address } from "../../../gateway/src/kernel/ids.ts";
import { connectBesu } from "../../besu/besu-node.ts";
import type { BesuNode } from "../../besu/besu-node.ts";
import { enodeUrl, seededNodeKey } from "../../besu/enode.ts";
import { parseHeader } from "../../besu/header-vote.ts";
import { NetworkError } from "../../plan/network-error.ts";
import { encodeExtraData } from "../stand-in/chain/extra-data.ts";
import { startStandIn } from "../stand-in/start-stand-in.ts";
import type { StandIn } from "../stand-in/start-stand-in.ts";

const enodeOf = (name: string, port: number): string =>
  enodeUrl({ publicKey: seededNodeKey(name).publicKey, host: "127.0.0.1", port });
const address = (digit: string): Address => `0x${digit.repeat(40)}` as Address;
const [A, B, C] = [address("a"), address("b"), address("c")] as const;
const SELF = enodeOf("self", 30_303);
const PEER = enodeOf("peer", 30_304);
const GUEST = enodeOf("guest", 30_305);

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("it did not fail");
}

describe("what only Besu answers", function () {
  this.timeout(60_000);
  let anvil: Anvil;
  let standIn: StandIn;
  let besu: BesuNode;

  before(async () => {
    anvil = await startAnvil();
    for (let block = 0; block < 5; block += 1) await anvil.rpc("evm_mine");
  });
  after(() => anvil.stop());
  beforeEach(async () => {
    // From block 4 on there are three.
    const sealersOf = (block: number) => (block < 4 ? [B, A] : [C, B, A]);
    standIn = await startStandIn(anvil.url, { script: { sealersOf, enode: SELF, nodesAllowlist: [SELF, PEER] } });
    besu = connectBesu(standIn.url, { timeoutMs: 5_000 });
  });
  afterEach(() => standIn.close());

  it("is who may make the next block and who could make an old one, whoever selects them", async () => {
    for (const mode of ["blockheader", "contract"] as const) {
      standIn.script.isContractMode = mode === "contract";
      expect(await besu.nextValidators()).to.deep.equal([A, B, C]);
      expect(await besu.sealersOf(3, mode)).to.deep.equal([A, B]);
      expect(await besu.sealersOf(4, mode)).to.deep.equal([A, B, C]);
    }
  });

  it("is what the node stands for, until it is taken down", async () => {
    expect(await besu.proposeVote(C, true)).to.equal(true);
    expect(await besu.proposeVote(B, false)).to.equal(true);
    expect([...(await besu.pendingVotes())!]).to.have.deep.members([
      [C, true],
      [B, false],
    ]);
    expect(await besu.discardVote(B)).to.equal(true);
    expect([...(await besu.pendingVotes())!]).to.deep.equal([[C, true]]);
  });

  it("is no vote where a contract selects", async () => {
    standIn.script.isContractMode = true;
    expect(await besu.pendingVotes()).to.equal(undefined);
    expect(await besu.proposeVote(C, true)).to.equal(false);
    expect(await besu.discardVote(C)).to.equal(false);
  });

  it("is nothing without the method's group, which the error names", async () => {
    const bare = await startStandIn(anvil.url, { groups: ["ETH", "NET", "WEB3"] });
    const node = connectBesu(bare.url);
    for (const [group, ask] of [
      ["QBFT", () => node.pendingVotes()],
      ["QBFT", () => node.nextValidators()],
      ["PERM", () => node.nodesAllowlist()],
      ["PERM", () => node.allowNodes([GUEST])],
      ["ADMIN", () => node.peers()],
    ] as const) {
      const error = await failureOf(ask());
      expect(error).to.be.instanceOf(NetworkError);
      expect(error.message).to.contain(`Name ${group} in the node's rpc-http-api`);
    }
    await bare.close();
  });

  it("is a list that can be told the same thing twice", async () => {
    await besu.allowNodes([GUEST, PEER, GUEST]);
    expect(await besu.nodesAllowlist()).to.have.members([SELF, PEER, GUEST]);
    await besu.allowNodes([GUEST]);
    await besu.disallowNodes([GUEST, enodeOf("nobody", 1)]);
    await besu.disallowNodes([GUEST]);
    expect(await besu.nodesAllowlist()).to.have.members([SELF, PEER]);
  });

  it("keeps a static node on the list, and says what to do", async () => {
    standIn.script.fixedNodes = [PEER];
    await besu.allowNodes([GUEST]);
    const error = await failureOf(besu.disallowNodes([PEER, GUEST]));
    expect(error.message).to.contain("static-nodes.json names it");
    expect(await besu.nodesAllowlist(), "the other one is off").to.have.members([SELF, PEER]);
  });

  it("is no list when the node runs without one", async () => {
    standIn.script.nodesAllowlist = undefined;
    expect(await besu.nodesAllowlist()).to.equal(undefined);
    expect(await besu.accountsAllowlist()).to.equal(undefined);
    expect((await failureOf(besu.allowNodes([GUEST]))).message).to.contain("has not been enabled");
  });

  it("is a list of accounts", async () => {
    standIn.script.accountsAllowlist = [A];
    await besu.allowAccounts([A, B]);
    await besu.disallowAccounts([A, C]);
    expect(await besu.accountsAllowlist()).to.deep.equal([B]);
  });

  it("is who is connected, by address, and the node's own enode without the port of discovery", async () => {
    const ends = { localAddress: "127.0.0.1:1", remoteAddress: "127.0.0.1:2" };
    standIn.script.peers = [{ enode: `${PEER}?discport=0`, isInbound: true, ...ends }];
    const { address: peer } = seededNodeKey("peer");
    const [found] = await besu.peers();
    expect(found).to.include({ address: peer, enode: PEER });
    standIn.script.enode = `${SELF}?discport=0`;
    expect(await besu.enode()).to.equal(SELF);
    await besu.allowNodes([GUEST]);
    await besu.addPeer(GUEST);
    expect(standIn.script.addedPeers).to.deep.equal([GUEST]);
    expect(await besu.clientVersion()).to.match(/^besu\//);
  });

  it("is who proposed how many blocks", async () => {
    standIn.script.proposerOf = (block) => (block === 0 ? undefined : block === 4 ? B : A);
    const metrics = await besu.signerMetrics(1, 5);
    expect(metrics).to.deep.include({ address: A, proposedBlocks: 3, lastProposedBlock: 3 });
    expect(metrics).to.deep.include({ address: B, proposedBlocks: 1, lastProposedBlock: 4 });
  });

  it("is an error of the chain when nobody answers", async () => {
    standIn.faults.answerDelayMs = 500;
    const error = await failureOf(connectBesu(standIn.url, { timeoutMs: 100 }).nextValidators());
    expect(error).to.be.instanceOf(LedgerError).and.to.include({ code: "chain_unreachable" });
  });
});

describe("a block's vote", () => {
  const header = (extraData: string) => parseHeader({ number: "0x7", miner: A, extraData });
  const [validators, seals] = [[A, B], [`0x${"5".repeat(130)}`]];

  for (const { what, vote } of [
    { what: "in", vote: { recipient: C, isIn: true } },
    { what: "out", vote: { recipient: C, isIn: false } },
  ])
    it(`is read: ${what}`, () => {
      expect(header(encodeExtraData({ validators, vote, round: 3, seals }))).to.deep.equal({
        ...{ block: 7, proposer: A, sealers: [A, B] },
        vote: { subject: C, isIn: vote.isIn },
      });
    });

  it("is read as Besu writes one against somebody: an empty string after the address", () => {
    // [32 zero bytes, [], [address, ""], 0, []]
    const bytes = `0xf83ba0${"00".repeat(32)}c0d694${C.slice(2)}8080c0`;
    expect(header(bytes).vote).to.deep.equal({ subject: C, isIn: false });
  });

  it("is none in a block without one, and in a chain that is no QBFT", () => {
    expect(header(encodeExtraData({ validators, vote: undefined, round: 0, seals })).vote).to.equal(undefined);
    expect(header("0x")).to.deep.equal({ block: 7, proposer: A, sealers: [], vote: undefined });
    expect(header("0xd883010b05846765746888676f312e32302e32856c696e7578").vote).to.equal(undefined);
  });
});
