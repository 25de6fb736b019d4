import { expect } from "chai";
import { actors, networkHelpers } from "../support/actors.ts";
import { agesAt, freshRef, issueAges, load, monthly, type Token } from "../support/fixture.ts";
import { packItem } from "../support/lots.ts";
import { at } from "../support/time.ts";

const { ann, bob, shop, stranger, till } = actors;
const DUST_ISSUES = 9_600;
const DUST_TRANSFERS = 400;
const BATCH = 400;

/** Gas of the same small payment, always over slots that hold the same lanes before and after. */
async function payment(token: Token): Promise<bigint> {
  return (await (await token.connect(ann).transfer(shop, 1n)).wait())!.gasUsed;
}

/** Shop and Ann have points of all ages, so that a payment writes the same slots whatever else happens. */
async function stocked() {
  const deployed = await monthly();
  const { token } = deployed;
  for (const account of [ann, bob, shop]) await issueAges(token, account, [1_000n, 1_000n, 1_000n, 1_000n]);
  return deployed;
}

describe("dust", () => {
  it("of 10,000 movements cannot make spending dearer: an account has four lanes, whatever is sent to it", async () => {
    const { token } = await load(stocked);
    const before = await payment(token);
    const epoch = await token.currentEpoch();
    const batch = Array<bigint>(BATCH).fill(packItem(ann.address, 1n));
    for (let sent = 0; sent < DUST_ISSUES; sent += BATCH) {
      await token.connect(till).issueBatch(freshRef(), epoch - BigInt((sent / BATCH) % 4), batch);
    }
    for (let sent = 0; sent < DUST_TRANSFERS; sent += 1) {
      await token.connect(bob).transferAtEpoch(epoch - BigInt(sent % 4), ann, 1n);
    }
    const dust = BigInt(DUST_ISSUES + DUST_TRANSFERS) / 4n;
    expect(await agesAt(token, ann)).to.deep.equal([1_000n + dust, 1_000n + dust, 1_000n + dust, 999n + dust]);
    expect(await payment(token)).to.be.at.most(before);
  });

  it("of every month for two years leaves four lanes, too", async () => {
    const { token } = await load(stocked);
    const before = await payment(token);
    for (let month = 2; month <= 24; month += 1) {
      const date = new Date(Date.UTC(2027, month - 1, 2)).toISOString().slice(0, 10);
      await networkHelpers.time.increaseTo(at(date));
      for (const account of [ann, shop, stranger]) await token.connect(till).issue(account, 1_000n, freshRef());
      await token.connect(stranger).transfer(ann, 1n);
    }
    expect(await agesAt(token, ann)).to.deep.equal([1_000n, 1_000n, 1_000n, 1_001n]);
    expect(await payment(token)).to.be.at.most(before);
  });
});
