import { expect } from "chai";
import { profileOf, signRequest, verifyRequest } from "../../membership/admission-request.ts";
import type { AdmissionRequest } from "../../membership/admission-request.ts";
import type { Invitation, SignedInvitation } from "../../membership/invitation.ts";
import { signInvitation, verifyInvitation } from "../../membership/invitation.ts";
import type { NodeCard } from "../../membership/node-card.ts";
import { signCard, verifyCard } from "../../membership/node-card.ts";
import { NetworkError } from "../../plan/network-error.ts";
import type { Hex32 } from "../../../gateway/src/kernel/ids.ts";
import { JOINER, NEWCOMER, NODE, NOW, paperInvitation, REPRESENTATIVE, tampered, walletOf } from "../support/papers.ts";

/** The sentence that it is refused with; fails when it is not. */
function refusalOf(act: () => unknown, code = "refused"): string {
  try {
    act();
  } catch (error) {
    expect(error).to.be.instanceOf(NetworkError);
    expect((error as NetworkError).code).to.equal(code);
    return (error as NetworkError).message;
  }
  throw new Error("it was not refused");
}

describe("an invitation", () => {
  const sign = (changes: Partial<Invitation> = {}): SignedInvitation =>
    signInvitation({ ...paperInvitation(), ...changes }, REPRESENTATIVE.key);

  it("is read as it was signed, whatever the order and indentation of its fields", () => {
    const signed = sign();
    expect(verifyInvitation(JSON.parse(JSON.stringify(signed)), { now: NOW })).to.deep.equal(signed);
    const turned = Object.fromEntries(Object.entries(signed).reverse());
    expect(verifyInvitation(turned, { now: NOW, signer: REPRESENTATIVE.address }).id).to.equal(signed.id);
  });

  it("is refused when any field is changed, added or taken out", () => {
    const cases = tampered(sign());
    expect(cases.length).to.be.greaterThan(60);
    for (const { where, json } of cases)
      expect(() => verifyInvitation(json, { now: NOW }), where).to.throw(NetworkError);
  });

  it("is refused when it was signed by another key than the one told by telephone", () => {
    const words = refusalOf(() => verifyInvitation(sign(), { now: NOW, signer: NEWCOMER.address }));
    expect(words).to.contain(REPRESENTATIVE.address).and.to.contain(NEWCOMER.address);
  });

  it("is refused when a stranger signs it anew and keeps the representative's address", () => {
    const forged = signInvitation(paperInvitation(), NEWCOMER.key);
    expect(refusalOf(() => verifyInvitation(forged, { now: NOW }))).to.contain("signature");
  });

  it("is refused once it has expired", () => {
    expect(verifyInvitation(sign(), { now: NOW + 3_599 }).network.name).to.equal("paper");
    expect(refusalOf(() => verifyInvitation(sign(), { now: NOW + 3_600 }))).to.contain("expired at 2026-");
  });

  it("is refused when its parts speak of several chains", () => {
    const { deployment, network } = paperInvitation();
    for (const changes of [
      { network: { ...network, chain: { ...network.chain, chainId: 1 } } },
      { deployment: { ...deployment, chainId: 1 } },
      { deployment: { ...deployment, genesisHash: `0x${"0f".repeat(32)}` as Hex32 } },
      { genesis: '{"config":{"chainId":1}}' },
      { genesis: "no json" },
    ])
      refusalOf(() => verifyInvitation(sign(changes), { now: NOW }));
  });

  it("is refused when a node in it has not the key of its address or enode", () => {
    const { network } = paperInvitation();
    const [node] = network.nodes;
    for (const changes of [{ address: JOINER.address }, { publicKey: JOINER.publicKey }, { host: "10.0.0.2" }])
      expect(
        refusalOf(() =>
          verifyInvitation(sign({ network: { ...network, nodes: [{ ...node!, ...changes }] } }), { now: NOW }),
        ),
      ).to.contain("founder-1");
  });

  it("is refused when the network has an organisation of that name", () => {
    const signed = sign({ invited: { slug: "founder", name: "Another" } });
    expect(refusalOf(() => verifyInvitation(signed, { now: NOW }))).to.contain("founder already");
  });

  it("is refused when one signature is spelled in another way", () => {
    const signed = sign();
    const high = `${signed.signature.slice(0, -2)}${signed.signature.endsWith("1b") ? "1c" : "1b"}`;
    refusalOf(() => verifyInvitation({ ...signed, signature: high }, { now: NOW }));
  });

  for (const json of [null, [], "text", 7, {}]) {
    it(`is not ${JSON.stringify(json)}`, () => {
      expect(refusalOf(() => verifyInvitation(json, { now: NOW }))).to.contain("This is no invitation");
    });
  }
});

describe("a node card", () => {
  const invitation = paperInvitation();
  const card = (changes: Partial<NodeCard> = {}): NodeCard => ({
    kind: "alliance-network-node-card",
    version: 1,
    chainId: invitation.network.chain.chainId,
    alliance: invitation.deployment.contracts["alliance"]!,
    invitation: invitation.id,
    organisation: "newcomer",
    publicKey: JOINER.publicKey,
    host: "10.0.0.9",
    port: 30_303,
    expiresAt: invitation.expiresAt,
    ...changes,
  });

  it("tells how the invited node is reached", () => {
    expect(verifyCard(signCard(card(), JOINER.privateKey), invitation, NOW)).to.deep.equal({
      address: JOINER.address,
      enode: `enode://${JOINER.publicKey.slice(2)}@10.0.0.9:30303`,
      organisation: "newcomer",
    });
  });

  it("is refused when any field is changed, added or taken out", () => {
    for (const { where, json } of tampered(signCard(card(), JOINER.privateKey)))
      expect(() => verifyCard(json, invitation, NOW), where).to.throw(NetworkError);
  });

  it("is refused when it was signed by another key than the node's", () => {
    expect(refusalOf(() => verifyCard(signCard(card(), NODE.privateKey), invitation, NOW))).to.contain("signature");
  });

  it("is refused as the answer to another invitation, of another organisation, on another chain, or too late", () => {
    for (const [changes, words] of [
      [{ invitation: `0x${"22".repeat(32)}` as Hex32 }, "another invitation"],
      [{ organisation: "somebody-else" }, "invited was newcomer"],
      [{ chainId: 1 }, "another network"],
      [{ alliance: walletOf("another alliance").address }, "another network"],
      [{ expiresAt: NOW }, "expired"],
    ] as const)
      expect(refusalOf(() => verifyCard(signCard(card(changes), JOINER.privateKey), invitation, NOW))).to.contain(
        words,
      );
    const late = signCard(card({ expiresAt: NOW + 99_999 }), JOINER.privateKey);
    expect(refusalOf(() => verifyCard(late, invitation, invitation.expiresAt))).to.contain("expired");
  });

  it("is refused when it names a host that no enode can carry", () => {
    const named = signCard(card({ host: "node.example" }), JOINER.privateKey);
    expect(refusalOf(() => verifyCard(named, invitation, NOW), "input")).to.contain("names of hosts");
  });
});

describe("an admission request", () => {
  const ground = {
    chainId: 20_260,
    alliance: walletOf("alliance").address,
    genesisHash: `0x${"0e".repeat(32)}` as Hex32,
  };
  const request = (changes: Partial<AdmissionRequest> = {}): AdmissionRequest => ({
    kind: "alliance-network-admission-request",
    version: 1,
    ...ground,
    name: "新成员 Newcomer",
    ...profileOf("新成员 Newcomer"),
    representative: NEWCOMER.address,
    node: JOINER.address,
    ...changes,
  });
  const keys = { representative: NEWCOMER.key, node: JOINER.privateKey };

  it("is signed by the representative and by the node", () => {
    expect(verifyRequest(signRequest(request(), keys), ground)).to.deep.equal(request());
    for (const wrong of [
      { ...keys, node: NODE.privateKey },
      { ...keys, representative: REPRESENTATIVE.key },
    ])
      expect(refusalOf(() => verifyRequest(signRequest(request(), wrong), ground))).to.contain("signature");
  });

  it("is refused when any field is changed, added or taken out", () => {
    for (const { where, json } of tampered(signRequest(request(), keys)))
      expect(() => verifyRequest(json, ground), where).to.throw(NetworkError);
  });

  it("is refused on another chain, and with one key for both offices", () => {
    const signed = signRequest(request(), keys);
    refusalOf(() => verifyRequest(signed, { ...ground, chainId: 1 }));
    refusalOf(() => verifyRequest(signed, { ...ground, genesisHash: `0x${"0f".repeat(32)}` as Hex32 }));
    const same = signRequest(request({ node: NEWCOMER.address }), { ...keys, node: NEWCOMER.key });
    expect(refusalOf(() => verifyRequest(same, ground))).to.contain("one address");
  });

  it("carries a profile that fits the contract for the longest name", () => {
    const name = "企".repeat(21) + "x";
    expect(Buffer.byteLength(name)).to.equal(64);
    const { profileUri } = profileOf(name);
    expect(Buffer.byteLength(profileUri)).to.be.at.most(256);
    expect(decodeURIComponent(profileUri)).to.contain(name);
  });
});
