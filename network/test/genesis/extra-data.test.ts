import { expect } from "chai";
import { encodeRlp } from "ethers";
import { parseAddress } from "../../../gateway/src/kernel/ids.ts";
import { decodeExtraData, genesisExtraData } from "../../genesis/extra-data.ts";
import { NetworkError } from "../../plan/network-error.ts";

const VANITY = `0x${"0".repeat(64)}`;

describe("QBFT extraData", () => {
  for (const { published, validators, extraData } of [
    {
      published: "a running network of four, by `besu rlp encode`",
      validators: [
        "0x69e8a7b25586511a0c14430b45100e9439aae36c",
        "0x65f987264bd77c3a094badfd88e4ba84c0b36382",
        "0xc548464725d5fd4a15b882a221da67b9cfd29514",
        "0x48ccec9a54b9357623458f26afadcd7412a6a833",
      ],
      extraData:
        "0xf87aa00000000000000000000000000000000000000000000000000000000000000000f8549448ccec9a54b9357623458f26afadcd7412a6a8339465f987264bd77c3a094badfd88e4ba84c0b363829469e8a7b25586511a0c14430b45100e9439aae36c94c548464725d5fd4a15b882a221da67b9cfd29514c080c0",
    },
    {
      published: "Besu's documentation for validators by contract",
      validators: [],
      extraData: `0xe5a0${"0".repeat(64)}c0c080c0`,
    },
  ])
    it(`is that of ${published}, whatever the order`, () => {
      expect(genesisExtraData(validators.map((text) => parseAddress(text)))).to.equal(extraData);
      expect(decodeExtraData(extraData)).to.deep.equal({
        vanity: VANITY,
        validators: [...validators].sort(),
        vote: undefined,
        round: 0,
        seals: [],
      });
    });

  it("is read as GoQuorum writes it, in the order in which it stands", () => {
    const validators = ["44add0ec310f115a0e603b2d7db9f067778eaf8a", "294fc7e8f22b3bcdcf955dd7ff3ba2ed833f8212"];
    const more = ["6beaaed781d2d2ab6350f5c4566a2c6eaac407a6", "8be76812f765c24641ec63dc2852b378aba2b440"];
    const list = [...validators, ...more];
    const extraData = `0xf87aa0${"0".repeat(64)}f854${list.map((address) => `94${address}`).join("")}c080c0`;
    expect(decodeExtraData(extraData).validators).to.deep.equal(list.map((address) => `0x${address}`));
  });

  it("of later blocks tells vote, round and seals", () => {
    const node = `0x${"ab".repeat(20)}`;
    const seal = `0x${"cd".repeat(65)}`;
    const of = (vote: string, round: string) => encodeRlp([VANITY, [node], [node, vote], round, [seal, seal]]);
    expect(decodeExtraData(of("0xff", "0x03"))).to.deep.include({ vote: { node, isIn: true }, round: 3 });
    expect(decodeExtraData(of("0x00", "0x0100"))).to.deep.include({ vote: { node, isIn: false }, round: 256 });
    expect(decodeExtraData(of("0x", "0x")).vote).to.deep.equal({ node, isIn: false });
    expect(decodeExtraData(of("0xff", "0x")).seals).to.deep.equal([seal, seal]);
  });

  for (const { why, text } of [
    { why: "no RLP", text: "0xzz" },
    { why: "nothing", text: "0x" },
    { why: "Clique's 97 bytes", text: `0x${"00".repeat(97)}` },
    { why: "four parts", text: encodeRlp([VANITY, [], [], "0x"]) },
    { why: "six parts", text: encodeRlp([VANITY, [], [], "0x", [], []]) },
    { why: "a short address", text: encodeRlp([VANITY, ["0x12"], [], "0x", []]) },
    { why: "a short seal", text: encodeRlp([VANITY, [], [], "0x", ["0x12"]]) },
    { why: "a vanity of 31 bytes", text: encodeRlp([VANITY.slice(0, -2), [], [], "0x", []]) },
    { why: "bytes where a list belongs", text: encodeRlp([VANITY, "0x12", [], "0x", []]) },
    { why: "a list where bytes belong", text: encodeRlp([VANITY, [], [], [], []]) },
  ])
    it(`refuses ${why}`, () => {
      expect(() => decodeExtraData(text))
        .to.throw(NetworkError, "not the extraData of a QBFT block")
        .with.property("code", "input");
    });
});
