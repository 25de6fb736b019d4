/** Members and their nodes for tests of rewards: as many as needed, at addresses that nobody holds a key of. */
import { getAddress } from "ethers";

import type { Ledger, Signer } from "./alliance.ts";
import { DAY } from "./time.ts";

/** Few and long windows: two years of them are cheap to walk through. */
export const SCHEDULE = {
  rewardEpochSeconds: 5n * BigInt(DAY),
  rewardWindowSeconds: BigInt(DAY),
  rewardWindowsRequired: 3n,
};
/** ALP wei of an epoch of that schedule in year 0: 2 % of 1,000,000,000 ALP a year, for 5 days of 365. */
export const EMISSION = 273_972_602739726027397260n;

export interface MemberNode {
  readonly id: bigint;
  readonly representative: string;
  readonly node: Signer;
}

/** More than an attestation or a claim of 64 epochs needs; said, so that nobody has to estimate it each time. */
export const GAS = { gasLimit: 10_000_000n };

const PROFILE = { uri: "https://example.com/profile.json", hash: "0x" + "11".repeat(32) };

/** The member that is there from the first block. */
export function founderOf({ actors }: Ledger): MemberNode {
  return { id: 1n, representative: actors.founder.address, node: actors.founderNode };
}

/** Member `id`, who must be the next to be admitted. */
export async function admitMember(ledger: Ledger, id: bigint): Promise<MemberNode> {
  const representative = addressOf(0xa000n + id);
  const node = await nodeAt(ledger, addressOf(0xb000n + id));
  await ledger.alliance.admit("Platform", PROFILE.uri, PROFILE.hash, representative, node, GAS);
  return { id, representative, node };
}

/** A node of that address, which can send transactions. */
export async function nodeAt({ ethers, networkHelpers }: Ledger, address: string): Promise<Signer> {
  await networkHelpers.setBalance(address, 10n ** 21n);
  return await ethers.getImpersonatedSigner(address);
}

/** The node says that it knows the latest block. */
export async function attest({ ethers, nodeRewards }: Ledger, node: Signer) {
  const { number, hash } = (await ethers.provider.getBlock("latest"))!;
  return await nodeRewards.connect(node).attest(number, hash!, GAS);
}

/** The nodes attest in so many windows of an epoch, the first ones. */
export async function maintain(
  ledger: Ledger,
  epoch: bigint,
  nodes: readonly Signer[],
  windows = SCHEDULE.rewardWindowsRequired,
): Promise<void> {
  for (let window = 0n; window < windows; window++) {
    await goTo(ledger, epoch, window);
    for (const node of nodes) await attest(ledger, node);
  }
}

/** Goes to a window (the first one if not said), so that transactions come after its first second, unless there already. */
export async function goTo({ networkHelpers, nodeRewards }: Ledger, epoch: bigint, window = 0n): Promise<void> {
  const start = await nodeRewards.epochStart(epoch);
  const second = start + window * (await nodeRewards.WINDOW_SECONDS());
  if (second > BigInt(await networkHelpers.time.latest())) await networkHelpers.time.increaseTo(second);
}

export function addressOf(n: bigint): string {
  return getAddress("0x" + n.toString(16).padStart(40, "0"));
}
