/** A council at work over the API: rooms, outbox and server on a ledger, and a word for each step of a proposal. */
import { Wallet } from "ethers";
import { merchantIdOfToken } from "../../src/commands/find-merchant.ts";
import type { Rooms } from "../../src/commands/rooms.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import type { Address, HexData } from "../../src/kernel/ids.ts";
import { parseAddress, parseHexData } from "../../src/kernel/ids.ts";
import { startOutbox } from "../../src/outbox/worker.ts";
import type { Answered, Api } from "./api.ts";
import { keyFor, startApi } from "./api.ts";
import type { TestLedger } from "./ledger.ts";
import { freshStore } from "./stores.ts";
import { FOUNDER, roomsOn } from "./world.ts";

export interface CouncilStage {
  readonly rooms: Rooms;
  readonly api: Api;
  /** API key of the founding member. */
  readonly founder: string;
  readonly regulator: string;
  readonly anybody: string;
  /** Waits for the outcome on the chain. */
  post(path: string, key: string, body?: object): Promise<Answered>;
  /** Proposes with the founder's vote; gives the number. */
  propose(actions: readonly object[], description?: string): Promise<number>;
  /** Queues if a delay asks for it, and executes. Throws unless it is carried out. */
  carryOut(id: number): Promise<void>;
  stop(): Promise<void>;
}

let proposals = 0;

export async function openCouncil(ledger: TestLedger, processId: string): Promise<CouncilStage> {
  const store = await freshStore("embedded");
  const rooms = await roomsOn(store, undefined, ledger);
  const outbox = startOutbox(rooms, { processId });
  const api = await startApi(rooms, allRoutes, {
    gate: { merchantOfToken: (token) => merchantIdOfToken(rooms, token) },
  });
  const founder = await keyFor(rooms, "member", { memberId: FOUNDER });
  const anybody = await keyFor(rooms, "auditor");
  const post: CouncilStage["post"] = (path, key, body) =>
    api.ask("POST", path, { key, headers: { prefer: "wait=30" }, ...(body === undefined ? {} : { body }) });

  async function propose(actions: readonly object[], description?: string): Promise<number> {
    proposals += 1;
    const asked = { actions, description: description ?? `Proposal ${proposals} of ${processId}`, vote: true };
    const { body } = await post("/v1/council/proposals", founder, asked);
    if (body.vote?.state !== "confirmed") throw new Error(`not proposed: ${JSON.stringify(body)}`);
    return body.proposal.proposalId as number;
  }

  async function carryOut(id: number): Promise<void> {
    const path = `/v1/council/proposals/${id}`;
    const queued = await post(`${path}/queue`, anybody);
    const isNeedless = queued.body.facts?.error === "GovernorProposalQueueingNotRequired";
    if (!isNeedless && queued.body.state !== "confirmed") throw new Error(`not queued: ${JSON.stringify(queued.body)}`);
    const { body } = await post(`${path}/execute`, anybody);
    if (body.state !== "confirmed") throw new Error(`not executed: ${JSON.stringify(body)}`);
  }

  return {
    rooms,
    api,
    founder,
    regulator: await keyFor(rooms, "regulator"),
    anybody,
    post,
    propose,
    carryOut,
    async stop() {
      await api.close();
      await outbox.stop();
      await store.close();
    },
  };
}

export interface Newcomer {
  readonly wallet: { readonly address: Address; readonly privateKey: HexData };
  /** The action that admits it. */
  readonly admission: object;
}

/** An organisation with keys of its own. */
export function newcomer(name: string): Newcomer {
  const { address, privateKey } = Wallet.createRandom();
  const node = Wallet.createRandom().address;
  const profile = { profileUri: "data:application/json,{}", profileHash: `0x${"22".repeat(32)}` };
  return {
    wallet: { address: parseAddress(address), privateKey: parseHexData(privateKey) },
    admission: { action: "admit-member", name, ...profile, representative: address, node },
  };
}
