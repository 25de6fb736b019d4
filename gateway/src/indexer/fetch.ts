/** One range of blocks with all that is needed to apply it, fetched before any database transaction begins. */
import type { Block, ChainClient, ChainTransaction, Receipt } from "../chain/client.ts";
import type { LogDecoder } from "../chain/decode-logs.ts";
import type { Deployment } from "../chain/deployment.ts";
import type { MemberProfile, MerchantTerms } from "../chain/read-contracts.ts";
import { fetchGovernanceConstants, fetchMemberProfile, fetchTerms } from "../chain/read-contracts.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { LedgerEvent } from "../kernel/events.ts";
import type { Hex32 } from "../kernel/ids.ts";
import type { Announced } from "./books.ts";

export interface Range {
  readonly blocks: readonly Block[];
  /** In the order of the log. */
  readonly events: readonly LedgerEvent[];
  readonly transactions: readonly ChainTransaction[];
  readonly receipts: ReadonlyMap<Hex32, Receipt>;
  readonly announced: Announced;
}

export interface Source {
  readonly chain: ChainClient;
  readonly deployment: Deployment;
  readonly decoder: LogDecoder;
}

export async function fetchRange({ chain, deployment, decoder }: Source, from: number, to: number): Promise<Range> {
  const [blocks, logs, transactions] = await Promise.all([
    chain.blocks(from, to),
    chain.logs(from, to),
    chain.transactionsOf(from, to),
  ]);
  const receipts = await chain.receipts(transactions.map(({ hash }) => hash));
  assertOneChain(blocks, [...logs, ...transactions, ...receipts.values()]);
  if (receipts.size < transactions.length)
    throw new LedgerError("not_ready", { detail: `the node has not all receipts of blocks ${from} to ${to} yet` });
  const events = decoder.decode(logs);
  const announced = await fetchAnnounced(chain, deployment, events);
  if (from > Math.max(1, deployment.deployedAtBlock)) return { blocks, events, transactions, receipts, announced };
  const constants = await fetchGovernanceConstants(chain, deployment.contracts);
  return { blocks, events, transactions, receipts, announced: { ...announced, constants } };
}

/** The answers may come from several nodes, one of which lags or was put back: together they must tell one history. */
function assertOneChain(blocks: readonly Block[], parts: readonly { blockNumber: number; blockHash: Hex32 }[]): void {
  const hashes = new Map(blocks.map(({ number, hash }) => [number, hash]));
  for (const { blockNumber, blockHash } of parts) {
    const expected = hashes.get(blockNumber);
    if (expected !== undefined && expected !== blockHash)
      throw new LedgerError("not_ready", { detail: `two nodes differ about block ${blockNumber}` });
  }
}

/** Terms and member profiles stand in the contracts, not in their events. */
async function fetchAnnounced(
  chain: ChainClient,
  { contracts }: Deployment,
  events: readonly LedgerEvent[],
): Promise<Announced> {
  const terms = new Map<number, MerchantTerms>();
  const profiles = new Map<number, MemberProfile>();
  for (const event of events) {
    if (event.type === "registry.MerchantApplied")
      terms.set(Number(event.merchantId), await fetchTerms(chain, contracts.merchantRegistry, event.merchantId));
    if (event.type === "alliance.MemberAdmitted")
      profiles.set(Number(event.memberId), await fetchMemberProfile(chain, contracts.alliance, event.memberId));
  }
  return { terms, profiles };
}
