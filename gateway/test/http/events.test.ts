import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "node:net";
import * as abi from "../../src/chain/contracts.ts";
import type { Rooms } from "../../src/commands/rooms.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import type { Indexer } from "../../src/indexer/start.ts";
import { startIndexer } from "../../src/indexer/start.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import type { Address, Hex32 } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import type { Store } from "../../src/store/database.ts";
import { readCursor } from "../../src/store/ledger-cursor.ts";
import type { Api } from "../support/api.ts";
import { startApi } from "../support/api.ts";
import type { ChainLab, MerchantInLab } from "../support/chain-lab.ts";
import { startChainLab } from "../support/chain-lab.ts";
import { stopShared } from "../support/shared.ts";
import { freshStore } from "../support/stores.ts";

after(stopShared);

interface Told {
  readonly id: string;
  readonly name: string;
  readonly data: { position: string; topic: string; action: string; merchantIds: number[]; sentence: { en: string } };
}

/** A reader as a browser has it: it remembers the last id, data or not. */
class EventReader {
  readonly told: Told[] = [];
  lastId = "";
  heartbeats = 0;
  isOver = false;
  readonly #abort = new AbortController();

  static async open(url: string, lastEventId?: string): Promise<EventReader> {
    const reader = new EventReader();
    const headers = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
    let response = await fetch(url, { headers, signal: reader.#abort.signal });
    // Readers of the tests before may still be leaving.
    for (let tries = 0; response.status === 503 && tries < 1_200; tries += 1) {
      await response.body?.cancel();
      await sleep(50);
      response = await fetch(url, { headers, signal: reader.#abort.signal });
    }
    expect(response.status).to.equal(200);
    expect(response.headers.get("content-type")).to.equal("text/event-stream; charset=utf-8");
    void reader.#read(response);
    return reader;
  }

  async #read(response: Response): Promise<void> {
    const decoder = new TextDecoder();
    let rest = "";
    try {
      for await (const chunk of response.body ?? []) {
        rest += decoder.decode(chunk as Uint8Array, { stream: true });
        const blocks = rest.split("\n\n");
        rest = blocks.pop() ?? "";
        for (const block of blocks) this.#take(block);
      }
    } catch {
      // Closed by the test, or cut by the server.
    }
    this.isOver = true;
  }

  #take(block: string): void {
    const fields = new Map(
      block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
    );
    const id = fields.get("id");
    if (id !== undefined) this.lastId = id;
    if (fields.has("")) this.heartbeats += 1;
    const data = fields.get("data");
    if (data !== undefined)
      this.told.push({ id: id ?? "", name: fields.get("event") ?? "message", data: JSON.parse(data) as Told["data"] });
  }

  async until(isSo: (reader: EventReader) => boolean): Promise<void> {
    for (let waited = 0; !isSo(this); waited += 20) {
      if (waited > 120_000) throw new Error(`the stream told ${this.told.length} events only`);
      await sleep(20);
    }
  }

  close(): void {
    this.#abort.abort();
  }
}

describe("the event stream", function () {
  this.timeout(180_000);
  let lab: ChainLab;
  let store: Store;
  let rooms: Rooms;
  let api: Api;
  let A: MerchantInLab;
  let B: MerchantInLab;
  let indexer: Indexer;
  let refs = 0;
  const customer = (): Address => lab.accounts[6] as Address;

  const index = (): Indexer =>
    startIndexer(
      { db: store.db, chain: lab.chain, deployment: lab.deployment, clock: wallClock, log: silentLog },
      { processId: `events-${refs}`, reconcileMs: 0, pollMs: 20 },
    );
  const issue = async ({ till, token }: MerchantInLab): Promise<void> => {
    refs += 1;
    const ref = `0x${refs.toString(16).padStart(64, "0")}` as Hex32;
    await lab.must(till, token, abi.merchantPoint.encodeFunctionData("issue", [customer(), 1_000 + refs, ref]));
  };
  const indexed = async (): Promise<void> => {
    const head = await lab.chain.headNumber();
    while (((await readCursor(store.db))?.blockNumber ?? 0) < head) await sleep(10);
  };
  const everything = async (query = ""): Promise<Told[]> => {
    const reader = await EventReader.open(`${api.url}/v1/events?after=0${query}`);
    const count = await store.db
      .selectFrom("business_event")
      .select((read) => read.fn.countAll<string>().as("count"))
      .executeTakeFirstOrThrow();
    if (query === "") await reader.until(({ told }) => told.length >= Number(count.count));
    // A stream is silent, and says that it lives, only when there is nothing left to tell.
    else await reader.until(({ heartbeats }) => heartbeats > 0);
    reader.close();
    return reader.told;
  };

  before(async () => {
    lab = await startChainLab();
    const [a, b, tillA, tillB] = lab.accounts.slice(1) as [Address, Address, Address, Address];
    A = await lab.admitMerchant({ name: "乡村基", calendar: 1, controller: a, till: tillA });
    B = await lab.admitMerchant({ name: "汉堡王", calendar: 2, controller: b, till: tillB });
    store = await freshStore("postgresql");
    indexer = index();
    const { chain, deployment } = lab;
    rooms = { db: store.db, chain, deployment, clock: wallClock, log: silentLog } as unknown as Rooms;
    api = await startApi(rooms, allRoutes, { gate: { streams: { heartbeatMs: 300 } } });
    await indexed();
  });
  after(async () => {
    await indexer.stop();
    await api.close();
    await store.close();
    await lab.stop();
  });

  it("tells everything from the first block on, once and in the order of the chain", async () => {
    const told = await everything();
    const ids = told.map(({ id }) => BigInt(id));
    expect(ids).to.deep.equal([...new Set(ids)].sort((x, y) => (x < y ? -1 : 1)));
    const actions = told.map(({ data }) => data.action);
    expect(actions.slice(0, 3)).to.include("grantRole");
    expect(actions).to.include.members(["admitMember", "applyMerchant", "approveMerchant", "setTill", "openPool"]);
    for (const { id, data } of told) expect(data.position).to.equal(id);
  });

  it("tells what happens as it happens, in words and data", async () => {
    const reader = await EventReader.open(`${api.url}/v1/events`);
    await reader.until(({ heartbeats }) => heartbeats > 0);
    await issue(A);
    await reader.until(({ told }) => told.length > 0);
    const [event] = reader.told as [Told];
    expect(event.data).to.deep.include({ topic: "points", action: "issue", merchantIds: [Number(A.id)] });
    expect(event.data.sentence.en).to.match(/^Till 0x[0-9a-f]{4}…[0-9a-f]{4} issued 10\.01 P20065 in 1 item/);
    reader.close();
  });

  it("goes on after Last-Event-ID, over restarts of indexer and server, without loss or double", async () => {
    const first = await EventReader.open(`${api.url}/v1/events?topic=points`);
    await first.until(({ heartbeats }) => heartbeats > 0);
    for (let k = 0; k < 5; k += 1) await issue(k % 2 === 0 ? A : B);
    await first.until(({ told }) => told.length === 5);
    first.close();
    await indexer.stop();
    for (let k = 0; k < 5; k += 1) await issue(A);
    indexer = index();
    const other = await startApi(rooms, allRoutes);
    const second = await EventReader.open(`${other.url}/v1/events?topic=points`, first.lastId);
    await second.until(({ told }) => told.length === 5);
    await issue(B);
    await second.until(({ told }) => told.length === 6);
    const closing = other.close();
    await second.until(({ isOver }) => isOver);
    await closing;
    const all = (await everything()).filter(
      ({ data }) => data.topic === "points" && BigInt(data.position) >= BigInt(first.told[0]?.id ?? 0),
    );
    expect([...first.told, ...second.told].map(({ id }) => id)).to.deep.equal(all.map(({ id }) => id));
  });

  it("moves a quiet reader's place on with each heartbeat", async () => {
    const reader = await EventReader.open(`${api.url}/v1/events?topic=council`);
    await reader.until(({ heartbeats }) => heartbeats > 0);
    const before = BigInt(reader.lastId);
    await issue(A);
    await indexed();
    await reader.until(({ lastId }) => BigInt(lastId) > before);
    expect(reader.told).to.deep.equal([]);
    reader.close();
  });

  it("keeps to the topics and the merchant asked for", async () => {
    const { exchangePool } = lab.deployment.contracts;
    await issue(A);
    const swap = [A.token, B.token, 1_000n, 0n, 2n ** 40n] as const;
    await lab.must(customer(), exchangePool, abi.exchangePool.encodeFunctionData("swapExactIn", [...swap]));
    await indexed();
    const ofB = await everything(`&merchant=${B.id}`);
    for (const { data } of ofB) expect(data.merchantIds).to.include(Number(B.id));
    expect(ofB.at(-1)?.data).to.include({ action: "swap" });
    const exchange = await everything("&topic=exchange,members");
    expect([...new Set(exchange.map(({ data }) => data.topic))].sort()).to.deep.equal(["exchange", "members"]);
  });

  it("is read backwards by pages too: the same events, of all topics or of some", async () => {
    for (const topics of ["", "members,points"]) {
      const told = await everything(topics === "" ? "" : `&topic=${topics}`);
      const pages: { position: string }[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const query = new URLSearchParams({
          limit: "7",
          ...(topics === "" ? {} : { topic: topics }),
          ...(cursor === "" ? {} : { cursor }),
        });
        const response = await fetch(`${api.url}/v1/activity?${query.toString()}`);
        const page = (await response.json()) as { items: { position: string }[]; nextCursor: string | null };
        pages.push(...page.items);
        cursor = page.nextCursor;
      }
      expect(pages).to.deep.equal(told.map(({ data }) => data).reverse());
    }
  });

  it("tells readers when the chain was set back", async () => {
    const reader = await EventReader.open(`${api.url}/v1/events`);
    await reader.until(({ heartbeats }) => heartbeats > 0);
    const snapshot = await lab.rpc("evm_snapshot");
    await issue(A);
    await issue(A);
    await reader.until(({ told }) => told.length === 2);
    await lab.rpc("evm_revert", [snapshot]);
    for (let k = 0; k < 3; k += 1) await lab.mine(77);
    await reader.until(({ isOver }) => isOver);
    expect(reader.told.at(-1)?.name).to.equal("reset");
  });

  it("takes no more readers than it can serve, and names the reason", async () => {
    const small = await startApi(rooms, allRoutes, { gate: { streams: { streamsMax: 2 } } });
    const url = `${small.url}/v1/events`;
    const readers = [await EventReader.open(url), await EventReader.open(url)];
    const refused = await small.ask("GET", "/v1/events");
    expect([refused.status, (refused.body as { code: string }).code]).to.deep.equal([503, "streams_full"]);
    for (const reader of readers) reader.close();
    // Their places are free again.
    (await EventReader.open(url)).close();
    await small.close();
  });

  it("lets a reader go that does not read, which loses nothing by it", async () => {
    const rows = Array.from({ length: 12_000 }, (_, k) => ({
      position: String(k + 1),
      topic: "members",
      merchant_id: null,
      other_merchant_id: null,
      action: JSON.stringify({ action: "admitMember", memberId: "1", name: "x".repeat(1_000) }),
      transaction_hash: `0x${"0".repeat(64)}` as Hex32,
      time: "1",
    }));
    for (let k = 0; k < rows.length; k += 2_000)
      await store.db
        .insertInto("business_event")
        .values(rows.slice(k, k + 2_000))
        .execute();
    const strict = await startApi(rooms, allRoutes, { gate: { streams: { slowMs: 300, streamsMax: 1 } } });
    const { hostname, port } = new URL(strict.url);
    const socket = connect(Number(port), hostname);
    socket.write("GET /v1/events?after=0&topic=members HTTP/1.1\r\nHost: x\r\n\r\n");
    await new Promise((resolve) => socket.once("readable", resolve));
    // Nothing is taken from the socket until the server has let go: then its only place is free again.
    (await EventReader.open(`${strict.url}/v1/events`)).close();
    let text = "";
    socket.setEncoding("utf8");
    socket.on("data", (part: string) => (text += part));
    await new Promise((resolve) => socket.once("close", resolve));
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids.length).to.be.within(1, 11_999);
    const again = await EventReader.open(`${strict.url}/v1/events?topic=members`, String(ids.at(-1)));
    await again.until(({ told }) => told.length >= 12_000 - ids.length);
    expect(Number(again.told[0]?.id)).to.equal((ids.at(-1) ?? 0) + 1);
    again.close();
    await strict.close();
  });

  for (const [path, headers] of [
    ["/v1/events?topic=nothing", {}],
    ["/v1/events?after=-1", {}],
    ["/v1/events?merchant=0", {}],
    ["/v1/events?who=me", {}],
    ["/v1/events", { "last-event-id": "soon" }],
  ] as const)
    it(`refuses ${path} ${JSON.stringify(headers)}`, async () => {
      const answer = await api.ask("GET", path, { headers });
      expect([answer.status, (answer.body as { code: string }).code]).to.deep.equal([400, "request_invalid"]);
    });

  it("asks for a key like other reads when it is told to", async () => {
    const closed = await startApi(rooms, allRoutes, { gate: { publicReads: false } });
    expect((await closed.ask("GET", "/v1/events")).status).to.equal(401);
    await closed.close();
  });
});
