/**
 * The council's main job in a real browser, on the real chain: members who are signed in draft, vote, queue and execute;
 * a representative does the same with a wallet that has its own key. The wallet's member is admitted first and leaves last.
 */
import { expect } from "chai";
import { Interface, JsonRpcProvider, Wallet, hexlify, randomBytes } from "ethers";
import type { Locator } from "playwright-core";
import { askApi } from "../support/api.ts";
import { signInAs } from "../support/sign-in.ts";
import type { Stage } from "../support/stage.ts";
import { sharedStage } from "../support/stage.ts";
import type { TestWallet } from "../support/test-wallet.ts";
import { installWallet } from "../support/test-wallet.ts";
import type { Reader, Visit } from "../support/visit.ts";
import { visit } from "../support/visit.ts";

/** Blocks, delays and a machine half as fast as this one. */
const LONG_MS = 120_000;

const privateKey = hexlify(randomBytes(32));
const { address: representative } = new Wallet(privateKey);
const marker = hexlify(randomBytes(4));

const ZH = { language: "zh-CN" } as const;
const EN = { language: "en" } as const;

const memberKey = ({ keys }: Stage, at: number): string => keys.members[at]!.memberKey;

async function asMember(stage: Stage, at: number, reader: Reader): Promise<Visit> {
  const seen = await visit(stage, reader);
  await signInAs(seen, stage, memberKey(stage, at));
  return seen;
}

const standing = ({ page }: Visit, word: string): Locator =>
  page.locator(".proposal-facts .tone-tag", { hasText: word });

/** The number in the address of the proposal that is shown. */
const shownId = ({ page }: Visit): string => /proposals\/(\d+)/.exec(page.url())?.[1] ?? "";

async function choose({ page }: Visit, action: string): Promise<void> {
  const box = page.locator("#actions_0_action");
  await box.click();
  await box.fill(action);
  await box.press("Enter");
}

async function vote({ page }: Visit, support: string, button: string): Promise<void> {
  await page.locator(".ant-radio-button-wrapper", { hasText: support }).click();
  await page.getByRole("button", { name: button }).click();
}

describe("the council in the browser", () => {
  let stage: Stage;

  before(async function () {
    this.timeout(300_000);
    stage = await sharedStage();
  });

  after(async function () {
    this.timeout(LONG_MS);
    // As it was before: the member whose key only this test has leaves.
    const { members } = (await askApi(stage, "/v1/council")) as {
      members: { representative: string }[];
    };
    if (!members.some((one) => one.representative === representative.toLowerCase())) return;
    const signer = new Wallet(privateKey, new JsonRpcProvider(`${stage.url}/rpc`));
    const { labels } = (await askApi(stage, "/v1/labels")) as {
      labels: { name: string; address: string }[];
    };
    const to = labels.find(({ name }) => name === "alliance")!.address;
    const data = new Interface(["function resign()"]).encodeFunctionData("resign");
    await (await signer.sendTransaction({ to, data, type: 0, gasPrice: 0 })).wait();
  });

  it("carries a proposal from its draft to its effect, by members who are signed in (Chinese)", async function () {
    this.timeout(6 * LONG_MS);
    const founder = await asMember(stage, 0, ZH);
    const { page } = founder;
    await founder.open("/council/draft");
    await choose(founder, "admit-member");
    const typed = {
      name: `嘉陵测试协会 ${marker}`,
      profileUri: "https://example.org/profile.json",
      profileHash: hexlify(randomBytes(32)),
      representative,
      node: hexlify(randomBytes(20)),
    };
    for (const [name, value] of Object.entries(typed)) await page.locator(`#actions_0_values_${name}`).fill(value);
    await page.getByRole("button", { name: "核对草案" }).click();
    await page.locator("[data-action='admit-member']").waitFor();
    expect(await page.locator("[data-action='admit-member']").innerText()).to.include(typed.name);
    await page.getByText("活跃联盟方数").waitFor();
    await founder.screenshot("council-draft-checked-zh-CN-1440");
    await page.getByRole("button", { name: "提交提案" }).click();
    await page.getByRole("link", { name: /查看提案/ }).click({ timeout: LONG_MS });
    await standing(founder, "表决中").waitFor({ timeout: LONG_MS });
    const id = shownId(founder);

    for (const at of [1, 2]) {
      const member = await asMember(stage, at, ZH);
      await member.open(`/council/proposals/${id}`);
      if (at === 1) await member.screenshot("council-vote-zh-CN-1440");
      await vote(member, "赞成", "提交表决");
      await member.page.locator("tr[data-support='for']").nth(at).waitFor({ timeout: LONG_MS });
      await member.end();
    }
    // The page that stood open all the time has heard of it.
    await standing(founder, "已通过").waitFor({ timeout: LONG_MS });
    await page.getByRole("button", { name: "排期" }).click();
    await standing(founder, "待执行").waitFor({ timeout: LONG_MS });
    await page.locator("button:not([disabled])", { hasText: /^执行$/ }).click({ timeout: LONG_MS });
    await standing(founder, "已执行").waitFor({ timeout: LONG_MS });
    await founder.screenshot("council-executed-zh-CN-1440");
    await founder.open("/council");
    await page.getByText(`嘉陵测试协会 ${marker}`).first().waitFor();
    await founder.end();
  });

  describe("with a wallet of one's own", () => {
    let seen: Visit;
    let wallet: TestWallet;

    beforeEach(async function () {
      this.timeout(LONG_MS);
      seen = await visit(stage, EN);
      wallet = await installWallet(seen, stage, { privateKey, knowsChain: false });
    });

    it("carries a proposal from its draft to its effect, each step a transaction of its own", async function () {
      this.timeout(6 * LONG_MS);
      const { page } = seen;
      await seen.open("/council/draft?action=set-voting-period&seconds=3600");
      await page.locator("#description").fill(`Keep the hour (${marker})`);
      await page.getByRole("button", { name: "Check the draft" }).click();
      await page.getByText("My own wallet").click();
      await page.getByRole("button", { name: "Connect Test wallet" }).click();
      await page.getByRole("button", { name: "Propose by my transaction" }).click();
      await page.locator("[data-stage='mined']").waitFor({ timeout: LONG_MS });
      // The wallet had never heard of this chain.
      expect(wallet.asked).to.include.members(["wallet_switchEthereumChain", "wallet_addEthereumChain"]);
      await page.getByRole("link", { name: "To all proposals" }).click();
      await page.getByRole("link", { name: new RegExp(`Keep the hour \\(${marker}\\)`) }).click({ timeout: LONG_MS });
      await standing(seen, "Voting").waitFor({ timeout: LONG_MS });
      const id = shownId(seen);

      wallet.declineNext();
      await vote(seen, "For", "Vote by my transaction");
      await page.getByText("You declined in the wallet").waitFor();
      await page.getByRole("button", { name: "Vote by my transaction" }).click();
      await page.locator("tr[data-support='for']").waitFor({ timeout: LONG_MS });
      await seen.checkAccess();
      await seen.screenshot("council-wallet-en-1440");

      for (const at of [0, 1, 2])
        await askApi(stage, `/v1/council/proposals/${id}/votes`, memberKey(stage, at), { support: "for" });
      await page.getByRole("button", { name: "Begin the delay" }).click({ timeout: LONG_MS });
      await standing(seen, "Waiting").waitFor({ timeout: LONG_MS });
      await page.locator("button:not([disabled])", { hasText: /^Execute$/ }).click({ timeout: LONG_MS });
      await standing(seen, "Executed").waitFor({ timeout: LONG_MS });
      await seen.end();
    });

    it("votes by a ballot that it only signs, and the gateway sends", async function () {
      this.timeout(3 * LONG_MS);
      const actions = [{ action: "set-voting-period", seconds: 3_600 }];
      const { proposal } = (await askApi(stage, "/v1/council/proposals", memberKey(stage, 0), {
        actions,
        description: `Keep the hour, once more (${marker})`,
      })) as { proposal: { proposalId: number } };
      await signInAs(seen, stage, stage.keys.keys.auditor);
      const { page } = seen;
      await seen.open(`/council/proposals/${proposal.proposalId}`);
      await page.getByText("My own wallet").click();
      await page.getByRole("button", { name: "Connect Test wallet" }).click();
      await vote(seen, "Against", "Sign a ballot");
      await page.locator("tr[data-support='against']").waitFor({ timeout: LONG_MS });
      expect(wallet.asked).to.include("eth_signTypedData_v4");
      expect(wallet.asked).not.to.include("eth_sendTransaction");
      await page.getByText("your organisation has voted").waitFor();
      await seen.end();
    });
  });
});
