import { expect } from "chai";
import { AbiCoder, keccak256, toUtf8Bytes } from "ethers";
import { startAnvil } from "../../../gateway/test/support/anvil.ts";
import type { Anvil } from "../../../gateway/test/support/anvil.ts";
import { seededNodeKey } from "../../besu/enode.ts";
import { decodeExtraData } from "../../genesis/extra-data.ts";
import { genesisDigest, genesisText } from "../../genesis/genesis.ts";
import type { GenesisAccount } from "../../genesis/validator-contract.ts";
import { VALIDATOR_CONTRACT } from "../../genesis/validator-contract.ts";
import type { ChainPlan } from "../../plan/plan.ts";
import { BY_CONTRACT, CHAIN } from "../support/chain-plan.ts";

interface Genesis {
  readonly config: { readonly qbft: object };
  readonly extraData: string;
  readonly alloc: Readonly<Record<string, GenesisAccount>>;
}

const validatorsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => seededNodeKey(`genesis/${index}`).address);

const parse = (chain: ChainPlan, count: number) => JSON.parse(genesisText(chain, validatorsOf(count))) as Genesis;

describe("genesis", function () {
  this.timeout(60_000);
  let anvil: Anvil;

  before(async () => {
    anvil = await startAnvil();
  });
  after(async () => {
    await anvil.stop();
  });

  it("is the one that was reviewed, field by field", () => {
    const { alloc, ...rest } = parse(CHAIN, 1);
    expect(alloc).to.deep.equal({});
    expect(rest).to.deep.equal({
      config: {
        chainId: 20_260,
        homesteadBlock: 0,
        eip150Block: 0,
        eip155Block: 0,
        eip158Block: 0,
        byzantiumBlock: 0,
        constantinopleBlock: 0,
        petersburgBlock: 0,
        istanbulBlock: 0,
        berlinBlock: 0,
        londonBlock: 0,
        shanghaiTime: 0,
        cancunTime: 0,
        zeroBaseFee: true,
        qbft: { blockperiodseconds: 2, requesttimeoutseconds: 6, epochlength: 30_000 },
      },
      nonce: "0x0",
      timestamp: "0x0",
      difficulty: "0x1",
      gasLimit: "0x3938700",
      baseFeePerGas: "0x0",
      mixHash: "0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365",
      coinbase: "0x0000000000000000000000000000000000000000",
      extraData: `0xf83aa0${"0".repeat(64)}d594${validatorsOf(1).join().slice(2)}c080c0`,
    });
  });

  it("names none of what stalls or changes a QBFT chain", () => {
    for (const chain of [CHAIN, BY_CONTRACT])
      for (const name of [
        "emptyblockperiodseconds",
        "miningbeneficiary",
        "blockreward",
        "depositContractAddress",
        "withdrawalRequestContractAddress",
        "consolidationRequestContractAddress",
        "pragueTime",
        "osakaTime",
        "fixedBaseFee",
      ])
        expect(genesisText(chain, validatorsOf(4)).toLowerCase()).to.not.include(name.toLowerCase());
  });

  it("has the same bytes, and so the same digest, for the same network, in whatever order its validators come", () => {
    const text = genesisText(CHAIN, validatorsOf(7));
    expect(genesisText(CHAIN, validatorsOf(7).reverse())).to.equal(text);
    expect(genesisDigest(text)).to.equal(keccak256(toUtf8Bytes(text)));
    const others = [
      genesisText({ ...CHAIN, chainId: 20_261 }, validatorsOf(7)),
      genesisText({ ...CHAIN, blockPeriodSeconds: 3 }, validatorsOf(7)),
      genesisText(CHAIN, validatorsOf(8)),
      genesisText(BY_CONTRACT, validatorsOf(7)),
    ];
    expect(new Set([text, ...others].map(genesisDigest)).size).to.equal(5);
  });

  for (const count of [1, 4, 7, 22]) {
    it(`names its ${count} validators in the header, sorted, and no account`, () => {
      const { extraData, alloc, config } = parse(CHAIN, count);
      expect(decodeExtraData(extraData).validators).to.deep.equal(validatorsOf(count).sort());
      expect(alloc).to.deep.equal({});
      expect(config.qbft).to.not.have.property("validatorcontractaddress");
    });

    it(`answers with its ${count} validators by contract, on an EVM, and names none in the header`, async () => {
      const { extraData, alloc, config } = parse(BY_CONTRACT, count);
      expect(decodeExtraData(extraData).validators).to.deep.equal([]);
      expect(config.qbft).to.deep.include({ validatorcontractaddress: VALIDATOR_CONTRACT });
      expect(Object.keys(alloc)).to.deep.equal([VALIDATOR_CONTRACT]);
      const account = alloc[VALIDATOR_CONTRACT]!;
      await anvil.rpc("anvil_setCode", [VALIDATOR_CONTRACT, account.code]);
      for (const [slot, value] of Object.entries(account.storage)) {
        expect([slot, value].join()).to.match(/^0x[0-9a-f]{64},0x[0-9a-f]{64}$/);
        await anvil.rpc("anvil_setStorageAt", [VALIDATOR_CONTRACT, slot, value]);
      }
      await anvil.rpc("anvil_mine", ["0x1"]);
      // As Besu asks: getValidators() without a sender, on the state of the block before.
      const answer = (await anvil.rpc("eth_call", [
        { to: VALIDATOR_CONTRACT, data: "0xb7ab4db5" },
        "latest",
      ])) as string;
      const [list] = AbiCoder.defaultAbiCoder().decode(["address[]"], answer) as unknown as [string[]];
      expect([...list].map((address) => address.toLowerCase())).to.deep.equal(validatorsOf(count).sort());
    });
  }
});
