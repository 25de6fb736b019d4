import { expect } from "chai";
import { Transaction, verifyTypedData, Wallet } from "ethers";
import { LedgerError } from "../../src/kernel/errors.ts";
import { parseAddress, parseHexData } from "../../src/kernel/ids.ts";
import { openSigners } from "../../src/signer/open.ts";
import type { Store } from "../../src/store/database.ts";
import { ENGINES, freshStore } from "../support/stores.ts";
import { stopShared } from "../support/shared.ts";

after(stopShared);

const TO = parseAddress(`0x${"42".repeat(20)}`);

for (const engine of ENGINES)
  describe(`signers on ${engine}`, function () {
    this.timeout(180_000);
    let store: Store;

    before(async () => {
      store = await freshStore(engine);
    });
    after(() => store.close());

    it("keep imported keys across openings, sealed, and sign with them", async () => {
      const wallet = Wallet.createRandom();
      const first = await openSigners(store.db, "correct horse");
      const address = await first.importKey(parseHexData(wallet.privateKey), { purpose: "till", merchantId: 3 });
      expect(await first.importKey(parseHexData(wallet.privateKey), { purpose: "till", merchantId: 3 })).to.equal(
        address,
      );

      const again = await openSigners(store.db, "correct horse");
      expect(await again.addressesOf("till", 3)).to.deep.equal([wallet.address.toLowerCase()]);
      expect(await again.addressesOf("till", 4)).to.deep.equal([]);
      const unsigned = { chainId: 20260, nonce: 7, to: TO, data: parseHexData("0x1234"), gasLimit: 99_000n };
      const { raw, hash } = await again.signTransaction(address, unsigned);
      const parsed = Transaction.from(raw);
      expect([parsed.from, parsed.nonce, parsed.hash]).to.deep.equal([wallet.address, 7, hash]);
      expect(parsed.gasPrice).to.equal(0n);

      const domain = { name: "Test", version: "1", chainId: 20260, verifyingContract: TO };
      const types = { Note: [{ name: "points", type: "uint256" }] };
      const signature = await again.signTypedData(address, { domain, types, message: { points: 5n } });
      expect(verifyTypedData(domain, types, { points: 5n }, signature)).to.equal(wallet.address);
    });

    it("do not open with another passphrase", async () => {
      await openSigners(store.db, "correct horse");
      const code = await openSigners(store.db, "wrong horse").then(
        () => "opened",
        (error: unknown) => (error instanceof LedgerError ? error.code : String(error)),
      );
      expect(code).to.equal("passphrase_wrong");
    });

    it("keep no key readable in the store", async () => {
      const wallet = Wallet.createRandom();
      const signers = await openSigners(store.db, "correct horse");
      await signers.importKey(parseHexData(wallet.privateKey), { purpose: "customer" });
      const rows = await store.db.selectFrom("signer_key").selectAll().execute();
      const secret = wallet.privateKey.slice(2);
      for (const row of rows) expect(Buffer.from(row.sealed).toString("hex")).not.to.contain(secret);
      expect(JSON.stringify(rows)).not.to.contain(secret);
    });

    it("seal other rooms' secrets under the label of their row, and open them under no other", async () => {
      const signers = await openSigners(store.db, "correct horse");
      const secret = Buffer.from("a secret of 24 bytes....");
      const sealed = signers.sealSecret("webhook 1", secret);
      expect(sealed.includes(secret)).to.equal(false);
      const again = await openSigners(store.db, "correct horse");
      expect(again.openSecret("webhook 1", sealed)).to.deep.equal(secret);
      const [address] = await signers.addressesOf("till");
      const row = await store.db
        .selectFrom("signer_key")
        .selectAll()
        .where("address", "=", address!)
        .executeTakeFirst();
      const attempts = [() => again.openSecret("webhook 2", sealed), () => again.openSecret(address!, row!.sealed)];
      for (const attempt of attempts) expect(attempt).to.throw(LedgerError, "can not be opened");
    });

    it("refuse to sign with a key they do not have, or whose row was moved", async () => {
      const signers = await openSigners(store.db, "correct horse");
      const [address] = await signers.addressesOf("till");
      await store.db
        .insertInto("signer_key")
        .columns(["address", "purpose", "sealed"])
        .expression((builder) =>
          builder
            .selectFrom("signer_key")
            .select([builder.val(TO).as("address"), "purpose", "sealed"])
            .where("address", "=", address!),
        )
        .execute();
      const fresh = await openSigners(store.db, "correct horse");
      const unsigned = { chainId: 1, nonce: 0, to: TO, data: parseHexData("0x"), gasLimit: 21_000n };
      const code = await fresh.signTransaction(TO, unsigned).then(
        () => "signed",
        (error: unknown) => (error instanceof LedgerError ? error.code : String(error)),
      );
      expect(code).to.equal("not_found");
    });
  });
