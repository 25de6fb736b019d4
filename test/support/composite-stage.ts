import { expect } from "chai";
import { TypedDataEncoder } from "ethers";

import { actors, ethers, networkHelpers } from "./actors.ts";
import { issueAges, monthly } from "./fixture.ts";
import { DAY } from "./time.ts";

const { ann, bob, relayer } = actors;
export const GOODS = 1n;
export const REDEEM = {
  Redeem: [
    ["address", "holder"],
    ["uint256", "points"],
    ["uint8", "kind"],
    ["bytes32", "ref"],
    ["uint256", "deadline"],
  ].map(([type, name]) => ({ type: type!, name: name! })),
};

export const refOf = (k: number) => ethers.id(`order ${k}`);

/** Ann and a contract wallet of Bob's have 1,000 points each; `leaf` is what the token computes for one redemption. */
export async function stocked() {
  const { token } = await monthly();
  const wallet = await ethers.deployContract("Erc1271Wallet", [bob]);
  const holders = { ann: ann.address, wallet: await wallet.getAddress() };
  for (const address of Object.values(holders)) await issueAges(token, { address }, [1_000n, 0n, 0n, 0n]);
  const { name, version, chainId, verifyingContract } = await token.eip712Domain();
  const domain = { name, version, chainId, verifyingContract };
  const deadline = (await networkHelpers.time.latest()) + DAY;
  const leaf = (holder: string, k: number, points = 10n) =>
    TypedDataEncoder.hash(domain, REDEEM, { holder, points, kind: GOODS, ref: refOf(k), deadline });
  const redeem = (holder: string, k: number, signature: string, points = 10n) =>
    token.connect(relayer).redeemBySig(holder, points, GOODS, refOf(k), deadline, signature);
  const refused = async (holder: string, k: number, signature: string) =>
    expect(redeem(holder, k, signature))
      .to.be.revertedWithCustomError(token, "MerchantPointSignatureInvalid")
      .withArgs(holder);
  return { token, domain, deadline, holders, chainId, leaf, redeem, refused };
}
