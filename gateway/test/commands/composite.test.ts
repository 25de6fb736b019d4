/** One signature for several consents, through the API and on a real chain. */
import { expect } from "chai";
import { Wallet, concat } from "ethers";
import { keyFor } from "../support/api.ts";
import type { Answered } from "../support/api.ts";
import type { FollowingGateway } from "../support/following.ts";
import { openFollowing } from "../support/following.ts";
import type { TestMerchant } from "../support/ledger.ts";
import { sharedLedger } from "../support/ledger.ts";
import { stopShared } from "../support/shared.ts";

interface Prepared {
  readonly domain: object;
  readonly types: Record<string, { name: string; type: string }[]>;
  readonly primaryType: string;
  readonly message: Record<string, unknown>;
  readonly request: object;
}
interface Composite extends Omit<Prepared, "request"> {
  readonly parts: { digest: string; prefix: string; suffix: string }[];
}

after(stopShared);

describe("one signature for several consents", function () {
  this.timeout(240_000);
  const wallet = new Wallet(Wallet.createRandom().privateKey);
  let gateway: FollowingGateway;
  let shop: TestMerchant;
  let till: string;

  before(async () => {
    const ledger = await sharedLedger();
    shop = await ledger.addMerchant();
    gateway = await openFollowing("embedded", ledger);
    for (const key of shop.tillKeys)
      await gateway.rooms.signers.importKey(key, { purpose: "till", merchantId: shop.id });
    till = await keyFor(gateway.rooms, "till", { merchantId: shop.id });
    const items = [{ to: wallet.address, points: "1000", orderRef: "first" }];
    const { body } = await gateway.post(`/v1/points/${shop.token}/issues`, till, { items });
    expect(body.state, JSON.stringify(body)).to.equal("confirmed");
  });
  after(() => gateway.stop());

  const ask = (path: string, body: object): Promise<Answered> =>
    gateway.api.ask("POST", `/v1/signing/${path}`, { body });

  async function partOf(ref: string): Promise<Prepared> {
    const asked = { token: shop.token, account: wallet.address, points: "100", kind: "goods", ref };
    return (await ask("redeem", asked)).body as Prepared;
  }

  const bare = ({ domain, types, primaryType, message }: Prepared) => ({ domain, types, primaryType, message });

  it("is good for each of them once, and for nothing else", async () => {
    const parts = [await partOf("one"), await partOf("two"), await partOf("three")];
    const { body, status } = await ask("composite", { parts: parts.map(bare) });
    expect(status, JSON.stringify(body)).to.equal(200);
    const composite = body as Composite;
    expect(composite.domain).to.deep.equal({ name: "CompositeSignature", version: "1", chainId: 20_260 });
    const signature = await wallet.signTypedData(composite.domain, composite.types, composite.message);
    const redeem = (k: number, request: object) => {
      const { prefix, suffix } = composite.parts[k]!;
      const signed = { ...request, signature: concat([prefix, signature, suffix]) };
      return gateway.post(`/v1/points/${shop.token}/redemptions`, till, signed);
    };
    // Another amount than the one signed, another part's way to the root.
    for (const answer of [await redeem(0, { ...parts[0]!.request, points: "101" }), await redeem(1, parts[0]!.request)])
      expect(answer.body.facts.error, JSON.stringify(answer.body)).to.equal("MerchantPointSignatureInvalid");
    for (const k of [2, 0, 1]) expect((await redeem(k, parts[k]!.request)).body.state).to.equal("confirmed");
    expect((await redeem(0, parts[0]!.request)).body.facts.error).to.equal("MerchantPointRedemptionExists");
  });

  it("is refused for one part, for too many, and for what is no typed data", async () => {
    const part = bare(await partOf("four"));
    const wrong = { ...part, message: { ...part.message, points: "many" } };
    for (const parts of [
      [part],
      Array.from({ length: 9 }, () => part),
      [part, wrong],
      [part, { ...part, types: {} }],
    ]) {
      const { status, body } = await ask("composite", { parts });
      expect([status, body.code], JSON.stringify(body)).to.deep.equal([400, "request_invalid"]);
    }
  });
});
