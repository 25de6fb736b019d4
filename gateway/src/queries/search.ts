/** Finding things by what people have at hand: an address, a hash, a number, a name, an order number. */
import type { Address, Hex32 } from "../kernel/ids.ts";
import type { OwnRef } from "../store/find-refs.ts";
import { findOwnRefs } from "../store/find-refs.ts";
import { findIssues, findMerchants, findRedemptions, readAccount, readParts } from "../store/read-accounts.ts";
import { readBlock, readTransaction } from "../store/read-activity.ts";
import { findMembers, findProposals, readProposal } from "../store/read-council.ts";
import { readToken, readTokensOf } from "../store/read-issuers.ts";
import type { Tx } from "../store/database.ts";
import type { Reading } from "./at-block.ts";
import { atBlock } from "./at-block.ts";

export interface Hit {
  readonly kind:
    | "account"
    | "point"
    | "merchant"
    | "block"
    | "transaction"
    | "issue"
    | "redemption"
    | "member"
    | "proposal"
    | OwnRef["kind"];
  /** What its page is found by: an address, a number, an id, a transaction's hash. */
  readonly id: string;
  /** What to show. */
  readonly label: string;
  /** Where it is read: a path of this API. */
  readonly path: string;
}

export interface SearchText {
  readonly text: string;
  /** keccak-256 of the text: the name of an order on the chain. */
  readonly hashed: Hex32;
  /** Of the caller: what it calls its own orders is found too. */
  readonly merchantId?: number | undefined;
}

export function search(reading: Reading, { text, hashed, merchantId }: SearchText) {
  return atBlock(reading, async ({ tx }) => {
    const hits: Hit[] = [];
    const lower = text.trim().toLowerCase();
    if (/^0x[0-9a-f]{40}$/.test(lower)) hits.push(...(await byAddress(tx, lower as Address)));
    if (/^0x[0-9a-f]{64}$/.test(lower)) hits.push(...(await byHash(tx, lower as Hex32)));
    else hits.push(...(await byRef(tx, hashed)));
    if (merchantId !== undefined) hits.push(...(await byOwnRef(tx, merchantId, text.trim())));
    if (/^[0-9]{1,9}$/.test(lower)) hits.push(...(await byNumber(tx, Number(lower))));
    if (!lower.startsWith("0x")) hits.push(...(await byName(tx, text.trim())));
    return { items: hits };
  });
}

async function byAddress(tx: Tx, address: Address): Promise<Hit[]> {
  const token = await readToken(tx, address);
  if (token !== undefined)
    return [{ kind: "point", id: address, label: `${token.name} (${token.symbol})`, path: `/v1/points/${address}` }];
  const parts = await readParts(tx, address);
  const known = parts.length > 0 || (await readAccount(tx, address)) !== undefined;
  const label = parts.map(({ part, name }) => `${part} ${name}`).join(", ");
  return known
    ? [{ kind: "account", id: address, label: label === "" ? address : label, path: `/v1/accounts/${address}` }]
    : [];
}

async function byHash(tx: Tx, hash: Hex32): Promise<Hit[]> {
  const hits: Hit[] = [];
  const transaction = await readTransaction(tx, hash);
  if (transaction !== undefined)
    hits.push({
      kind: "transaction",
      id: hash,
      label: `${transaction.action} ${hash}`,
      path: `/v1/transactions/${hash}`,
    });
  const block = await readBlock(tx, hash);
  if (block !== undefined)
    hits.push({
      kind: "block",
      id: String(block.number),
      label: `block ${block.number}`,
      path: `/v1/blocks/${block.number}`,
    });
  return [...hits, ...(await byRef(tx, hash))];
}

async function byNumber(tx: Tx, number: number): Promise<Hit[]> {
  const block = await readBlock(tx, number);
  const hits: Hit[] =
    block === undefined
      ? []
      : [{ kind: "block", id: String(number), label: `block ${number}`, path: `/v1/blocks/${number}` }];
  const proposal = await readProposal(tx, number);
  return proposal === undefined ? hits : [...hits, proposalHit(proposal)];
}

async function byRef(tx: Tx, ref: Hex32): Promise<Hit[]> {
  const [issues, redemptions] = [await findIssues(tx, ref), await findRedemptions(tx, ref)];
  const tokens = await readTokensOf(
    tx,
    [...issues, ...redemptions].map(({ token }) => token),
  );
  const symbol = (address: Address): string => tokens.find((token) => token.address === address)?.symbol ?? address;
  return [
    ...issues.map((row): Hit => ({
      kind: "issue",
      id: row.transaction_hash,
      label: `issue of ${symbol(row.token)}`,
      path: `/v1/transactions/${row.transaction_hash}`,
    })),
    ...redemptions.map((row): Hit => ({
      kind: "redemption",
      id: row.transaction_hash,
      label: `redemption of ${symbol(row.token)}: ${row.state}`,
      path: `/v1/transactions/${row.transaction_hash}`,
    })),
  ];
}

const OWN_PATHS: Readonly<Record<OwnRef["kind"], (merchantId: number, id: string) => string>> = {
  order: (merchantId, id) => `/v1/merchants/${merchantId}/orders/${encodeURIComponent(id)}`,
  checkout: (merchantId, id) => `/v1/merchants/${merchantId}/checkouts/${encodeURIComponent(id)}`,
  goodsRedemption: (merchantId, id) => `/v1/merchants/${merchantId}/goods-redemptions/${encodeURIComponent(id)}`,
  command: (_merchantId, id) => `/v1/commands/${id}`,
};

async function byOwnRef(tx: Tx, merchantId: number, ref: string): Promise<Hit[]> {
  return (await findOwnRefs(tx, merchantId, ref)).map(({ kind, id, state }) => ({
    kind,
    id,
    label: `${kind === "goodsRedemption" ? "goods redemption" : kind} ${ref}: ${state}`,
    path: OWN_PATHS[kind](merchantId, id),
  }));
}

async function byName(tx: Tx, text: string): Promise<Hit[]> {
  const merchants = (await findMerchants(tx, text)).map((row): Hit => ({
    kind: "merchant",
    id: String(row.id),
    label: `${row.legal_name} (${row.token_symbol})`,
    path: `/v1/merchants/${row.id}`,
  }));
  const members = (await findMembers(tx, text)).map((row): Hit => ({
    kind: "member",
    id: String(row.id),
    label: row.name,
    path: `/v1/members/${row.id}`,
  }));
  return [...merchants, ...members, ...(await findProposals(tx, text)).map(proposalHit)];
}

/** The first line of its description. */
function proposalHit({ id, description }: { id: number; description: string }): Hit {
  const line = description.split("\n", 1)[0] ?? "";
  return {
    kind: "proposal",
    id: String(id),
    label: `proposal ${id}: ${line.slice(0, 100)}`,
    path: `/v1/council/proposals/${id}`,
  };
}
