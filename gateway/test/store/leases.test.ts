/** Keys are leased to one process each, and a merchant's tills together. */
import { expect } from "chai";
import { beat } from "../../src/store/leases.ts";
import type { Store } from "../../src/store/database.ts";
import { ENGINES, freshStore } from "../support/stores.ts";
import { roomsOn } from "../support/world.ts";

const LEASE_MS = 60_000;
const MERCHANT = { purpose: "till", merchantId: 7 } as const;

for (const engine of ENGINES)
  describe(`leases of keys (${engine})`, () => {
    let store: Store;

    before(async function () {
      this.timeout(240_000);
      store = await freshStore(engine);
    });
    after(() => store.close());

    it("take a till that joins a merchant whose tills are held already, and leave it to nobody else", async () => {
      const { signers, db } = await roomsOn(store);
      const addressesOf = async (process: string) => (await beat(db, process, LEASE_MS)).map(({ address }) => address);
      const first = await signers.create(MERCHANT);
      expect(await addressesOf("one")).to.include(first);
      const second = await signers.create(MERCHANT);
      expect(await addressesOf("one")).to.include.members([first, second]);
      expect(await addressesOf("two")).to.not.include.members([first]);
      expect(await addressesOf("two")).to.not.include.members([second]);
    });
  });
