/** kill -9 of the gateway in the middle of a batch issue of 5,000 customers: no issue lost, none doubled. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { id, toBeHex, zeroPadValue } from "ethers";
import { LedgerProcess } from "./ledger-process.ts";

const CUSTOMERS = 5_000;
/** Times the gateway is killed while the same 5,000 issues are under way. */
const KILLS = 2;
const TRANSFER = id("Transfer(address,address,uint256)");
const ISSUED = id("Issued(bytes32,address,uint256,uint256,uint256)");
const NOBODY = zeroPadValue("0x00", 32);

interface Shop {
  readonly slug: string;
  readonly token: string;
  readonly tillKey: string;
}

interface Log {
  readonly topics: string[];
  readonly data: string;
}

interface Command {
  readonly id: string;
  readonly state: string;
  readonly items: {
    readonly queued: number;
    readonly sent: number;
    readonly confirmed: number;
    readonly failed: number;
  };
}

describe("a gateway killed while it issues to 5,000 customers", () => {
  let ledger: LedgerProcess;
  let shop: Shop;
  let fromBlock: string;
  let command: Command;
  let kills = 0;
  const pointsOf = (index: number): number => 100 + index;
  const addressOf = (index: number): string => zeroPadValue(toBeHex(0xabc0000 + index), 20);
  const items = Array.from({ length: CUSTOMERS }, (_, index) => ({
    to: addressOf(index),
    points: String(pointsOf(index)),
    orderRef: `opening-day-${index}`,
  }));

  before(async () => {
    ledger = await LedgerProcess.create();
    await ledger.start();
    const keys = JSON.parse(readFileSync(join(ledger.dataDir, "demo-keys.json"), "utf8")) as { merchants: Shop[] };
    shop = keys.merchants.find(({ slug }) => slug === "xiangcunji")!;
    fromBlock = (await ledger.rpc("eth_blockNumber")) as string;
  });

  after(() => ledger.cleanUp());

  const ask = async (path: string, init: RequestInit = {}): Promise<{ status: number; body: Command }> => {
    const headers = { ...(init.headers as object), authorization: `Bearer ${shop.tillKey}` };
    const response = await fetch(ledger.url + path, { ...init, headers });
    return { status: response.status, body: (await response.json()) as Command };
  };
  const issueAll = () =>
    ask(`/v1/points/${shop.token}/issues`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": "opening-day" },
      body: JSON.stringify({ items }),
    });
  const logsOf = async (topics: (string | null)[]): Promise<Log[]> =>
    (await ledger.rpc("eth_getLogs", { fromBlock, toBlock: "latest", address: shop.token, topics })) as Log[];

  it("accepts all of them at once", async () => {
    const { status, body } = await issueAll();
    expect(status).to.equal(202);
    command = body;
  });

  it("goes on after each kill, and gives the same command for the same request", async () => {
    for (let kill = 1; kill <= KILLS; kill += 1) {
      // In the middle: some are on the chain, some are not.
      for (let tries = 0; tries < 400; tries += 1) {
        if ((await logsOf([ISSUED])).length >= kill) break;
        await sleep(10);
      }
      const { items: seen } = (await ask(`/v1/commands/${command.id}`)).body;
      if (seen.confirmed === CUSTOMERS) break;
      kills += 1;
      ledger.killGateway();
      await ledger.waitForEnd();
      await ledger.start();
      expect((await issueAll()).body.id).to.equal(command.id);
    }
    expect(kills, "kills in the middle").to.be.at.least(1);
    for (let tries = 0; tries < 600 && command.state !== "confirmed"; tries += 1) {
      command = (await ask(`/v1/commands/${command.id}?wait=5`)).body;
      if (command.state === "failed") break;
    }
    expect(command.state).to.equal("confirmed");
    expect(command.items).to.deep.equal({ queued: 0, sent: 0, confirmed: CUSTOMERS, failed: 0 });
  });

  it("has issued to every customer exactly once, by the chain's own events", async () => {
    const issued = await logsOf([ISSUED]);
    const counted = issued.reduce((sum, { data }) => sum + Number(BigInt(`0x${data.slice(66, 130)}`)), 0);
    expect(counted).to.equal(CUSTOMERS);
    const credits = await logsOf([TRANSFER, NOBODY]);
    const received = new Map<string, number[]>();
    for (const { topics, data } of credits) {
      const to = `0x${topics[2]!.slice(26)}`;
      received.set(to, [...(received.get(to) ?? []), Number(BigInt(data))]);
    }
    for (let index = 0; index < CUSTOMERS; index += 1)
      expect(received.get(addressOf(index)), `customer ${index}`).to.deep.equal([pointsOf(index)]);
    expect(received.size).to.equal(CUSTOMERS);
  });

  it("refuses any of the orders under another key", async () => {
    const { status } = await ask(`/v1/points/${shop.token}/issues`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": "once more" },
      body: JSON.stringify({ items: [items[4_711]] }),
    });
    expect(status).to.equal(409);
  });

  it("plays the main job afterwards", async () => {
    const { code, output } = await ledger.runScript("demo");
    expect(code, output).to.equal(0);
  });
});
