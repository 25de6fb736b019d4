/**
 * The first day of the demo alliance, by proposals only: the founding member, alone at first, hands over to four; the
 * four admit merchants and pay them from the treasury; these post prices and put up what backs their points.
 */
import { id } from "ethers";
import { ROLES } from "../../ignition/powers.ts";
import { MEMBERS, MERCHANTS, type MerchantData } from "./alliance-data.ts";
import { controllerOf, nodeOf, regulator, representativeOf, tillsOf } from "./cast.ts";
import { decide, type Action } from "./council-hand.ts";
import type { LedgerHand } from "./ledger-hand.ts";
import { profileOf } from "./profiles.ts";

function admitMember(hand: LedgerHand, memberId: number): Action {
  const member = MEMBERS[memberId - 1];
  if (member === undefined) throw new RangeError(`the demo has no member ${memberId}`);
  const { uri, hash } = profileOf(member.slug);
  const who = [representativeOf(memberId).address, nodeOf(memberId).address];
  return hand.encode("alliance", "admit", [member.name, uri, hash, ...who]);
}

/** The office that may veto proposals and the role at the desk, in the order in which the API names them as one action. */
function appointRegulator(hand: LedgerHand): Action[] {
  return [
    hand.encode("council", "setProposalGuardian", [regulator.address]),
    hand.encode("accessManager", "grantRole", [ROLES.REGULATOR, regulator.address, 0]),
  ];
}

/** From one member to four: 1 of 1, then 2 of 2, then 3 of 3. */
export async function admitMembers(hand: LedgerHand): Promise<void> {
  await decide(hand, {
    words: "接纳川渝餐饮行业协会为联盟方，任命监管方 Admit the Catering Association, appoint the regulator",
    actions: [admitMember(hand, 2), ...appointRegulator(hand)],
    yes: [1],
  });
  await decide(hand, {
    words: "接纳云桥支付科技为联盟方 Admit Cloud Bridge Payments",
    actions: [admitMember(hand, 3)],
    yes: [1, 2],
    byBallot: [2],
  });
  await decide(hand, {
    words: "接纳市消费者权益保护委员会为联盟方 Admit the Consumer Council",
    actions: [admitMember(hand, 4)],
    yes: [2, 1, 3],
    byBallot: [3],
  });
}

/** Merchants that one proposal admits: two, so that it is short enough to be read. */
const MERCHANTS_A_PROPOSAL = 2;

/** Admits every merchant and gives the addresses of their tokens. Merchant ids count from 1 in the order of the data. */
export async function admitMerchants(hand: LedgerHand): Promise<string[]> {
  const merchants = MERCHANTS.map((merchant, index) => ({ merchant, merchantId: index + 1 }));
  for (const { merchant, merchantId } of merchants) {
    const { uri, hash } = profileOf(merchant.slug);
    await hand.send(controllerOf(merchantId), ["merchantRegistry"], "applyFor", [merchant.terms, uri, hash]);
  }
  for (let from = 0; from < merchants.length; from += MERCHANTS_A_PROPOSAL) {
    const group = merchants.slice(from, from + MERCHANTS_A_PROPOSAL);
    await decide(hand, {
      words: `接纳商家并由国库拨付 Admit merchants and pay them from the treasury: ${group.map(({ merchant }) => merchant.terms.legalName).join("、")}`,
      actions: group.flatMap(({ merchant, merchantId }) => approveAndPay(hand, merchant, merchantId)),
      // 3 of 4 decide; who is on a journey is not waited for.
      yes: from === 0 ? [1, 2, 4] : [3, 4, 2],
      byBallot: [4],
    });
  }
  const tokens: string[] = [];
  for (const { merchant, merchantId } of merchants) tokens.push(await openShop(hand, merchant, merchantId));
  return tokens;
}

function approveAndPay(hand: LedgerHand, { collateral, alpReserve }: MerchantData, merchantId: number): Action[] {
  return [
    hand.encode("merchantRegistry", "approve", [merchantId]),
    hand.encode("allianceToken", "transfer", [controllerOf(merchantId).address, 2n * (collateral + alpReserve)]),
  ];
}

async function openShop(hand: LedgerHand, merchant: MerchantData, merchantId: number): Promise<string> {
  const controller = controllerOf(merchantId);
  const token = (await hand.at("merchantRegistry").getFunction("tokenOf")(merchantId)) as string;
  const { collateral, alpReserve } = merchant;
  await hand.send(controller, ["allianceToken"], "approve", [hand.addressOf("collateral"), collateral]);
  await hand.send(controller, ["collateral"], "deposit", [merchantId, collateral]);
  for (const till of tillsOf(merchantId)) {
    await hand.send(controller, ["merchantPoint", token], "setTill", [till.address, merchant.tillDailyLimit]);
  }

  await hand.send(controller, ["exchangePool"], "open", [token, merchant.prices, merchant.limits]);
  await hand.send(controller, ["allianceToken"], "approve", [hand.addressOf("exchangePool"), alpReserve]);
  await hand.send(controller, ["exchangePool"], "fundAlp", [token, alpReserve]);
  const ref = id(`opening reserve of ${merchant.slug}`);
  await hand.send(controller, ["exchangePool"], "fundPoints", [token, ref, merchant.pointReserve]);
  return token;
}
