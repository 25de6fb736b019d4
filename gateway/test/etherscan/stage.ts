/** A chain with two merchants and a few movements, and the API over a store of it. */
import * as abi from "../../src/chain/contracts.ts";
import { refOf } from "../../src/chain/text-ref.ts";
import type { Rooms } from "../../src/commands/rooms.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import { Follower } from "../../src/indexer/follow.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import type { Address, Hex32 } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import type { Engine } from "../../src/store/database.ts";
import type { Api } from "../support/api.ts";
import { startApi } from "../support/api.ts";
import type { ChainLab, MerchantInLab } from "../support/chain-lab.ts";
import { startChainLab } from "../support/chain-lab.ts";
import { freshStore } from "../support/stores.ts";

/** Clients of the real Etherscan refuse a chain that it does not serve: this is the number of one that was shut down. */
export const CHAIN_ID = 17_000;

export interface PlayedChain {
  readonly lab: ChainLab;
  readonly shop: MerchantInLab;
  readonly alice: Address;
  readonly bob: Address;
  readonly issueHash: Hex32;
  /** Reverted: more points than she has. */
  readonly refusedHash: Hex32;
}

export async function playChain(chainId = CHAIN_ID): Promise<PlayedChain> {
  const lab = await startChainLab({}, chainId);
  const [, controller, till, alice, bob] = lab.accounts as [Address, Address, Address, Address, Address];
  const shop = await lab.admitMerchant({ name: "乡村基", calendar: 1, controller, till });
  const call = (method: "issue" | "transfer" | "redeem", args: unknown[]): string =>
    abi.merchantPoint.encodeFunctionData(method as "issue", args as never);
  const issueHash = await lab.send(till, shop.token, call("issue", [alice, 10_000n, refOf("order-1")]));
  await lab.mine();
  await lab.must(alice, shop.token, call("transfer", [bob, 2_500n]));
  await lab.must(bob, shop.token, call("redeem", [500n, 0, refOf("bill-7")]));
  const refusedHash = await lab.send(alice, shop.token, call("transfer", [bob, 999_999n]));
  await lab.mine();
  return { lab, shop, alice, bob, issueHash, refusedHash };
}

export interface ApiOver {
  readonly api: Api;
  readonly rooms: Rooms;
  /** Reads the chain up to its head. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

export async function openApi({ chain, deployment }: ChainLab, engine: Engine): Promise<ApiOver> {
  const store = await freshStore(engine);
  const rooms = { db: store.db, engine, chain, deployment, clock: wallClock, log: silentLog } as unknown as Rooms;
  const follower = new Follower({ db: store.db, chain, deployment, log: silentLog });
  const catchUp = async (): Promise<void> => {
    while ((await follower.step()).did !== "nothing");
  };
  await catchUp();
  const api = await startApi(rooms, allRoutes);
  return {
    api,
    rooms,
    catchUp,
    async close() {
      await api.close();
      await store.close();
    },
  };
}
