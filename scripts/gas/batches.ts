import type { Figure } from "./figure.ts";
import type { Alliance } from "./members.ts";

import { gasOf } from "./figure.ts";
import { accountOf, itemOf } from "./members.ts";

const POINTS = 1_234n;
const SIZES = [1, 10, 100, 500];
/** Bars are set for full batches only: a small one is dominated by what every transaction costs. */
const FULL = 500;
const BARS = { new: 1.03, existing: 1.07 } as const;

/** Gas per recipient of a batch issue, beside a batch mint that does nothing else. */
export async function measureBatches(alliance: Alliance): Promise<Figure[]> {
  const { ethers, country } = alliance;
  const token = country.token.connect(country.till);
  const peer = await ethers.deployContract("MinimalBatchMint");
  const epoch = await token.currentEpoch();
  const issue = (items: bigint[], ref: string) => gasOf(token.issueBatch(ethers.id(ref), epoch, items));
  const mint = (accounts: string[]) => gasOf(peer.mintBatch(accounts.map((to) => (BigInt(to) << 96n) | POINTS)));
  // The slots that all batches share are not new from here on.
  await issue([itemOf(accountOf(alliance, "first", 0), POINTS)], "first");
  await mint([accountOf(alliance, "first", 0)]);

  const figures: Figure[] = [];
  for (const size of SIZES) {
    const accounts = Array.from({ length: size }, (_, index) => accountOf(alliance, `batch of ${size}`, index));
    const items = accounts.map((account) => itemOf(account, POINTS));
    for (const kind of ["new", "existing"] as const) {
      const [ours, theirs] = [await issue(items, `${kind} ${size}`), await mint(accounts)];
      figures.push({
        operation: `issue to ${size} ${kind}, per recipient`,
        ours: ours / BigInt(size),
        peer: theirs / BigInt(size),
        peerName: "minimal packed batch mint",
        ...(size === FULL ? { bar: BARS[kind] } : {}),
      });
    }
  }
  return figures;
}
