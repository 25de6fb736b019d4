/** The first day of the demo alliance: members and merchants join, post prices and put up what backs their points. */
import { id, keccak256 } from "ethers";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MEMBERS, MERCHANTS, type MerchantData } from "./alliance-data.ts";
import { controllerOf, nodeOf, platform, representativeOf, tillsOf } from "./cast.ts";
import type { LedgerHand } from "./ledger-hand.ts";

export const PROFILES_DIR = join(import.meta.dirname, "profiles");

/** Where a profile is found and the hash of its bytes, as they are served. */
export function profileOf(slug: string): { uri: string; hash: string } {
  return { uri: `/profiles/${slug}.json`, hash: keccak256(readFileSync(join(PROFILES_DIR, `${slug}.json`))) };
}

/** What the deployment is told about the member that exists from the first block. */
export function founderParameters(): Record<string, string> {
  const [founder] = MEMBERS;
  const { uri, hash } = profileOf(founder.slug);
  return {
    founderName: founder.name,
    founderProfileUri: uri,
    founderProfileHash: hash,
    founderRepresentative: representativeOf(0).address,
    founderNode: nodeOf(0).address,
  };
}

export async function admitMembers(hand: LedgerHand): Promise<void> {
  for (const [index, { slug, name }] of MEMBERS.entries()) {
    if (index === 0) continue;
    const { uri, hash } = profileOf(slug);
    const who = [representativeOf(index).address, nodeOf(index).address];
    await hand.send(platform, ["alliance"], "admit", [name, uri, hash, ...who]);
  }
}

/** Admits every merchant and gives the addresses of their tokens. Merchant ids count from 1 in the order of the data. */
export async function admitMerchants(hand: LedgerHand): Promise<string[]> {
  const tokens: string[] = [];
  for (const [index, merchant] of MERCHANTS.entries()) tokens.push(await admitMerchant(hand, merchant, index + 1));
  return tokens;
}

async function admitMerchant(hand: LedgerHand, merchant: MerchantData, merchantId: number): Promise<string> {
  const controller = controllerOf(merchantId);
  const { uri, hash } = profileOf(merchant.slug);
  await hand.send(controller, ["merchantRegistry"], "applyFor", [merchant.terms, uri, hash]);
  await hand.send(platform, ["merchantRegistry"], "approve", [merchantId]);
  const token = (await hand.at("merchantRegistry").getFunction("tokenOf")(merchantId)) as string;

  const { collateral, alpReserve } = merchant;
  await hand.send(platform, ["allianceToken"], "transfer", [controller.address, 2n * (collateral + alpReserve)]);
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
