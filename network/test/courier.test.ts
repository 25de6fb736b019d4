import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { ChainClient, Receipt, SendOutcome } from "../../gateway/src/chain/client.ts";
import { openLocalKey } from "../../gateway/src/chain/local-key.ts";
import type { Address, Hex32, HexData } from "../../gateway/src/kernel/ids.ts";
import { Courier } from "../agent/courier.ts";
import { Journal } from "../agent/journal.ts";

const KEY = openLocalKey("11".repeat(32));
const LETTER = {
  purpose: { kind: "attest", block: 7 },
  to: `0x${"22".repeat(20)}` as Address,
  data: "0x1234" as HexData,
  gasLimit: 500_000n,
} as const;

describe("agent courier", () => {
  let directory: string;
  let nonces: { latest: number; pending: number };
  let answer: SendOutcome;
  let sent: string[];
  let mined: Map<string, Receipt>;
  let nowMs: number;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "ledger-courier-"));
    nonces = { latest: 5, pending: 5 };
    answer = { kind: "accepted" };
    sent = [];
    mined = new Map();
    nowMs = 0;
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  /** The few questions a courier asks. Called again: the process started again, with the same notes. */
  function startCourier(): Courier {
    const chain: Partial<ChainClient> = {
      nonceOf: (_account, tag) => Promise.resolve(nonces[tag]),
      receipt: (hash) => Promise.resolve(mined.get(hash)),
      send: (raw) => {
        sent.push(raw);
        return Promise.resolve(answer);
      },
    };
    const clock = { now: () => nowMs, sleep: () => Promise.resolve() };
    const journal = new Journal(directory, KEY.address, "1/0xabc");
    return new Courier({ chain: chain as ChainClient, chainId: 1, key: KEY, journal, clock });
  }

  const receiptOf = (hash: Hex32): Receipt => ({
    transactionHash: hash,
    blockNumber: 9,
    blockHash: hash,
    succeeded: true,
    gasUsed: 1n,
  });

  it("writes the bytes down before it sends them, and sends the same after a crash", async () => {
    const first = startCourier();
    expect((await first.send(LETTER)).kind).to.equal("waiting");
    const { raw, hash, nonce } = first.inFlight!;
    expect([sent, nonce]).to.deep.equal([[raw], 5]);

    const again = startCourier();
    expect(again.inFlight).to.deep.include({ raw, hash, purpose: LETTER.purpose });
    expect((await again.settle()).kind).to.equal("waiting");
    expect(sent).to.deep.equal([raw, raw]);

    mined.set(hash, receiptOf(hash));
    nonces = { latest: 6, pending: 6 };
    expect(await again.settle()).to.deep.equal({ kind: "mined", purpose: LETTER.purpose, receipt: receiptOf(hash) });
    expect((await startCourier().settle()).kind).to.equal("idle");
    expect(readdirSync(directory)).to.deep.equal([`agent-${KEY.address}.json`]);
  });

  it("sends again at once when the outcome is unknown, and now and then while it waits", async () => {
    answer = { kind: "unknown", message: "socket hang up" };
    const courier = startCourier();
    await courier.send(LETTER);
    answer = { kind: "known" };
    await courier.settle();
    expect(sent.length).to.equal(2);
    nowMs = 5_999;
    await courier.settle();
    expect(sent.length).to.equal(2);
    nowMs = 6_000;
    await courier.settle();
    expect(new Set(sent).size).to.equal(1);
    expect(sent.length).to.equal(3);
  });

  it("gives up what no node takes", async () => {
    answer = { kind: "refused", message: "sender not authorized" };
    const courier = startCourier();
    expect(await courier.send(LETTER)).to.deep.equal({
      kind: "lost",
      purpose: LETTER.purpose,
      why: "sender not authorized",
    });
    expect(courier.inFlight).to.equal(undefined);
  });

  for (const { why, latest } of [
    { why: "its nonce was used by another transaction", latest: 6 },
    { why: "the chain has gone back behind it", latest: 3 },
  ])
    it(`believes that ${why} when the chain says so five times`, async () => {
      const courier = startCourier();
      await courier.send(LETTER);
      nonces = { latest, pending: latest };
      for (let time = 0; time < 4; time += 1) expect((await courier.settle()).kind).to.equal("waiting");
      expect((await courier.settle()).kind).to.equal("lost");
      expect(courier.inFlight).to.equal(undefined);
    });

  it("waits a minute for a transaction of its key that it does not know", async () => {
    nonces = { latest: 5, pending: 6 };
    const courier = startCourier();
    expect((await courier.send(LETTER)).kind).to.equal("idle");
    nowMs = 59_999;
    await courier.send(LETTER);
    expect(sent).to.deep.equal([]);
    nowMs = 60_000;
    await courier.send(LETTER);
    expect(courier.inFlight?.nonce).to.equal(5);
  });

  it("takes no notes over from another chain, nor from a file that is damaged", async () => {
    await startCourier().send(LETTER);
    expect(new Journal(directory, KEY.address, "2/0xabc").page.inFlight).to.equal(undefined);
    expect(new Journal(directory, KEY.address, "1/0xabc").page.inFlight?.nonce).to.equal(5);
    writeFileSync(join(directory, `agent-${KEY.address}.json`), '{"ledger":"1/0x');
    expect(new Journal(directory, KEY.address, "1/0xabc").page.inFlight).to.equal(undefined);
  });
});
