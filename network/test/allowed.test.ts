import { expect } from "chai";
import type { Address } from "../../gateway/src/kernel/ids.ts";
import { decideAllowed } from "../agent/follow/allowed.ts";
import type { AllowScene, KnownNode } from "../agent/follow/allowed.ts";
import { announceData, enodeOf, isSameEndpoint } from "../agent/follow/endpoint.ts";
import { nodeDirectory } from "../../gateway/src/chain/contracts.ts";
import { enodeUrl, seededNodeKey } from "../besu/enode.ts";

const NONE: ReadonlyMap<string, number> = new Map();
const SETTLE = 10;

function nodeAt(name: string, port: number, host = "127.0.0.1"): KnownNode {
  const { address, publicKey } = seededNodeKey(name);
  return { address, enode: enodeUrl({ publicKey, host, port }) };
}

const self = nodeAt("self", 1);
const founder = nodeAt("founder", 2);
const moved = nodeAt("founder", 3, "10.0.0.2");
const observer = nodeAt("observer", 4);
const guest = nodeAt("guest", 5);
const stranger = nodeAt("stranger", 6);
const left = nodeAt("left", 7);
const addresses = (...nodes: KnownNode[]): Set<Address> => new Set(nodes.map(({ address }) => address));

/** This node and the founder's are members' and validators; an observer was agreed on; the list is as it should be. */
const CALM: AllowScene = {
  block: 100,
  self,
  listed: [self.enode, founder.enode, observer.enode],
  agreed: [self, founder, observer],
  members: [self, founder],
  taken: addresses(self, founder),
  validators: addresses(self, founder),
};

describe("whom a node talks with", () => {
  for (const { why, change, add = [], remove = [] } of [
    { why: "stays as it is when nothing changed", change: {} },
    { why: "is everybody who was agreed on before there is an alliance", change: { members: [], taken: addresses() } },
    { why: "is a node that was let in", change: { agreed: [founder, observer, guest] }, add: [guest] },
    { why: "is a member's node that said where it is", change: { members: [self, founder, guest] }, add: [guest] },
    {
      why: "is a member's node where it was agreed to be while it says nothing",
      change: { members: [self, { address: founder.address, enode: undefined }] },
    },
    {
      why: "is a validator at its new place and its old one",
      change: { members: [self, moved] },
      add: [moved],
    },
    {
      why: "is a member's node at its new place only when it is no validator",
      change: { members: [self, moved], validators: addresses(self) },
      add: [moved],
      remove: [founder],
    },
    { why: "is no stranger", change: { listed: [...CALM.listed, stranger.enode] }, remove: [stranger] },
    {
      why: "is nobody who left",
      change: {
        ...{ listed: [...CALM.listed, left.enode], agreed: [founder, observer, left] },
        taken: addresses(self, founder, left),
      },
      remove: [left],
    },
    {
      why: "is somebody who left as long as it is a validator",
      change: {
        ...{ listed: [...CALM.listed, left.enode], taken: addresses(self, founder, left) },
        validators: addresses(self, founder, left),
      },
    },
    { why: "includes the node itself", change: { listed: [founder.enode, observer.enode] }, add: [self] },
    {
      why: "is compared without the port of discovery",
      change: { listed: CALM.listed.map((enode) => `${enode}?discport=0`) },
    },
    { why: "leaves alone what it can not read", change: { listed: [...CALM.listed, "enode://x@host:1"] } },
  ] as { why: string; change: Partial<AllowScene>; add?: KnownNode[]; remove?: KnownNode[] }[])
    it(why, () => {
      const scene = { ...CALM, ...change };
      const first = decideAllowed(scene, NONE, SETTLE);
      expect(first.add).to.deep.equal(add.map(({ enode }) => enode));
      expect(first.remove, "not at once").to.deep.equal([]);
      const later = decideAllowed({ ...scene, block: 100 + SETTLE }, first.unwanted, SETTLE);
      expect(later.remove).to.deep.equal(remove.map(({ enode }) => enode));
    });

  it("forgets that it wanted to take somebody off who is wanted again", () => {
    const scene = { ...CALM, listed: [...CALM.listed, guest.enode] };
    const first = decideAllowed(scene, NONE, SETTLE);
    const again = decideAllowed({ ...scene, block: 105, members: [...CALM.members, guest] }, first.unwanted, SETTLE);
    const then = decideAllowed({ ...scene, block: 111 }, again.unwanted, SETTLE);
    expect(then.remove).to.deep.equal([]);
  });

  it("names those whom a restart must not bring back: a member's once, nobody's now, no validator", () => {
    const agreed = [self, founder, observer, left];
    const scene = { ...CALM, agreed, taken: addresses(self, founder, left) };
    expect([...decideAllowed(scene, NONE, SETTLE).gone]).to.deep.equal([left.address]);
    const validators = addresses(self, founder, left);
    expect([...decideAllowed({ ...scene, validators }, NONE, SETTLE).gone]).to.deep.equal([]);
  });
});

describe("where a node says it is reached", () => {
  const { publicKey } = seededNodeKey("self");

  for (const { host, bytes } of [
    { host: "10.1.2.3", bytes: "0x0a010203" },
    { host: "2001:db8::7", bytes: "0x20010db8000000000000000000000007" },
    { host: "::1", bytes: "0x00000000000000000000000000000001" },
  ])
    it(`is ${host}, as ${bytes} on the chain`, () => {
      const enode = enodeUrl({ publicKey, host, port: 30_303 });
      const call = nodeDirectory.decodeFunctionData("announce", announceData(enode));
      expect([...call]).to.deep.equal([publicKey, bytes, 30_303n]);
      const back = enodeOf({ publicKey, host: bytes, port: 30_303n });
      expect(isSameEndpoint(enode, back)).to.equal(true);
    });

  it("is its IPv4 address, also as IPv6 writes one", () => {
    const host = `0x${"00".repeat(10)}ffff0a010203`;
    expect(enodeOf({ publicKey, host, port: 1n })).to.equal(enodeUrl({ publicKey, host: "10.1.2.3", port: 1 }));
  });

  it("is nowhere when nobody can dial it", () => {
    for (const host of ["0x00000000", `0x${"00".repeat(16)}`])
      expect(enodeOf({ publicKey, host, port: 1n })).to.equal(undefined);
  });

  it("is nowhere before it said so", () => {
    expect(enodeOf({ publicKey: "0x", host: "0x", port: 0n })).to.equal(undefined);
    expect(isSameEndpoint(self.enode, undefined)).to.equal(false);
  });
});
