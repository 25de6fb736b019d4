/** A customer with a wallet of her own: she signs in by it, and one signature stands for the swap and the hold. */
import { expect } from "chai";
import { Wallet } from "ethers";
import { askApi } from "../support/api.ts";
import type { Stage } from "../support/stage.ts";
import { sharedStage } from "../support/stage.ts";
import { installWallet } from "../support/test-wallet.ts";
import { visit } from "../support/visit.ts";

const PATIENCE_MS = 240_000;

const shopOf = ({ keys }: Stage, slug: string) =>
  keys.merchants.find((one) => one.slug === slug) ?? expect.fail(`the demo has no ${slug}`);

describe("a customer with a wallet of her own", () => {
  for (const [language, words] of [
    [
      "zh-CN",
      {
        connect: /Test wallet/,
        enter: "用此账户登录",
        points: "积分数",
        sign: "在钱包中签名一次并生成付款码",
        no: "您已在钱包中拒绝",
      },
    ],
    [
      "en",
      {
        connect: /Test wallet/,
        enter: "Sign in with this account",
        points: "How many points",
        sign: "Sign once in your wallet and show the code",
        no: "You declined",
      },
    ],
  ] as const)
    it(`swaps and pays with one signature (${language})`, async function () {
      this.timeout(PATIENCE_MS);
      const stage = await sharedStage();
      const [home, shop] = [shopOf(stage, "xiangcunji"), shopOf(stage, "burgerking")];
      const { privateKey, address } = Wallet.createRandom();
      await askApi(stage, `/v1/points/${home.token}/issues`, home.tillKey, {
        items: [{ to: address, points: "50000", orderRef: `own wallet ${address}`.replaceAll(" ", "-") }],
      });
      const customer = await visit(stage, { language, width: 390 });
      const wallet = await installWallet(customer, stage, { privateKey });
      const { page } = customer;
      await customer.open(`/wallet/pay?token=${shop.token}`);
      await page.getByRole("button", { name: words.connect }).click();
      await page.getByRole("button", { name: words.enter }).click();
      await page.locator("main").getByLabel(words.points, { exact: true }).fill("120");
      const button = page.getByRole("button", { name: words.sign });
      await button.waitFor();
      wallet.declineNext();
      await button.click();
      expect(await page.getByRole("alert").innerText()).to.contain(words.no);
      await button.click();
      const code = await page.getByTestId("pay-code").innerText();
      expect(wallet.asked.filter((method) => method === "eth_signTypedData_v4")).to.have.lengthOf(2);
      expect(wallet.asked).not.to.include("eth_sendTransaction");
      await askApi(stage, `/v1/points/${shop.token}/redemptions/${address}/${code}/capture`, shop.tillKey, {
        points: "12000",
      });
      await page
        .getByText(/120 BKC/)
        .first()
        .waitFor();
      await page.locator(".ant-result-success").waitFor();
      await customer.screenshot(`wallet-own-paid-${language}`);
      await customer.end();
    });
});
