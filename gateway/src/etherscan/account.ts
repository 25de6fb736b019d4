/** `module=account`: what an account has, sent and received. */
import { callNameOf } from "../chain/call-names.ts";
import type { TokenFacts } from "../chain/token-facts.ts";
import { fetchTokenBalance, fetchTokenFacts } from "../chain/token-facts.ts";
import type { Address } from "../kernel/ids.ts";
import { ZERO_ADDRESS } from "../kernel/ids.ts";
import { blockOf } from "../kernel/position.ts";
import { readCursor } from "../store/ledger-cursor.ts";
import { readTransactionWindow, readTransferWindow } from "../store/read-windows.ts";
import type { TransactionRow, TransferRow } from "../store/tables-ledger.ts";
import type { Action, EtherscanRooms } from "./answer.ts";
import { Refused, list, ok } from "./answer.ts";
import { addressIn, blockIn, optionalAddress, tagIn, toAddress, windowIn } from "./fields.ts";
import { askNode, decimal, fetchWhole } from "./node-answers.ts";

const ACCOUNTS_MAX = 20;

async function balanceOf(rooms: EtherscanRooms, account: Address, tag: string): Promise<string> {
  return decimal((await askNode(rooms, "eth_getBalance", [account, tag])) as string);
}

const balance: Action = async (rooms, fields) => ok(await balanceOf(rooms, addressIn(fields), tagIn(fields)));

const balanceMulti: Action = async (rooms, fields) => {
  const accounts = (fields["address"] ?? "").split(",");
  if (accounts.length > ACCOUNTS_MAX) throw new Refused(`Maximum ${ACCOUNTS_MAX} address can be requested`);
  const balances: { account: string; balance: string }[] = [];
  for (const account of accounts)
    balances.push({ account, balance: await balanceOf(rooms, toAddress(account), tagIn(fields)) });
  return ok(balances);
};

const tokenBalance: Action = async (rooms, fields) => {
  const token = addressIn(fields, "contractaddress");
  const found = await fetchTokenBalance(rooms.chain, { token, account: addressIn(fields) }, blockIn(fields));
  return ok(String(found ?? 0n));
};

/** Blocks on top of a row's, its own included, of those that the store has read. */
async function confirmationsFrom({ db }: EtherscanRooms): Promise<(row: { position: string }) => string> {
  const head = (await readCursor(db))?.blockNumber ?? 0;
  return ({ position }) => String(Math.max(0, head - blockOf(position) + 1));
}

async function showTransactions(rooms: EtherscanRooms, rows: readonly TransactionRow[]): Promise<object[]> {
  const whole = await fetchWhole(
    rooms,
    rows.map(({ hash }) => hash),
  );
  const confirmations = await confirmationsFrom(rooms);
  return rows.map((row) => {
    const { sent, receipt } = whole(row.hash);
    return {
      blockNumber: String(blockOf(row.position)),
      blockHash: sent.blockHash,
      timeStamp: row.time,
      hash: row.hash,
      nonce: decimal(sent.nonce),
      transactionIndex: decimal(sent.transactionIndex),
      from: row.sender,
      to: row.receiver ?? "",
      value: decimal(sent.value),
      gas: decimal(sent.gas),
      gasPrice: decimal(sent.gasPrice),
      input: sent.input,
      methodId: sent.input === "0x" || row.receiver === null ? "0x" : sent.input.slice(0, 10),
      functionName: row.receiver === null ? "" : callNameOf(sent.input),
      contractAddress: receipt.contractAddress?.toLowerCase() ?? "",
      cumulativeGasUsed: decimal(receipt.cumulativeGasUsed),
      txreceipt_status: row.succeeded ? "1" : "0",
      gasUsed: row.gas_used,
      confirmations: confirmations(row),
      isError: row.succeeded ? "0" : "1",
    };
  });
}

const txList: Action = async (rooms, fields) => {
  const rows = await readTransactionWindow(rooms.db, addressIn(fields), windowIn(fields));
  return list(await showTransactions(rooms, rows), "transactions");
};

/** Facts of a token never change, so each is asked for once; a chain with more tokens than this asks again. */
const FACTS_KEPT = 5_000;
const facts = new WeakMap<object, Map<Address, TokenFacts>>();

export async function factsOf({ chain }: EtherscanRooms, token: Address): Promise<TokenFacts | undefined> {
  const known = facts.get(chain) ?? new Map<Address, TokenFacts>();
  facts.set(chain, known);
  const before = known.get(token);
  if (before !== undefined) return before;
  const found = await fetchTokenFacts(chain, token);
  if (known.size >= FACTS_KEPT) known.clear();
  if (found !== undefined) known.set(token, found);
  return found;
}

async function showTransfers(rooms: EtherscanRooms, rows: readonly TransferRow[]): Promise<object[]> {
  const whole = await fetchWhole(
    rooms,
    rows.map(({ transaction_hash: hash }) => hash),
  );
  const confirmations = await confirmationsFrom(rooms);
  const shown: object[] = [];
  for (const row of rows) {
    const { sent, receipt } = whole(row.transaction_hash);
    const token = await factsOf(rooms, row.token);
    shown.push({
      blockNumber: String(blockOf(row.position)),
      timeStamp: row.time,
      hash: row.transaction_hash,
      nonce: decimal(sent.nonce),
      blockHash: sent.blockHash,
      from: row.from_account,
      contractAddress: row.token,
      to: row.to_account,
      value: row.amount,
      tokenName: token?.name ?? "",
      tokenSymbol: token?.symbol ?? "",
      tokenDecimal: String(token?.decimals ?? 0),
      transactionIndex: decimal(sent.transactionIndex),
      gas: decimal(sent.gas),
      gasPrice: decimal(sent.gasPrice),
      gasUsed: decimal(receipt.gasUsed),
      cumulativeGasUsed: decimal(receipt.cumulativeGasUsed),
      input: "deprecated",
      methodId: sent.input.slice(0, 10),
      functionName: callNameOf(sent.input),
      confirmations: confirmations(row),
    });
  }
  return shown;
}

const tokenTx: Action = async (rooms, fields) => {
  const account = optionalAddress(fields, "address");
  const token = optionalAddress(fields, "contractaddress");
  if (account === undefined && token === undefined) throw new Refused("Error! Missing address Or contractaddress");
  const rows = await readTransferWindow(rooms.db, { account, token }, windowIn(fields));
  return list(await showTransfers(rooms, rows), "transactions");
};

/** The chain's own coin moves in transactions only, and there are no tokens but fungible ones. */
const nothing: Action = (_rooms, fields) => {
  if ((fields["txhash"] ?? "") === "") addressIn({ address: fields["address"] ?? ZERO_ADDRESS });
  return Promise.resolve(list([], "transactions"));
};

export const accountActions: Readonly<Record<string, Action>> = {
  balance,
  balancemulti: balanceMulti,
  txlist: txList,
  txlistinternal: nothing,
  tokentx: tokenTx,
  tokennfttx: nothing,
  token1155tx: nothing,
  tokenbalance: tokenBalance,
};
