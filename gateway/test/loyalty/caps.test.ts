/** Caps: what they still let through, and where they are asked. */
import { expect } from "chai";
import type { Points } from "../../src/kernel/ids.ts";
import { NOTHING_GIVEN, roomOf, roomUnder } from "../../src/loyalty/caps.ts";
import { parseBook } from "../../src/loyalty/schema.ts";

describe("caps", () => {
  it("leave the least of what each leaves, and nothing below zero", () => {
    const given = { today: 60n as Points, thisMonth: 250n as Points, ever: 0n as Points };
    expect(roomUnder({}, given)).to.equal(undefined);
    expect(roomUnder({ perOrder: 5n as Points }, given)).to.equal(undefined);
    expect(roomUnder({ perCustomerDay: 100n as Points, perCustomerMonth: 270n as Points }, given)).to.equal(20n);
    expect(roomUnder({ perCustomerMonth: 200n as Points }, given)).to.equal(0n);
  });

  it("are asked for where they remember: the book's and the rules'", async () => {
    const rule = (id: string, caps: object): object => ({
      id,
      name: { zh: "规则", en: "rule" },
      rate: { kind: "percent", bps: 1 },
      caps,
    });
    const book = parseBook({
      rules: [rule("a", { budget: "10" }), rule("b", {}), rule("c", { perOrder: "5" })],
      caps: { perCustomerDay: "7" },
    });
    const left = await roomOf(book, (id) => (id === "a" ? { ...NOTHING_GIVEN, ever: 4n as Points } : NOTHING_GIVEN));
    expect([...left]).to.deep.equal([
      ["", 7n],
      ["a", 6n],
    ]);
  });
});
