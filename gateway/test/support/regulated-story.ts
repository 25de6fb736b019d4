/** A short life of an alliance with a line for every table of a report: trade, supervision, council, rewards, an exit. */
import type { Interface } from "ethers";
import { Wallet, encodeBytes32String, id } from "ethers";
import * as abi from "../../src/chain/contracts.ts";
import type { Address } from "../../src/kernel/ids.ts";
import { parseAddress } from "../../src/kernel/ids.ts";
import type { TestLedger, TestMerchant } from "./ledger.ts";
import { FOUNDER_KEY } from "./ledger.ts";

const ALP = 10n ** 18n;
const FAR = 2n ** 40n;

/** Short epochs, so that a node can earn while a test runs. */
export const STORY_NODE = parseAddress(`0x${"a0de".repeat(10)}`);
export const STORY_PARAMETERS = {
  founderNode: STORY_NODE,
  rewardEpochSeconds: 600n,
  rewardWindowSeconds: 30n,
  rewardWindowsRequired: 1n,
} as const;

export interface Story {
  readonly shops: readonly [TestMerchant, TestMerchant];
  readonly customers: readonly [Address, Address];
}

type Call = (
  from: Address,
  contract: Interface,
  at: Address,
  method: string,
  args: readonly unknown[],
) => Promise<void>;

/** Case numbers as anybody writes them: text padded with zeros. */
const caseOf = (number: string): string => encodeBytes32String(number);

export async function playStory(ledger: TestLedger): Promise<Story> {
  const call: Call = (from, contract, at, method, args) =>
    ledger.actAs(from, at, contract.encodeFunctionData(method, args as never));
  const shops = [await ledger.addMerchant(), await ledger.addMerchant()] as const;
  const customers = [parseAddress(`0x${"c1".repeat(20)}`), parseAddress(`0x${"c2".repeat(20)}`)] as const;
  for (const shop of shops) await openShop(ledger, call, shop);
  await trade(ledger, call, { shops, customers });
  await council(ledger, call);
  await reward(ledger, call);
  await supervise(ledger, { shops, customers });
  await windDown(ledger, call, { shops, customers });
  return { shops, customers };
}

const addressOf = (key: string): Address => parseAddress(new Wallet(key).address);

async function openShop(
  ledger: TestLedger,
  call: Call,
  { token, controllerKey, tillKeys }: TestMerchant,
): Promise<void> {
  const { exchangePool, allianceToken, council: treasury } = ledger.deployment.contracts;
  const controller = addressOf(controllerKey);
  const pool = (method: string, args: readonly unknown[]) =>
    call(controller, abi.exchangePool, exchangePool, method, args);
  await call(treasury, abi.allianceToken, allianceToken, "transfer", [controller, 10_000n * ALP]);
  await call(controller, abi.allianceToken, allianceToken, "approve", [exchangePool, 10_000n * ALP]);
  const prices = { accept: 9n * 10n ** 13n, release: 10n ** 14n };
  await pool("open", [token, prices, { poolDaily: 10n ** 9n, accountDaily: 10n ** 8n }]);
  await pool("fundPoints", [token, id(`pool ${token}`), 10n ** 6n]);
  await pool("fundAlp", [token, 1_000n * ALP]);
  await pool("postPrices", [token, { accept: 9n * 10n ** 13n, release: 105n * 10n ** 12n }]);
  const till = addressOf(tillKeys[0] ?? "");
  await call(till, abi.merchantPoint, token, "issue", [`0x${"c1".repeat(20)}`, 50_000n, id(`first ${token}`)]);
}

async function trade(ledger: TestLedger, call: Call, { shops: [a, b], customers: [one, two] }: Story): Promise<void> {
  const { exchangePool } = ledger.deployment.contracts;
  await call(one, abi.merchantPoint, a.token, "transfer", [two, 10_000n]);
  await call(one, abi.exchangePool, exchangePool, "swapExactIn", [a.token, b.token, 5_000n, 0n, FAR]);
  await call(one, abi.merchantPoint, b.token, "redeem", [2_000n, 0, id("lunch")]);
}

/** A proposal made and voted on by the founder alone. */
async function council(ledger: TestLedger, call: Call): Promise<void> {
  const { council: at, allianceToken } = ledger.deployment.contracts;
  const founder = addressOf(FOUNDER_KEY);
  const data = abi.allianceToken.encodeFunctionData("setInflation", [300n]);
  const description = 'Inflation of 3 %, "for a year",\nand a second line';
  await call(founder, abi.council, at, "propose", [[allianceToken], [0n], [data], description]);
  // Votes count from the second after the proposal.
  await ledger.provider.send("evm_increaseTime", [5]);
  await ledger.provider.send("evm_mine", []);
  await call(founder, abi.council, at, "castVote", [1n, 1]);
  await call(founder, abi.council, at, "execute(uint256)", [1n]);
}

async function reward(ledger: TestLedger, call: Call): Promise<void> {
  const { nodeRewards } = ledger.deployment.contracts;
  const later = async (): Promise<void> => {
    await ledger.provider.send("evm_increaseTime", [601]);
    await ledger.provider.send("evm_mine", []);
  };
  await later();
  const ask = { to: nodeRewards, data: abi.nodeRewards.encodeFunctionData("currentEpoch") };
  const epoch = BigInt(await ledger.provider.call(ask));
  const block = await ledger.provider.getBlock("latest");
  await call(STORY_NODE, abi.nodeRewards, nodeRewards, "attest", [block?.number, block?.hash]);
  await later();
  await call(STORY_NODE, abi.nodeRewards, nodeRewards, "claim", [1n, [epoch]]);
}

async function supervise(ledger: TestLedger, { shops: [a, b], customers: [one, two] }: Story): Promise<void> {
  const at = ledger.deployment.contracts.regulatorDesk;
  const act = (method: string, args: readonly unknown[]): Promise<void> =>
    ledger.asRegulator(at, abi.regulatorDesk.encodeFunctionData(method as "warn", args as never));
  const number = caseOf("2027-0001");
  await act("freeze", [two, number]);
  await act("unfreeze", [two, number]);
  await act("pause", [a.token, number]);
  await act("unpause", [a.token, number]);
  await act("warn", [b.id, caseOf("2027-0002")]);
  await act("cutLimit", [b.id, 10, caseOf("2027-0002")]);
  await act("orderTransfer", [a.token, two, one, 4_000n, number]);
  await ledger.asCouncil(at, abi.regulatorDesk.encodeFunctionData("executeOrder", [1n]));
  await act("haltIssue", [b.id, caseOf("2027-0002")]);
}

async function windDown(ledger: TestLedger, call: Call, { shops: [, b], customers: [one] }: Story): Promise<void> {
  const { merchantRegistry, collateral } = ledger.deployment.contracts;
  await ledger.asCouncil(merchantRegistry, abi.merchantRegistry.encodeFunctionData("orderWindDown", [b.id]));
  await call(one, abi.collateral, collateral, "turnIn", [b.id, 1_234n, id("goodbye")]);
}
