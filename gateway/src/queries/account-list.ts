/** Accounts, the last active first. */
import type { Address } from "../kernel/ids.ts";
import { blockOf } from "../kernel/position.ts";
import type { AccountKind, ListedAccount } from "../store/read-account-list.ts";
import {
  readAccountList,
  readAccountsOf,
  readFrozenOf,
  readHoldingsOfAll,
  readLabelsOf,
} from "../store/read-account-list.ts";
import type { LabelRow } from "../store/read-accounts.ts";
import { readPools, readToken, readTokensOf } from "../store/read-issuers.ts";
import { alpAmount, pointAmount } from "./amounts.ts";
import type { PageQuery, Reading, Snapshot } from "./at-block.ts";
import { atBlock, cutPage, found, refuseCursor } from "./at-block.ts";
import { pricesAt } from "./pools.ts";

export { ACCOUNT_KINDS } from "../store/read-account-list.ts";

const KIND_OF: Readonly<Record<LabelRow["kind"], AccountKind>> = {
  merchant: "merchant",
  pointToken: "contract",
  till: "till",
  representative: "member",
  node: "node",
};

interface Asked {
  readonly kind?: AccountKind | undefined;
  readonly token?: Address | undefined;
  /** Contracts of the alliance by name. */
  readonly contracts: Readonly<Record<string, Address>>;
}

export function listAccounts(reading: Reading, asked: Asked, { limit, cursor }: PageQuery) {
  return atBlock(reading, async (snapshot) => {
    const { tx } = snapshot;
    const { kind, token, contracts } = asked;
    if (token !== undefined) found(await readToken(tx, token), `point token ${token}`);
    const of = { kind, token, contracts: Object.values(contracts) };
    const rows = await readAccountList(tx, of, { limit, after: accountCursor(cursor) });
    const page = cutPage(rows, limit, {
      item: (row) => row,
      cursor: ({ last_position: position, address }) => `${position}.${address}`,
    });
    return { ...page, items: await accountViews(snapshot, page.items, asked) };
  });
}

async function accountViews(snapshot: Snapshot, listed: readonly ListedAccount[], { token, contracts }: Asked) {
  const { tx, alp, block } = snapshot;
  const addresses = listed.map(({ address }) => address);
  const accounts = new Map((await readAccountsOf(tx, addresses)).map((row) => [row.address, row]));
  const labels = new Map((await readLabelsOf(tx, addresses)).map((row) => [row.address, row]));
  const contractNames = new Map(Object.entries(contracts).map(([name, address]) => [address, name]));
  const frozen = new Set(await readFrozenOf(tx, addresses));
  const holdings = Map.groupBy(await readHoldingsOfAll(tx, addresses), ({ account }) => account);
  const held = [...new Set([...holdings.values()].flat().map((holding) => holding.token))];
  const pools = new Map((await readPools(tx, held)).map((pool) => [pool.token, pool]));
  const [shown] = token === undefined ? [] : await readTokensOf(tx, [token]);
  const acceptOf = (address: Address): bigint => {
    const pool = pools.get(address);
    return pool === undefined ? 0n : BigInt(pricesAt(alp, pool, block.timestamp).now.accept.amount);
  };
  return listed.map(({ address, last_position: position }) => {
    const [account, label, contract] = [accounts.get(address), labels.get(address), contractNames.get(address)];
    const lastAt = account?.last_at ?? null;
    const own = holdings.get(address) ?? [];
    const ofToken = own.find((holding) => holding.token === token);
    const kind: AccountKind =
      label === undefined ? (contract === undefined ? "customer" : "contract") : KIND_OF[label.kind];
    return {
      address,
      kind,
      name: label?.name ?? contract ?? null,
      firstSeenAt: account === undefined ? null : Number(account.first_seen_at),
      /** Of the last movement of any points; `lastBlock` of the token asked for, when one was. */
      lastActiveAt: lastAt === null ? null : Number(lastAt),
      lastBlock: position === "0" ? null : blockOf(position),
      tokenCount: own.filter(({ balance }) => balance !== "0").length,
      value: alpAmount(
        alp,
        own.reduce((sum, holding) => sum + BigInt(holding.balance) * acceptOf(holding.token), 0n),
      ),
      balance: shown === undefined ? null : pointAmount(shown, ofToken?.balance ?? "0"),
      isFrozen:
        frozen.has(address) || (token === undefined ? own : [ofToken]).some((holding) => holding?.is_frozen === true),
    };
  });
}

function accountCursor(cursor: string | undefined): { position: string; account: string } | undefined {
  if (cursor === undefined) return undefined;
  const match = /^([0-9]{1,18})\.(0x[0-9a-f]{40})$/.exec(cursor);
  if (match?.[1] === undefined || match[2] === undefined) return refuseCursor();
  return { position: match[1], account: match[2] };
}
