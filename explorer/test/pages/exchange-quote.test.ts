/** What the quote box says is what execution does: swaps are carried out and compared with what was shown before. */
import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { formatExact, parseAmount } from "../../src/format/amount.ts";
import { askApi } from "../support/api.ts";
import type { Stage } from "../support/stage.ts";
import { sharedStage } from "../support/stage.ts";
import type { Reader, Visit } from "../support/visit.ts";
import { visit } from "../support/visit.ts";

const LONG_MS = 60_000;
const POINT_DECIMALS = 2;
/** 500 points: enough for every case below. */
const ISSUED = "50000";

interface Case {
  readonly reader: Reader;
  readonly side: "in" | "out";
  /** As typed; odd enough that rounding shows. */
  readonly amount: string;
}

const CASES: readonly Case[] = [
  { reader: { language: "zh-CN" }, side: "in", amount: "33.37" },
  { reader: { language: "en", width: 390, theme: "dark" }, side: "out", amount: "17.01" },
];

async function shown({ page }: Visit, side: "in" | "out"): Promise<string> {
  const text = await page.locator(`[data-quote='there'] [data-amount='${side}']`).innerText();
  return parseAmount(text.split(" ")[0]!, POINT_DECIMALS)!.toString();
}

describe("the quote box", () => {
  let stage: Stage;
  let customer: { customerId: string; account: string };
  let tokenIn: string;
  let tokenOut: string;
  let key: string;

  before(async function () {
    this.timeout(300_000);
    stage = await sharedStage();
    const [from, to] = stage.keys.merchants;
    [tokenIn, tokenOut, key] = [from!.token, to!.token, from!.merchantKey];
    const { id, address } = (await askApi(stage, "/v1/customers", key, { externalRef: randomUUID() })) as {
      id: string;
      address: string;
    };
    customer = { customerId: id, account: address };
    await askApi(stage, `/v1/points/${tokenIn}/issues`, key, {
      items: [{ to: address, points: ISSUED, orderRef: randomUUID() }],
    });
  });

  for (const { reader, side, amount } of CASES)
    it(`agrees with execution to the last digit when the amount ${side} is given (${reader.language})`, async function () {
      this.timeout(3 * LONG_MS);
      const seen = await visit(stage, reader);
      const search = new URLSearchParams({ in: tokenIn, out: tokenOut, amount, side, account: customer.account });
      await seen.open(`/exchange?${search.toString()}`);
      await seen.page.locator("[data-quote='there']").waitFor();
      const [amountIn, amountOut] = [await shown(seen, "in"), await shown(seen, "out")];
      expect(side === "in" ? amountIn : amountOut).to.equal(parseAmount(amount, POINT_DECIMALS)!.toString());

      await askApi(stage, "/v1/exchange/swaps", key, {
        ...{ tokenIn, tokenOut, amountIn, amountOut },
        ...{ exactOut: side === "out", customerId: customer.customerId },
      });
      // The page tells by itself that it happened; what it tells is what it had promised.
      const [given, bought] = [amountIn, amountOut].map((amount) => formatExact(amount, POINT_DECIMALS));
      const swap = seen.page
        .locator("tr", { hasText: customer.account.slice(2, 6) })
        .filter({ hasText: given! })
        .filter({ hasText: bought! });
      await swap.first().waitFor({ timeout: LONG_MS });
      const { items } = (await askApi(stage, `/v1/accounts/${customer.account}/swaps?limit=1`)) as {
        items: { given: { amount: string }; bought: { amount: string } }[];
      };
      expect([items[0]!.given.amount, items[0]!.bought.amount]).to.deep.equal([amountIn, amountOut]);
      await seen.end();
    });

  it("says in words why the pool would refuse, and what is wrong with what was typed", async function () {
    this.timeout(3 * LONG_MS);
    const seen = await visit(stage, { language: "en" });
    const search = new URLSearchParams({ in: tokenIn, out: tokenOut, amount: "9000", account: customer.account });
    await seen.open(`/exchange?${search.toString()}`);
    await seen.page.getByText("The account has too few points.").waitFor();
    await seen.checkAccess();
    const box = seen.page.getByRole("textbox", { name: "Points" });
    await box.fill("1.234");
    await seen.page.getByText("at most two decimals").waitFor();
    await box.fill("1.23");
    await seen.page.locator("[data-quote='there'] [data-refused='false']").waitFor();
    // What is asked stands in the address: it can be sent to somebody.
    expect(new URL(seen.page.url()).searchParams.get("amount")).to.equal("1.23");
    await seen.end();
  });
});
