import type { Figure } from "./figure.ts";
import type { Alliance } from "./members.ts";

import { gasOf } from "./figure.ts";
import { accountOf, customerOf, itemOf } from "./members.ts";

const LANE = 1_000n;
const PEER = "OpenZeppelin ERC20 + Pausable";
const BAR = 1.05;

/** A transfer out of and into 1 to 4 lanes; after an epoch border; to a new holder. */
export async function measureTransfers(alliance: Alliance): Promise<Figure[]> {
  const { country, networkHelpers } = alliance;
  const sender = customerOf(alliance, 0);
  const peer = await peerTransfers(alliance);
  const figures: Figure[] = [];

  for (const lanes of [1, 2, 3, 4]) {
    const receiver = accountOf(alliance, "receiver", lanes);
    await giveLanes(alliance, sender.address, lanes);
    await giveLanes(alliance, receiver, lanes);
    // All but half of the youngest lane: every lane is touched on both sides.
    const amount = BigInt(lanes) * LANE - LANE / 2n;
    const ours = await gasOf(country.token.connect(sender).transfer(receiver, amount));
    figures.push({ operation: `transfer across ${lanes} lane(s)`, ours, peer: peer.known, peerName: PEER, bar: BAR });
    await country.token.connect(sender).transfer(accountOf(alliance, "bin", 0), LANE / 2n);
  }

  const unknown = accountOf(alliance, "receiver", 0);
  await giveLanes(alliance, sender.address, 4);
  const ours = await gasOf(country.token.connect(sender).transfer(unknown, 3n * LANE));
  figures.push({ operation: "transfer to a new holder", ours, peer: peer.unknown, peerName: PEER });

  const old = accountOf(alliance, "receiver", 9);
  await giveLanes(alliance, sender.address, 4);
  await giveLanes(alliance, old, 4);
  const [, epochEnd] = await country.token.epochBounds(await country.token.currentEpoch());
  await networkHelpers.time.increaseTo(epochEnd);
  const rolled = await gasOf(country.token.connect(sender).transfer(old, 2n * LANE + 1n));
  const operation = "transfer after an epoch border";
  return [...figures, { operation, ours: rolled, peer: peer.known, peerName: PEER, bar: BAR }];
}

/** Puts a lane's worth of points into each of the youngest `lanes` lanes of an account. */
async function giveLanes({ ethers, country }: Alliance, account: string, lanes: number): Promise<void> {
  const current = await country.token.currentEpoch();
  for (let age = 0; age < lanes; age++) {
    const ref = ethers.hexlify(ethers.randomBytes(32));
    await country.token.connect(country.till).issueBatch(ref, current - BigInt(age), [itemOf(account, LANE)]);
  }
}

async function peerTransfers(alliance: Alliance) {
  const { ethers } = alliance;
  const sender = customerOf(alliance, 0);
  const token = await ethers.deployContract("PausableERC20Peer");
  await token.mint(sender, 10n ** 9n);
  const receiver = accountOf(alliance, "receiver", 1);
  const unknown = await gasOf(token.connect(sender).transfer(receiver, 500n));
  const known = await gasOf(token.connect(sender).transfer(receiver, 500n));
  return { known, unknown };
}
