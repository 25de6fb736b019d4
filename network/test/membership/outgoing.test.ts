import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { council as councilAbi } from "../../../gateway/src/chain/contracts.ts";
import { connectChain } from "../../../gateway/src/chain/json-rpc.ts";
import { openLocalKey } from "../../../gateway/src/chain/local-key.ts";
import { wallClock } from "../../../gateway/src/kernel/clock.ts";
import { parseHexData } from "../../../gateway/src/kernel/ids.ts";
import type { TestLedger } from "../../../gateway/test/support/ledger.ts";
import { FOUNDER_KEY, startLedger } from "../../../gateway/test/support/ledger.ts";
import { candidateOf } from "../../membership/admit.ts";
import type { Candidate } from "../../membership/admit.ts";
import { admit } from "../../membership/admit.ts";
import { propose } from "../../membership/council.ts";
import type { Ledger, Representative } from "../../membership/ledger.ts";
import { memberBy } from "../../membership/ledger.ts";
import { carryOut, settleLeftovers } from "../../membership/outgoing.ts";
import { moment } from "../../membership/patience.ts";
import { fetchProposal, latestProposalId } from "../../membership/proposal.ts";
import { networkFolder } from "../../plan/folder.ts";
import { NetworkError } from "../../plan/network-error.ts";
import type { Fault, FaultyNode } from "../support/faulty-node.ts";
import { startFaultyNode } from "../support/faulty-node.ts";
import { paperInvitation, walletOf } from "../support/papers.ts";

const isSend = (method: string): boolean => method === "eth_sendRawTransaction";

describe("the commands' own transactions", function () {
  this.timeout(120_000);

  let chain: TestLedger & { stop(): Promise<void> };
  let node: FaultyNode;
  let ledger: Ledger;
  let directory: string;
  const said: string[] = [];
  const founder: Representative = { slug: "founder", key: openLocalKey(FOUNDER_KEY) };

  before(async () => {
    chain = await startLedger({ routineDelaySeconds: 1n, dangerousDelaySeconds: 2n });
    node = await startFaultyNode(chain.url);
    directory = mkdtempSync(join(tmpdir(), "membership-"));
    ledger = {
      ...{ chain: connectChain(node.url, { timeoutMs: 2_000 }), deployment: chain.deployment, clock: wallClock },
      ...{ folder: networkFolder(directory), say: (line: string) => void said.push(line), patienceSeconds: 60 },
    };
  });
  after(async () => {
    await node.close();
    await chain.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  beforeEach(() => {
    said.length = 0;
    node.handedIn.length = 0;
    node.fault = () => undefined;
  });

  const candidate = (seed: string): Candidate => {
    const one = { slug: "founder", key: openLocalKey(walletOf(`${seed} representative`).key) };
    return { ...candidateOf(paperInvitation().network, one), name: seed, node: walletOf(`${seed} node`).address };
  };
  const pageOf = ({ key }: Representative): string => join(directory, "transactions", `${key.address}.json`);
  const minedOf = ({ key }: Representative): Promise<number> => ledger.chain.nonceOf(key.address, "latest");
  /** A call of the council that changes nothing that matters: a ballot's nonce. */
  const voidBallot = (nonce: bigint) => ({
    what: "void a ballot",
    to: ledger.deployment.contracts.council,
    data: parseHexData(councilAbi.encodeFunctionData("voidBallot", [nonce])),
  });

  it("bring a proposal from its making to its effect, each step once, and find it done the second time", async () => {
    const before = await minedOf(founder);
    const newcomer = candidate("newcomer");
    await admit(ledger, newcomer, [founder]);
    // Proposed, voted, queued, executed.
    expect((await minedOf(founder)) - before).to.equal(4);
    expect((await memberBy(ledger, newcomer.representative))?.name).to.equal("newcomer");
    expect(said.join("\n")).to.match(
      /waiting for proposal \d+'s delay to pass: it can be executed from .* by the chain's clock/,
    );
    await admit(ledger, newcomer, [founder]);
    expect((await minedOf(founder)) - before).to.equal(4);
    expect(said.at(-1)).to.equal("newcomer is a member already");
  });

  it("name the votes that are missing, and who gives them", async () => {
    // Two members now: two of two are needed, and only one key is here.
    try {
      await admit(ledger, candidate("third"), [founder]);
      expect.fail("one of two decided");
    } catch (error) {
      expect((error as NetworkError).code).to.equal("network");
      const id = await latestProposalId(ledger);
      expect((error as NetworkError).message).to.contain(`has 1 of the 2 votes that it needs`);
      expect((error as NetworkError).message).to.contain(`npm run network -- vote ${id}`);
    }
    const before = await latestProposalId(ledger);
    const newcomer = { slug: "newcomer", key: openLocalKey(walletOf("newcomer representative").key) };
    await admit(ledger, candidate("third"), [newcomer]);
    expect(await latestProposalId(ledger)).to.equal(before);
    expect((await fetchProposal(ledger, before)).state).to.equal("executed");
  });

  for (const fault of ["away", "deaf", "broken", "silent"] satisfies Fault[]) {
    it(`are mined once when the node is ${fault} as they are sent`, async () => {
      const before = await minedOf(founder);
      let left = 2;
      node.fault = (method) => (isSend(method) && left-- > 0 ? fault : undefined);
      await carryOut(ledger, founder.key, voidBallot(BigInt(before) << 64n));
      expect((await minedOf(founder)) - before).to.equal(1);
      expect(new Set(node.handedIn).size).to.be.at.most(1);
      expect(existsSync(pageOf(founder))).to.equal(false);
    });
  }

  it("that a killed command left behind reach the chain before the next one looks at it", async () => {
    const before = await minedOf(founder);
    const { chainId, genesisHash } = ledger.deployment;
    const { to, data } = voidBallot(99n << 64n);
    const signed = founder.key.sign({ chainId, nonce: before, to, data, gasLimit: 200_000n });
    mkdirSync(join(directory, "transactions"), { recursive: true });
    const page = { chain: `${chainId}/${genesisHash}`, what: "void a ballot", nonce: before, ...signed };
    writeFileSync(pageOf(founder), JSON.stringify(page));
    await settleLeftovers(ledger, [founder.key]);
    expect(await minedOf(founder)).to.equal(before + 1);
    expect((await ledger.chain.receipt(signed.hash))?.succeeded).to.equal(true);
    expect(said[0]).to.contain("an earlier command left a transaction on its way (void a ballot)");
    expect(existsSync(pageOf(founder))).to.equal(false);
  });

  it("are given up when the nonce went to another transaction of the key, with words", async () => {
    const nonce = await minedOf(founder);
    const { chainId } = ledger.deployment;
    const stranger = founder.key.sign({
      chainId,
      nonce,
      to: founder.key.address,
      data: parseHexData("0x"),
      gasLimit: 21_000n,
    });
    // It comes in the moment in which ours is signed and not sent yet.
    let isFirst = true;
    node.fault = (method) => {
      if (!isSend(method) || !isFirst) return undefined;
      isFirst = false;
      void connectChain(chain.url).send(stranger.raw);
      return "away";
    };
    const outcome = await carryOut(ledger, founder.key, voidBallot(1_234n << 64n)).catch((error: unknown) => error);
    // Whoever of the two was mined: never both, and never silently.
    const ours = (outcome as NetworkError | { transactionHash: string }) instanceof NetworkError;
    expect(await minedOf(founder)).to.equal(nonce + 1);
    if (ours) expect((outcome as NetworkError).message).to.contain("took the place of ours");
    expect(existsSync(pageOf(founder))).to.equal(false);
  });

  it("are not sent when the contract would refuse, and its own words are told", async () => {
    const stranger = { slug: "stranger", key: openLocalKey(walletOf("stranger").key) };
    const refused = await propose(ledger, stranger, { calls: [], words: "nothing" }).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(NetworkError);
    expect((refused as NetworkError).message).to.match(
      /^The contract refuses to propose: nothing: .*\(CouncilNotRepresentative\)$/,
    );
    expect(node.handedIn).to.deep.equal([]);
    expect(existsSync(pageOf(stranger))).to.equal(false);
  });

  it("do not touch notes about another chain", async () => {
    writeFileSync(pageOf(founder), JSON.stringify({ chain: "1/0x00", what: "x", nonce: 0, hash: "0x", raw: "0x" }));
    await settleLeftovers(ledger, [founder.key]);
    expect(JSON.parse(readFileSync(pageOf(founder), "utf8"))).to.have.property("chain", "1/0x00");
    expect(node.handedIn).to.deep.equal([]);
  });
});

describe("a moment of the chain", () => {
  for (const [seconds, words] of [
    [1_790_000_000, "2026-09-21 14:13:20 UTC by the chain's clock, 0 s ago"],
    [1_790_000_005, "2026-09-21 14:13:25 UTC by the chain's clock, in 5 s"],
    [1_790_172_790, "2026-09-23 14:13:10 UTC by the chain's clock, in 1 d 23 h"],
    [1_789_996_400, "2026-09-21 13:13:20 UTC by the chain's clock, 1 h ago"],
  ] as const)
    it(`is ${words}`, () => {
      expect(moment(seconds, 1_790_000_000)).to.equal(words);
    });
});
