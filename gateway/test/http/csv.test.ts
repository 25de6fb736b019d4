/** Lists as files: every list has one, it holds all rows with every digit, no cell is a formula, and memory stays small. */
import { expect } from "chai";
import { z } from "zod";
import { columnsOf } from "../../src/http/csv/columns.ts";
import { csvTwins } from "../../src/http/csv/twin.ts";
import { amountOut } from "../../src/http/read-schemas.ts";
import type { Route } from "../../src/http/route.ts";
import { route } from "../../src/http/route.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import { blockOut, pageOut, pageQuery, timestampOut } from "../../src/http/schemas.ts";
import type { Store } from "../../src/store/database.ts";
import type { Api } from "../support/api.ts";
import { startApi } from "../support/api.ts";
import { freshStore } from "../support/stores.ts";
import { NO_NODE, roomsOn } from "../support/world.ts";

const TOKEN = `0x${"1".repeat(40)}`;
const amount = (base: string, decimals = 2) => ({ amount: base, decimals, token: TOKEN, symbol: "XCJ" });
const block = { number: 7, hash: `0x${"b".repeat(64)}`, timestamp: 1 };

/** A list of `total` numbered rows, a page at a time, that counts how far it was read. */
function numbered(total: number, seen: { read: number }): Route {
  const item = z.strictObject({ index: z.int(), name: z.string(), points: amountOut, at: timestampOut.nullable() });
  return route({
    method: "get",
    path: "/v1/numbered",
    operationId: "listNumbered",
    summary: "Numbers",
    tag: "Points",
    roles: "public",
    query: z.strictObject(pageQuery),
    output: pageOut(item),
    run: ({ query: { limit, cursor } }) => {
      const start = Number(cursor ?? 0);
      const end = Math.min(total, start + limit);
      seen.read = Math.max(seen.read, end);
      const items = Array.from({ length: end - start }, (_, k) => ({
        index: start + k,
        name: "x".repeat(200),
        points: amount(String(start + k)),
        at: null,
      }));
      return Promise.resolve({ items, nextCursor: end < total ? String(end) : null, block });
    },
  });
}

describe("lists as files", () => {
  let store: Store;
  let api: Api;
  const seen = { read: 0 };
  const ROWS = 400_000;

  before(async function () {
    this.timeout(180_000);
    store = await freshStore("embedded");
    const list = numbered(ROWS, seen);
    api = await startApi(await roomsOn(store, NO_NODE), [list, ...csvTwins([list])]);
  });
  after(async () => {
    await api.close();
    await store.close();
  });

  it("stand beside every operation that answers items, for the same callers", () => {
    const lists = allRoutes.filter(
      ({ method, output, pour }) =>
        method === "get" &&
        pour === undefined &&
        output instanceof z.ZodObject &&
        output.shape["items"] instanceof z.ZodArray,
    );
    expect(lists.length).to.be.greaterThan(40);
    for (const list of lists) {
      const twin = allRoutes.find(({ path }) => path === `${list.path}.csv`);
      expect([twin?.roles, twin?.owned, twin?.customers, twin?.tag], list.path).to.deep.equal([
        list.roles,
        list.owned,
        list.customers,
        list.tag,
      ]);
      expect(Object.keys(twin!.query!.shape)).to.not.include.members(["limit"]);
    }
  });

  describe("cells", () => {
    const cell = (schema: z.ZodType, value: unknown) =>
      columnsOf(z.strictObject({ it: schema })).map((column) => column.cell({ it: value }));
    const text = z.string();

    for (const [given, shown] of [
      ["plain", "plain"],
      ["a,b", '"a,b"'],
      ['say "hi"', '"say ""hi"""'],
      ["two\nlines", '"two\nlines"'],
      ["=1+1", "'=1+1"],
      ["+86 139", "'+86 139"],
      ["-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"],
      ["@SUM(A1)", "'@SUM(A1)"],
      ["\t=1", "'\t=1"],
      ["＝1+1", "'＝1+1"],
      ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
      ["-12.5", "-12.5"],
      ["乡村基", "乡村基"],
    ] as const)
      it(`write ${JSON.stringify(given)} as ${JSON.stringify(shown)}`, () => {
        expect(cell(text, given)).to.deep.equal([shown]);
      });

    for (const [base, decimals, shown] of [
      ["123450", 2, "1234.50"],
      ["5", 2, "0.05"],
      ["-5", 2, "-0.05"],
      ["0", 2, "0.00"],
      ["100000000000000", 18, "0.0001"],
      ["1", 18, "0.000000000000000001"],
      ["340282366920938463463374607431768211455", 18, "340282366920938463463.374607431768211455"],
    ] as const)
      it(`write ${base} with ${decimals} decimals as ${shown}, its unit beside it`, () => {
        expect(cell(amountOut, amount(base, decimals))).to.deep.equal([shown, "XCJ", TOKEN]);
      });

    it("write times in UTC, nothing as nothing, lists as words or JSON", () => {
      expect(cell(timestampOut, 1_790_064_000)).to.deep.equal(["2026-09-22T08:00:00Z"]);
      expect(cell(timestampOut.nullable(), null)).to.deep.equal([""]);
      expect(cell(amountOut.nullable(), null)).to.deep.equal(["", "", ""]);
      expect(cell(z.array(z.string()), ["a", "b"])).to.deep.equal(["a b"]);
      expect(cell(z.array(blockOut), [block])[0]).to.match(/^"\[\{""number"":7,/);
    });
  });

  it("have all rows in their order, a mark of UTF-8, and a name that says what they are", async function () {
    this.timeout(120_000);
    const answer = await fetch(`${api.url}/v1/numbered.csv`);
    expect(answer.headers.get("content-type")).to.equal("text/csv; charset=utf-8");
    expect(answer.headers.get("content-disposition")).to.equal('attachment; filename="numbered-block-7.csv"');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).to.deep.equal([0xef, 0xbb, 0xbf]);
    const lines = bytes.toString("utf8").slice(1).trimEnd().split("\r\n");
    expect(lines[0]).to.equal("index,name,points,points_unit,points_token,at");
    expect(lines).to.have.length(ROWS + 1);
    for (const index of [0, 1, 499, 500, 199_999, ROWS - 1])
      expect(lines[index + 1]).to.match(new RegExp(`^${index},x+,${Math.floor(index / 100)}\\.\\d\\d,XCJ,${TOKEN},$`));
  });

  it("wait for their reader: one that takes nothing makes nothing be read, and leaving ends it", async function () {
    this.timeout(60_000);
    seen.read = 0;
    const leave = new AbortController();
    const answer = await fetch(`${api.url}/v1/numbered.csv`, { signal: leave.signal });
    const reader = answer.body!.getReader();
    await reader.read();
    // Reading stops by itself once the sockets' buffers are full: what was read does not grow any more.
    let [before, now] = [-1, seen.read];
    while (now !== before) {
      before = now;
      await new Promise((resolve) => setTimeout(resolve, 300));
      now = seen.read;
    }
    expect(now).to.be.lessThan(ROWS / 2);
    leave.abort();
    await reader.read().catch(() => undefined);
    expect((await api.ask("GET", "/v1/numbered?limit=1")).status).to.equal(200);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(seen.read).to.be.lessThan(ROWS / 2);
  });

  it("are at most four at a time; a fifth is told when to come again", async () => {
    const leave = new AbortController();
    const open = await Promise.all(
      [1, 2, 3, 4].map(() => fetch(`${api.url}/v1/numbered.csv`, { signal: leave.signal })),
    );
    expect(open.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200]);
    const fifth = await api.ask("GET", "/v1/numbered.csv");
    expect([fifth.status, fifth.body.code, fifth.headers.get("retry-after")]).to.deep.equal([429, "rate_limited", "5"]);
    leave.abort();
  });

  it("refuse what their list would refuse, as a problem and not as a file", async () => {
    const answer = await api.ask("GET", "/v1/numbered.csv?nobody=knows");
    expect([answer.status, answer.body.code]).to.deep.equal([400, "request_invalid"]);
    expect((await api.ask("GET", "/v1/numbered.csv?limit=3")).status).to.equal(400);
  });
});
