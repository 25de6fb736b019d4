/* eslint mocha/no-conditional-tests: "off" -- coverage instruments the code, so its size and gas say nothing */
import { expect } from "chai";
import hre from "hardhat";
import { readFile, writeFile } from "node:fs/promises";
import type { ContractTransactionResponse } from "ethers";
import { actors, ethers, networkHelpers } from "../support/actors.ts";
import { deployToken, issueAges, load, MAX_UINT256 } from "../support/fixture.ts";
import { packItem } from "../support/lots.ts";
import { DAY } from "../support/time.ts";

/**
 * What the hot paths cost, as numbers in hot-paths.json beside this file: whole transactions, each in a block of its
 * own, every slot cold. A path that moves by more than 2 % either way fails; `UPDATE_GAS=1` writes the file anew.
 */
const FILE = new URL("./hot-paths.json", import.meta.url);
const TOLERANCE_PERCENT = 2n;
const BATCH = 500;
const BATCH_GAS_LIMIT = 16_000_000n;

const { ann, bob, shop, stranger, till } = actors;

type Sent = Promise<ContractTransactionResponse>;
type Gas = Map<string, bigint>;

async function gasOf(sent: Sent): Promise<bigint> {
  return (await (await sent).wait())!.gasUsed;
}

const ref = (name: string) => ethers.id(`hot path: ${name}`);
const member = (index: number) => ethers.dataSlice(ethers.id(`member ${index}`), 12);

/** Ann, Bob and Shop hold points of all ages; Ann spends in the peer token as well. */
async function stocked() {
  const deployed = await deployToken();
  const { token } = deployed;
  const peer = await ethers.deployContract("PausableERC20Peer");
  const peerBatch = await ethers.deployContract("MinimalBatchMint");
  for (const account of [ann, bob]) await peer.mint(account, 1_000_000n);
  await peerBatch.mintBatch([(BigInt(bob.address) << 96n) | 1n]);
  await issueAges(token, ann, [100_000n, 0n, 0n, 0n]);
  await issueAges(token, bob, [10_000n, 10_000n, 10_000n, 10_000n]);
  await issueAges(token, shop, [0n, 5_000n, 5_000n, 5_000n]);
  const pool = await ethers.getImpersonatedSigner(await deployed.pool.getAddress());
  await networkHelpers.setBalance(pool.address, 10n ** 18n);
  return { ...deployed, peer, peerBatch, pool };
}

type Setting = Awaited<ReturnType<typeof stocked>>;

async function measureTransfers({ token, peer }: Setting, gas: Gas): Promise<void> {
  const epoch = await token.currentEpoch();
  gas.set("peer: OpenZeppelin ERC20 + Pausable, transfer", await gasOf(peer.connect(ann).transfer(bob, 12_345n)));
  gas.set("transfer, one age", await gasOf(token.connect(ann).transfer(bob, 12_345n)));
  gas.set("transfer, three ages", await gasOf(token.connect(shop).transfer(bob, 12_345n)));
  gas.set("transfer, four ages", await gasOf(token.connect(bob).transfer(ann, 32_345n)));
  gas.set("transfer, new holder", await gasOf(token.connect(ann).transfer(stranger, 12_345n)));
  gas.set("transferAtEpoch", await gasOf(token.connect(ann).transferAtEpoch(epoch, bob, 12_345n)));
  await networkHelpers.time.increase(31 * DAY);
  gas.set("transfer, both rolled by an epoch", await gasOf(token.connect(ann).transfer(bob, 12_345n)));
}

async function measureIssues({ token, peerBatch }: Setting, gas: Gas): Promise<void> {
  const members = Array.from({ length: BATCH }, (_, index) => member(index));
  const items = members.map((address) => packItem(address, 12_345n));
  const peerItems = members.map((address) => (BigInt(address) << 96n) | 12_345n);
  const epoch = await token.currentEpoch();
  const limit = { gasLimit: BATCH_GAS_LIMIT };
  for (const who of ["new holders", "existing holders"]) {
    gas.set(`peer: minimal batch mint, 500 ${who}`, await gasOf(peerBatch.mintBatch(peerItems, limit)));
    const issue = token.connect(till).issueBatch(ref(who), epoch, items, limit);
    gas.set(`issueBatch, 500 ${who}`, await gasOf(issue));
  }
  gas.set("issue, existing holder", await gasOf(token.connect(till).issue(ann, 12_345n, ref("issue"))));
  const item = packItem(ann.address, 12_345n);
  gas.set("reverse", await gasOf(token.connect(till).reverse(ref("issue"), epoch, [item], 0, 12_345n)));
}

async function measureRedemptions({ token }: Setting, gas: Gas): Promise<void> {
  const releaseAt = (await networkHelpers.time.latest()) + DAY;
  const merchant = token.connect(till);
  gas.set("redeem", await gasOf(token.connect(ann).redeem(1_234n, 0, ref("redeem"))));
  gas.set("hold", await gasOf(token.connect(ann).hold(1_234n, 0, ref("hold"), releaseAt)));
  gas.set("capture", await gasOf(merchant.capture(ann, ref("hold"), 1_234n)));
  gas.set("refund", await gasOf(merchant.refund(ann, ref("hold"), 1_234n)));
  await token.connect(ann).hold(1_234n, 0, ref("other hold"), releaseAt);
  gas.set("release", await gasOf(merchant.release(ann, ref("other hold"))));
}

async function measurePoolSide({ token, pool }: Setting, gas: Gas): Promise<void> {
  gas.set("poolTake", await gasOf(token.connect(pool).poolTake(ann, 1_234n)));
  gas.set("poolGive", await gasOf(token.connect(pool).poolGive(bob, 1_234n, MAX_UINT256)));
  gas.set("poolGive, bounded", await gasOf(token.connect(pool).poolGive(bob, 1_234n, await yearsAhead())));
}

async function yearsAhead(): Promise<number> {
  return (await networkHelpers.time.latest()) + 100 * DAY;
}

async function measure(): Promise<Gas> {
  const setting = await load(stocked);
  const gas: Gas = new Map();
  await measureTransfers(setting, gas);
  await measureIssues(setting, gas);
  await measureRedemptions(setting, gas);
  await measurePoolSide(setting, gas);
  return gas;
}

/** `a` as a multiple of `b`. */
const ratio = (a: bigint | undefined, b: bigint | undefined) => Number(a) / Number(b);

if (!hre.globalOptions.coverage) {
  describe("hot paths", () => {
    let gas: Gas;
    before(async () => {
      gas = await measure();
      if (process.env["UPDATE_GAS"] === "1") {
        const numbers = Object.fromEntries([...gas].map(([name, used]) => [name, Number(used)]));
        await writeFile(FILE, `${JSON.stringify(numbers, null, 2)}\n`);
      }
    });

    it("cost what the committed numbers say, within 2 %", async () => {
      const committed = JSON.parse(await readFile(FILE, "utf8")) as Record<string, number>;
      expect([...gas.keys()]).to.deep.equal(Object.keys(committed));
      for (const [name, used] of gas) {
        const expected = BigInt(committed[name]!);
        const apart = used > expected ? used - expected : expected - used;
        expect(apart * 100n <= expected * TOLERANCE_PERCENT, `${name}: ${used} gas, committed ${expected}`).to.equal(
          true,
        );
      }
    });

    for (const mix of ["one age", "three ages", "four ages", "both rolled by an epoch"]) {
      it(`keep a transfer of ${mix} within 1.05 of a token that does not expire`, () => {
        const peer = gas.get("peer: OpenZeppelin ERC20 + Pausable, transfer");
        expect(ratio(gas.get(`transfer, ${mix}`), peer)).to.be.at.most(1.05);
      });
    }

    for (const [who, bar] of [
      ["new holders", 1.03],
      ["existing holders", 1.07],
    ] as const) {
      it(`keep a batch issue to 500 ${who} within ${bar} of a minimal batch mint`, () => {
        const peer = gas.get(`peer: minimal batch mint, 500 ${who}`);
        expect(ratio(gas.get(`issueBatch, 500 ${who}`), peer)).to.be.at.most(bar);
      });
    }
  });
}
