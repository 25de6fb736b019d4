/** Goods and offers: what is near is found without a place being kept, and what is asked for reaches the counter. */
import { expect } from "chai";
import { signInAs } from "../support/sign-in.ts";
import { sharedStage } from "../support/stage.ts";
import { settled, visit } from "../support/visit.ts";
import { signInAsCustomer } from "../support/wallet-link.ts";

const PATIENCE_MS = 240_000;

describe("goods and offers in the wallet", () => {
  for (const [language, words] of [
    [
      "zh-CN",
      {
        here: "用我现在的位置",
        offer: "招牌牛肉饭",
        take: "兑换 卤蛋一个",
        yes: "兑换",
        accept: "接单",
        accepted: "已接单",
      },
    ],
    [
      "en",
      {
        here: "Where I am now",
        offer: "House beef rice",
        take: "Redeem Soy egg",
        yes: "Redeem",
        accept: "Accept",
        accepted: "Accepted",
      },
    ],
  ] as const) {
    it(`finds what is near (${language})`, async function () {
      this.timeout(PATIENCE_MS);
      const stage = await sharedStage();
      const customer = await visit(stage, { language, width: 390 });
      await signInAsCustomer(customer, stage);
      await customer.context.grantPermissions(["geolocation"]);
      await customer.context.setGeolocation({ latitude: 29.5577, longitude: 106.577 });
      await customer.open("/wallet/nearby");
      await customer.page.getByRole("button", { name: words.here }).click();
      await customer.page.getByTestId("offers").getByText(words.offer, { exact: true }).waitFor();
      expect(await customer.page.evaluate(() => JSON.stringify(localStorage))).not.to.contain("29.55");
      await customer.checkAccess();
      await customer.screenshot(`wallet-offers-${language}`);
      await customer.end();
    });

    it(`asks for goods and the shop accepts (${language})`, async function () {
      this.timeout(PATIENCE_MS);
      const stage = await sharedStage();
      const customer = await visit(stage, { language, width: 390 });
      const shop = await visit(stage, { language });
      await signInAsCustomer(customer, stage);
      await signInAs(shop, stage, stage.keys.merchants[0]?.merchantKey ?? "");
      await customer.open(`/wallet/goods?token=${stage.keys.merchants[0]?.token ?? ""}`);
      await customer.page.getByRole("button", { name: words.take }).click();
      await customer.page.locator(".ant-popconfirm").getByRole("button", { name: words.yes, exact: true }).click();
      const code = await customer.page.getByTestId("pick-up-code").innerText();
      await customer.screenshot(`wallet-pick-up-${language}`);
      await shop.open(`/merchant/loyalty/goods?redemption=${code}`);
      await shop.page.getByRole("button", { name: words.accept, exact: true }).click();
      await shop.page.getByRole("table").getByText(words.accepted, { exact: true }).waitFor();
      await settled(shop.page);
      await shop.screenshot(`loyalty-goods-accepted-${language}`);
      await Promise.all([customer.end(), shop.end()]);
    });
  }
});
