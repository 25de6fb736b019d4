import { expect } from "chai";
import { AbiCoder, concat, dataLength, dataSlice, getAddress, hexlify } from "ethers";
import fc from "fast-check";

import { networkHelpers } from "../support/actors.ts";
import {
  addresses,
  answering,
  BROKEN,
  encodeList,
  followAtOnce,
  FOREIGN,
  putForeign,
  quorumOf,
  startAtGenesis,
  validatorAt,
  VALIDATORS_MAX,
} from "../support/genesis-validators.ts";

const RUNS = 300;
const SEED = 20_261_123;

const genesis = addresses(VALIDATORS_MAX, 7n);
const ascending = (a: string, b: string) => (BigInt(a) < BigInt(b) ? -1 : 1);

const anyAddress = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => getAddress(hexlify(bytes)));
/** Small numbers collide with each other, with the genesis and with zero. */
const nearAddress = fc.integer({ min: 0, max: 240 }).map((n) => getAddress("0x" + n.toString(16).padStart(40, "0")));
const member = fc.oneof(anyAddress, nearAddress);

const goodList = fc
  .uniqueArray(
    member.filter((one) => BigInt(one) > 0n),
    { minLength: 1, maxLength: VALIDATORS_MAX },
  )
  .map((list) => [...list].sort(ascending));
const anyList = fc.array(member, { minLength: 0, maxLength: VALIDATORS_MAX + 3 });

/** One byte changed, the end cut off, or bytes added. */
const spoilt = fc
  .tuple(goodList, fc.nat(), fc.integer({ min: 1, max: 255 }), fc.constantFrom("flip", "cut", "add"))
  .map(([list, where, by, how]) => {
    const data = encodeList(list);
    const at = where % dataLength(data);
    if (how === "cut") return dataSlice(data, 0, at);
    if (how === "add") return concat([data, "0x" + "00".repeat(by)]);
    const byte = (Number(dataSlice(data, at, at + 1)) ^ by).toString(16).padStart(2, "0");
    return concat([dataSlice(data, 0, at), "0x" + byte, dataSlice(data, at + 1)]);
  });

const answer = fc.oneof(
  goodList.map(encodeList),
  anyList.map(encodeList),
  spoilt,
  fc.uint8Array({ maxLength: 2_000 }).map((bytes) => hexlify(bytes)),
);

/** What the interface promises, by another way: decode as ethers does and see whether encoding it again gives the same. */
function readList(data: string): readonly string[] | undefined {
  let list: readonly string[];
  try {
    [list] = AbiCoder.defaultAbiCoder().decode(["address[]"], data) as unknown as [readonly string[]];
    if (encodeList([...list]) !== data) return undefined;
  } catch {
    return undefined;
  }
  return isWellFormed(list) ? [...list] : undefined;
}

function isWellFormed(list: readonly string[]): boolean {
  const isAscending = list.every((one, index) => BigInt(one) > (index === 0 ? 0n : BigInt(list[index - 1]!)));
  return list.length >= 1 && list.length <= VALIDATORS_MAX && isAscending;
}

describe("GenesisValidators, whatever it follows", () => {
  let contract: Awaited<ReturnType<typeof startAtGenesis>>;
  let snapshot: Awaited<ReturnType<typeof networkHelpers.takeSnapshot>>;

  before(async () => {
    snapshot = await networkHelpers.takeSnapshot();
    contract = await startAtGenesis(genesis);
    await followAtOnce(FOREIGN);
  });

  after(async () => {
    await snapshot.restore();
  });

  /** As Besu asks: a call from nobody on the state of a block. */
  const ask = async (gasLimit: bigint) => [...(await contract.getValidators({ gasLimit }))];

  // For all answers: getValidators gives the answer if it is well-formed, else the genesis; it never reverts.
  it("gives its list when it is well-formed, and that of the genesis otherwise", async () => {
    const followed = { theirs: 0, ours: 0 };
    await fc.assert(
      fc.asyncProperty(answer, async (data) => {
        await putForeign(answering(data));
        const expected = readList(data);
        followed[expected === undefined ? "ours" : "theirs"] += 1;
        expect(await ask(30_000_000n)).to.deep.equal(expected ?? genesis);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(Math.min(followed.theirs, followed.ours)).to.be.greaterThan(RUNS / 10); // both roads were walked
  });

  // For all programs and all gas of a block: never reverts, always well-formed.
  it("answers with any gas that a block may have, whatever the program does", async () => {
    const program = fc.oneof(
      fc.constantFrom(...Object.values(BROKEN)),
      // Behind a JUMPDEST, which does nothing: EDR takes PUSH20 as the first byte for a library, and dies of a short one.
      fc.uint8Array({ maxLength: 200 }).map((bytes) => concat(["0x5b", bytes])),
      answer.map(answering),
    );
    await fc.assert(
      fc.asyncProperty(program, fc.bigInt({ min: 1_000_000n, max: 60_000_000n }), async (code, gas) => {
        await putForeign(code);
        expect(isWellFormed(await ask(gas))).to.equal(true);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  for (const [what, code] of Object.entries(BROKEN)) {
    it(`gives the list of the genesis when the alliance ${what}`, async () => {
      await putForeign(code);
      for (const gas of [1_000_000n, 3_300_000n, 10_000_000n, 60_000_000n]) {
        expect(await ask(gas)).to.deep.equal(genesis);
      }
    });
  }

  it("does not ask at all when its own answer would be at risk", async () => {
    await putForeign(answering(encodeList(addresses(3))));
    expect(await ask(215_000n)).to.deep.equal(genesis);
  });

  it("leaves the alliance 3 million gas and keeps the rest of a block for itself", async () => {
    // MSTORE(0, 32) MSTORE(32, 1) MSTORE(64, GAS) RETURN(0, 96): a list of one address, which is the gas it was given.
    await putForeign("0x602060005260016020525a60405260606000f3");
    const [given] = await ask(60_000_000n);
    expect(Number(BigInt(given!))).to.be.within(2_990_000, 3_000_000);
  });

  // For all answers: a validator can name the contract if and only if the chain would go on with its list.
  it("lets itself be handed over to a well-formed list with a quorum on both sides only", async () => {
    const four = addresses(4, 7n);
    contract = await startAtGenesis(four);
    await followAtOnce("0x" + "00".repeat(20));
    const caller = await validatorAt(four[0]!);
    const near = fc
      .tuple(fc.subarray(four, { minLength: 2 }), fc.uniqueArray(nearAddress, { maxLength: 3 }))
      .map((lists) => encodeList([...new Set(lists.flat())].sort(ascending)));
    const seen = { taken: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.oneof(near, answer), async (data) => {
        await putForeign(answering(data));
        const list = readList(data) ?? [];
        const staying = list.filter((one) => four.includes(one)).length;
        const goesOn = list.length > 0 && staying >= quorumOf(list.length) && staying >= quorumOf(four.length);
        seen[goesOn ? "taken" : "refused"] += 1;
        const said = contract.connect(caller).follow.staticCall(FOREIGN);
        if (goesOn) await said;
        else await expect(said).to.be.revertedWithCustomError(contract, "GenesisValidatorsListInvalid");
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(Math.min(seen.taken, seen.refused)).to.be.greaterThan(RUNS / 20);
  });
});
