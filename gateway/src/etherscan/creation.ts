/** The transaction that made a contract: its own deployment, or the call of the factory that made a merchant's token. */
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import { blockOf } from "../kernel/position.ts";
import { readTransaction } from "../store/read-activity.ts";
import { readToken } from "../store/read-issuers.ts";
import { readDeployments } from "../store/read-windows.ts";
import type { TransactionRow } from "../store/tables-ledger.ts";
import type { EtherscanRooms } from "./answer.ts";
import { askNode, fetchWhole } from "./node-answers.ts";

export interface Creation {
  readonly hash: Hex32;
  readonly sender: Address;
  readonly blockNumber: number;
  readonly time: string;
  /** Creation code and constructor arguments; undefined when a contract made it. */
  readonly input?: HexData;
  readonly factory?: Address;
}

/** On a chain of the alliance few deploy; the newest are looked at. */
const DEPLOYMENTS_MAX = 1_000;

export async function findCreation(rooms: EtherscanRooms, address: Address): Promise<Creation | undefined> {
  const rows = await readDeployments(rooms.db, DEPLOYMENTS_MAX);
  const whole = await fetchWhole(
    rooms,
    rows.map(({ hash }) => hash),
  );
  for (const row of rows) {
    const { sent, receipt } = whole(row.hash);
    if (receipt.contractAddress?.toLowerCase() === address) return { ...placeOf(row), input: sent.input as HexData };
  }
  return findTokenCreation(rooms, address);
}

const placeOf = (row: TransactionRow) => ({
  hash: row.hash,
  sender: row.sender,
  blockNumber: blockOf(row.position),
  time: row.time,
});

/** The first thing that a token does is to be made: its first event stands in that transaction. */
async function findTokenCreation(rooms: EtherscanRooms, address: Address): Promise<Creation | undefined> {
  const token = await readToken(rooms.db, address);
  if (token === undefined) return undefined;
  const block = `0x${token.created_block.toString(16)}`;
  const { merchantRegistry, merchantPointFactory: factory } = rooms.deployment.contracts;
  const logs = await askNode(rooms, "eth_getLogs", [{ address: merchantRegistry, fromBlock: block, toBlock: block }]);
  const words = address.slice(2);
  const log = (logs as { transactionHash: Hex32; topics: string[]; data: string }[]).find(({ topics, data }) =>
    [...topics, data].some((text) => text.toLowerCase().includes(words)),
  );
  const row = log === undefined ? undefined : await readTransaction(rooms.db, log.transactionHash);
  return row === undefined ? undefined : { ...placeOf(row), factory };
}
