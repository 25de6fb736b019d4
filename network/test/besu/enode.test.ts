import { expect } from "chai";
import { keccak256 } from "ethers";
import {
  addressOfPublicKey,
  enodeUrl,
  makeNodeKey,
  parseEnode,
  parseNodeKey,
  seededNodeKey,
} from "../../besu/enode.ts";
import { NetworkError } from "../../plan/network-error.ts";

const ID = seededNodeKey("enode").publicKey.slice(2);
const BESU_DEV_KEY = "8f2a55949038a9610f50fb23b5883af3b4ecb3c3bb792cbcefbd1542c692be63";

describe("node keys and enodes", () => {
  for (const { published, key, publicKey, address, nodeId } of [
    {
      published: "OpenEthereum's ethkey",
      key: "5cb77a9103f1434df2204c02535051f05049d0bf24a853b5dd1e2bbc1080b083",
      publicKey:
        "8ccf2ecc29821650e5196ff3534ead8554b1b91ebdb01a6cd9d361767c9685c8b2002db17c9abd3eabace45d21decd884d12c12a988df42ffa7e9494a56ea87e",
      address: "86ff91803460c8c4408af2c9c10d0eaddb04bdae",
    },
    { published: "Besu's development account", key: BESU_DEV_KEY, address: "fe3b557e8fb62b89f4916b721be55ceb828dbd73" },
    {
      published: "EIP-778",
      key: "b71c71a67e1177ad4e901695e1b4b9ee17ae16c6668d313eac2f96dbcda3f291",
      nodeId: "a448f24c6d18e575453db13171562b71999873db5b286df957af199ec94617f7",
    },
    {
      published: "devp2p's discovery vectors, node A",
      key: "eef77acb6c6a6eebc5b363a475ac583ec7eccdb42b6481424c60f59aa326547f",
      nodeId: "aaaa8419e9f49d0083561b48287df592939a8d19947d8c0ef88f2a4856a69fbb",
    },
    {
      published: "devp2p's discovery vectors, node B",
      key: "66fb62bfbd66b9177a138c1e5cddbe4f7c30c343e94e68df8769459cb1cde628",
      nodeId: "bbbb9d047f0488c0b5a93c1c3f2d8bafc7c8ff337024a55434a0d0555de64db9",
    },
  ])
    it(`are those published by ${published}`, () => {
      const made = parseNodeKey(`0x${key}\n`);
      if (publicKey !== undefined) expect(made.publicKey).to.equal(`0x${publicKey}`);
      if (address !== undefined) expect(made.address).to.equal(`0x${address}`);
      if (nodeId !== undefined) {
        expect(keccak256(made.publicKey)).to.equal(`0x${nodeId}`);
        expect(made.address).to.equal(`0x${nodeId.slice(-40)}`);
      }
      expect(addressOfPublicKey(made.publicKey)).to.equal(made.address);
      expect(parseNodeKey(key.toUpperCase())).to.deep.equal(made);
    });

  it("come back out of an enode, with addresses of either family", () => {
    const { publicKey, address } = parseNodeKey(BESU_DEV_KEY);
    for (const host of ["127.0.0.1", "10.0.0.5", "::1", "2001:db8::5"])
      expect(parseEnode(enodeUrl({ publicKey, host, port: 30_303 }))).to.deep.equal({
        publicKey,
        address,
        host,
        port: 30_303,
      });
    expect(enodeUrl({ publicKey, host: "::1", port: 1 })).to.match(/^enode:\/\/09b02f[0-9a-f]{122}@\[::1\]:1$/);
    expect(enodeUrl({ publicKey, host: "2001:DB8:0:0::0005", port: 1 })).to.match(/@\[2001:db8::5\]:1$/);
    const spelt = `enode://${publicKey.slice(2)}@[2001:0DB8:0:0:0:0:0:5]:1`;
    expect(parseEnode(spelt).host).to.equal("2001:db8::5");
    const shouted = `enode://${publicKey.slice(2).toUpperCase()}@10.0.0.5:30303?discport=0`;
    expect(parseEnode(shouted)).to.deep.include({ publicKey, port: 30_303 });
  });

  for (const { why, url } of [
    { why: "the name of a host", url: `enode://${ID}@besu.example:30303` },
    { why: "nobody's address", url: `enode://${ID}@0.0.0.0:30303` },
    { why: "an address of one interface", url: `enode://${ID}@[fe80::1%eth0]:30303` },
    { why: "IPv4 in IPv6's clothes", url: `enode://${ID}@[::ffff:10.0.0.5]:30303` },
    { why: "no port", url: `enode://${ID}@127.0.0.1` },
    { why: "a port that is none", url: `enode://${ID}@127.0.0.1:70000` },
    { why: "a short key", url: `enode://${"ab".repeat(63)}@127.0.0.1:30303` },
    { why: "a key that is no point of the curve", url: `enode://${"ab".repeat(64)}@127.0.0.1:30303` },
    { why: "another scheme", url: "http://127.0.0.1:30303" },
  ])
    it(`refuse an enode with ${why}`, () => {
      expect(() => parseEnode(url))
        .to.throw(NetworkError)
        .with.property("code", "input");
    });

  for (const text of ["", "12", "0".repeat(64), "f".repeat(64), `${"11".repeat(32)}\n${"22".repeat(32)}`])
    it(`refuse a key file of ${text.length} characters without repeating it`, () => {
      expect(() => parseNodeKey(text))
        .to.throw(NetworkError, "64 hex digits")
        .with.property("message")
        .that.does.not.include("1111");
    });

  it("are never the same twice, save from a seed", () => {
    expect(makeNodeKey().privateKey).to.not.equal(makeNodeKey().privateKey);
    expect(seededNodeKey("a/node/1")).to.deep.equal(seededNodeKey("a/node/1"));
    expect(seededNodeKey("a/node/1").address).to.not.equal(seededNodeKey("a/node/2").address);
  });
});
