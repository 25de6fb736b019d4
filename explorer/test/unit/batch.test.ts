/** A file of orders: what is wrong with a row, and what a run does with what the gateway answers. */
import { expect } from "chai";
import { ROWS_MAX, checkFile } from "../../src/pages/merchant/batch/check.ts";
import type { Checked, Flaw } from "../../src/pages/merchant/batch/check.ts";
import {
  PART_ROWS,
  accepted,
  countsOf,
  foundBefore,
  isFinished,
  openRows,
  partKey,
  partsOf,
  settled,
} from "../../src/pages/merchant/batch/run.ts";
import type { BatchRun, Part } from "../../src/pages/merchant/batch/run.ts";

const ACCOUNT = `0x${"ab".repeat(20)}`;
const MIXED = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD";

const check = (text: string): Checked => checkFile(text, () => false);

describe("the check of a file of orders", () => {
  const flaws: readonly (readonly [string, string, Flaw])[] = [
    ["an account that is none", "0x12,1,A", { kind: "account" }],
    ["the zero address", `0x${"0".repeat(40)},1,A`, { kind: "zero" }],
    ["a wrong checksum", `${MIXED},1,A`, { kind: "checksum" }],
    ["three decimals", `${ACCOUNT},1.005,A`, { kind: "points" }],
    ["nothing", `${ACCOUNT},0,A`, { kind: "points" }],
    ["less than nothing", `${ACCOUNT},-1,A`, { kind: "points" }],
    ["more than the chain can hold", `${ACCOUNT},1000000000000000,A`, { kind: "points" }],
    ["no order", `${ACCOUNT},1,`, { kind: "order" }],
    ["a long order", `${ACCOUNT},1,${"x".repeat(129)}`, { kind: "order" }],
    ["a cell too few", `${ACCOUNT},1`, { kind: "columns", count: 2, expected: 3 }],
  ];
  for (const [what, line, flaw] of flaws)
    it(`finds ${what}`, () => {
      const checked = check(`account,points,order\n${line}`);
      expect(checked).to.have.property("kind", "rows");
      if (checked.kind === "rows") expect(checked.flawed.map((one) => one.flaw)).to.deep.equal([flaw]);
    });

  it("takes columns in any order and language, and amounts with thousands", () => {
    const checked = check(`备注,订单号,积分,账户\nfine,A-1,"1,250.5",${ACCOUNT}`);
    expect(checked).to.deep.equal({
      kind: "rows",
      rows: [{ row: 2, to: ACCOUNT, points: "125050", orderRef: "A-1" }],
      flawed: [],
    });
  });

  it("finds an order that stands twice", () => {
    const checked = check(`account,points,order\n${ACCOUNT},1,A\n${ACCOUNT},1,A`);
    if (checked.kind !== "rows") throw new Error("no rows");
    expect(checked.rows).to.have.length(1);
    expect(checked.flawed).to.deep.equal([{ row: 3, text: `${ACCOUNT}, 1, A`, flaw: { kind: "twice", before: 2 } }]);
  });

  it("refuses a file without its columns, without rows, or with too many", () => {
    expect(check("account,order\n")).to.deep.equal({ kind: "header", missing: ["points"] });
    expect(check("account,points,order\n")).to.deep.equal({ kind: "empty" });
    expect(check("")).to.deep.equal({ kind: "empty" });
    const lines = Array.from({ length: ROWS_MAX + 1 }, (_, index) => `${ACCOUNT},1,${index}`);
    expect(check(`account,points,order\n${lines.join("\n")}`)).to.deep.equal({ kind: "tooMany", count: ROWS_MAX + 1 });
  });
});

const runOf = (orders: number): BatchRun => ({
  id: "run",
  token: `0x${"11".repeat(20)}`,
  fileName: "orders.csv",
  beganAt: 0,
  rows: Array.from({ length: orders }, (_, index) => ({
    row: index + 2,
    to: ACCOUNT,
    points: "100",
    orderRef: `A-${index}`,
  })),
});

const item = (index: number, state: "confirmed" | "failed", points = "100") => ({
  index,
  orderRef: `A-${index}`,
  to: ACCOUNT,
  points,
  state,
  transactionHash: `0x${"22".repeat(32)}`,
  error: state === "failed" ? { code: "frozen", facts: {}, en: "Frozen.", zh: "已冻结。" } : null,
});

const only = (parts: readonly Part[]): Part => {
  const [part] = parts;
  if (part === undefined) throw new Error("no part");
  return part;
};

describe("a run over a file", () => {
  it("has parts of the size of one transaction, whose names depend on the file alone", () => {
    const run = runOf(PART_ROWS * 2 + 1);
    const parts = partsOf(run);
    expect(parts.map(({ from, until }) => until - from)).to.deep.equal([PART_ROWS, PART_ROWS, 1]);
    expect(parts.map((part) => partKey(run, part))).to.deep.equal([
      "batch:run:0:0",
      "batch:run:500:0",
      "batch:run:1000:0",
    ]);
  });

  it("gives each row its own end", () => {
    const run = runOf(2);
    const sent = accepted(run, only(partsOf(run)), "command");
    expect(countsOf([sent])).to.include({ sent: 2, waiting: 0 });
    expect(isFinished([sent])).to.equal(false);
    const done = settled(run, sent, [item(0, "confirmed"), item(1, "failed")]);
    expect(countsOf([done])).to.include({ confirmed: 1, failed: 1 });
    expect(done.results[1]?.error?.en).to.equal("Frozen.");
    expect(isFinished([done])).to.equal(true);
  });

  it("sends what is left under another name when some orders were issued before", () => {
    const run = runOf(3);
    const part = only(partsOf(run));
    const next = foundBefore(run, part, [item(0, "confirmed"), item(1, "confirmed", "999")]);
    expect(next.results.map(({ state }) => state)).to.deep.equal(["before", "failed", "waiting"]);
    expect(next.results[1]?.error?.code).to.equal("order_already_issued");
    expect(openRows(run, next).map(({ orderRef }) => orderRef)).to.deep.equal(["A-2"]);
    expect(partKey(run, next)).to.equal("batch:run:0:1");
  });
});
