/** `module=block` and `module=transaction`: blocks by time, and what became of a transaction. */
import { readBlock } from "../store/read-activity.ts";
import { readCursor } from "../store/ledger-cursor.ts";
import { findBlockAt } from "../store/read-windows.ts";
import { decodeRevert } from "../chain/decode-revert.ts";
import { parseAddress, parseHexData } from "../kernel/ids.ts";
import type { Action, EtherscanRooms } from "./answer.ts";
import { Refused, ok } from "./answer.ts";
import { hashIn, integerIn } from "./fields.ts";
import type { NodeReceipt, NodeTransaction } from "./node-answers.ts";
import { askNode } from "./node-answers.ts";

const blockByTime: Action = async ({ db }, fields) => {
  const closest = fields["closest"] ?? "before";
  if (closest !== "before" && closest !== "after") throw new Refused("Error! Invalid closest value");
  const found = await findBlockAt(db, integerIn(fields, "timestamp"), closest);
  if (found === undefined) throw new Refused("Error! No closest block found");
  return ok(String(found));
};

const blockNumber: Action = async (rooms) => ({
  jsonrpc: "2.0",
  id: 1,
  result: await askNode(rooms, "eth_blockNumber", []),
});

/** There are none: members are paid in ALP by the contract NodeRewards. */
const blockReward: Action = async ({ db }, fields) => {
  const number = integerIn(fields, "blockno");
  const row = number <= ((await readCursor(db))?.blockNumber ?? -1) ? await readBlock(db, number) : undefined;
  if (row === undefined) throw new Refused("Error! Block not found");
  return ok({
    blockNumber: String(row.number),
    timeStamp: row.time,
    blockMiner: row.miner,
    blockReward: "0",
    uncles: [],
    uncleInclusionReward: "0",
    uncleReward: "0",
  });
};

async function receiptOf(rooms: EtherscanRooms, hash: string): Promise<NodeReceipt | null> {
  return (await askNode(rooms, "eth_getTransactionReceipt", [hash])) as NodeReceipt | null;
}

/** An unknown transaction has an empty status, as one that is still under way. */
const receiptStatus: Action = async (rooms, fields) => {
  const receipt = await receiptOf(rooms, hashIn(fields));
  return ok({ status: receipt === null ? "" : receipt.status === "0x1" ? "1" : "0" });
};

const executionStatus: Action = async (rooms, fields) => {
  const hash = hashIn(fields);
  const receipt = await receiptOf(rooms, hash);
  if (receipt?.status !== "0x0") return ok({ isError: "0", errDescription: "" });
  return ok({ isError: "1", errDescription: await whyReverted(rooms, hash) });
};

/** The call is run again on the state before its block; nodes that no longer have it leave the reason open. */
async function whyReverted(rooms: EtherscanRooms, hash: string): Promise<string> {
  const sent = (await askNode(rooms, "eth_getTransactionByHash", [hash])) as NodeTransaction | null;
  if (sent === null || sent.to === null) return "Reverted";
  const call = { to: parseAddress(sent.to), from: parseAddress(sent.from), data: parseHexData(sent.input) };
  const outcome = await rooms.chain.call(call, Number(sent.blockNumber) - 1).catch(() => undefined);
  return outcome === undefined || outcome.ok ? "Reverted" : `Reverted: ${decodeRevert(outcome.data).name}`;
}

export const blockActions: Readonly<Record<string, Action>> = {
  getblocknobytime: blockByTime,
  eth_block_number: blockNumber,
  getblockreward: blockReward,
};

export const transactionActions: Readonly<Record<string, Action>> = {
  gettxreceiptstatus: receiptStatus,
  getstatus: executionStatus,
};
