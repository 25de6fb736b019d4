/** `module=logs`: events as the chain wrote them, by contract and topics, from the node. */
import type { Hex32 } from "../kernel/ids.ts";
import { readBlockTimes } from "../store/read-windows.ts";
import type { Action, EtherscanRooms, Fields } from "./answer.ts";
import { Refused, list } from "./answer.ts";
import { optionalAddress, pageIn, windowEnd } from "./fields.ts";
import { askNode, fetchWhole } from "./node-answers.ts";

interface NodeLog {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
  readonly blockNumber: string;
  readonly blockHash: string;
  readonly logIndex: string;
  readonly transactionHash: Hex32;
  readonly transactionIndex: string;
}

const ROWS_A_PAGE = 1_000;
/** What every node answers at once. */
const BLOCKS_A_REQUEST = 2_000;
/** Requests to the node for one question: more would hold it up for others. */
const REQUESTS_MAX = 200;
const TOPICS = [0, 1, 2, 3] as const;

const TOPIC = /^0x[0-9a-fA-F]{64}$/;

type Filter = (log: NodeLog) => boolean;

/**
 * Topics are joined by `topicA_B_opr` = `and` (the default) or `or`, from the left to the right. Where all are joined by
 * `and` the node looks for them itself.
 */
function readTopics(fields: Fields): { topics: (string | null)[]; filter: Filter; hasAny: boolean } {
  const wanted = TOPICS.map((index) => {
    const text = fields[`topic${index}`] ?? "";
    if (text !== "" && !TOPIC.test(text)) throw new Refused(`Error! Invalid topic${index}`);
    return text === "" ? null : text.toLowerCase();
  });
  const given = TOPICS.filter((index) => wanted[index] !== null);
  const joins = given
    .slice(1)
    .map((index, at) => (fields[`topic${given[at] ?? 0}_${index}_opr`] ?? "and").toLowerCase());
  const hasOr = joins.includes("or");
  const matches = (log: NodeLog, index: number): boolean => log.topics[index]?.toLowerCase() === wanted[index];
  const filter: Filter = (log) =>
    given
      .slice(1)
      .reduce(
        (so, index, at) => (joins[at] === "or" ? so || matches(log, index) : so && matches(log, index)),
        given[0] === undefined || matches(log, given[0]),
      );
  return { topics: hasOr ? [] : wanted, filter, hasAny: given.length > 0 };
}

/** As many as the page needs, from the oldest block on. */
async function collect(
  rooms: EtherscanRooms,
  { from, to, query, filter }: { from: number; to: number; query: object; filter: Filter },
  needed: number,
): Promise<NodeLog[]> {
  const found: NodeLog[] = [];
  let requests = 0;
  for (let first = from; first <= to && found.length < needed; first += BLOCKS_A_REQUEST) {
    requests += 1;
    if (requests > REQUESTS_MAX)
      throw new Refused(
        `Error! Too many blocks: ask for at most ${BLOCKS_A_REQUEST * REQUESTS_MAX} at once, by fromBlock and toBlock`,
      );
    const last = Math.min(to, first + BLOCKS_A_REQUEST - 1);
    const range = { fromBlock: `0x${first.toString(16)}`, toBlock: `0x${last.toString(16)}` };
    found.push(...((await askNode(rooms, "eth_getLogs", [{ ...query, ...range }])) as NodeLog[]).filter(filter));
  }
  return found;
}

const getLogs: Action = async (rooms, fields) => {
  const address = optionalAddress(fields, "address");
  const { topics, filter, hasAny } = readTopics(fields);
  if (address === undefined && !hasAny) throw new Refused("Error! Missing address Or topic");
  const head = Number(await askNode(rooms, "eth_blockNumber", []));
  const from = Math.max(windowEnd(fields, "fromBlock", 0), rooms.deployment.deployedAtBlock);
  const to = Math.min(windowEnd(fields, "toBlock", head), head);
  const { skip, limit } = pageIn(fields, ROWS_A_PAGE);
  const query = { ...(address === undefined ? {} : { address }), ...(topics.length === 0 ? {} : { topics }) };
  const logs = (await collect(rooms, { from, to, query, filter }, skip + limit)).slice(skip, skip + limit);
  return list(await showLogs(rooms, logs), "records");
};

async function showLogs(rooms: EtherscanRooms, logs: readonly NodeLog[]): Promise<object[]> {
  const times = await readBlockTimes(rooms.db, [...new Set(logs.map(({ blockNumber }) => Number(blockNumber)))]);
  const whole = await fetchWhole(
    rooms,
    logs.map(({ transactionHash }) => transactionHash),
  );
  return logs.map((log) => {
    const { sent, receipt } = whole(log.transactionHash);
    return {
      address: log.address,
      topics: log.topics,
      data: log.data,
      blockNumber: log.blockNumber,
      blockHash: log.blockHash,
      timeStamp: `0x${Number(times.get(Number(log.blockNumber)) ?? 0).toString(16)}`,
      gasPrice: sent.gasPrice,
      gasUsed: receipt.gasUsed,
      logIndex: log.logIndex,
      transactionHash: log.transactionHash,
      transactionIndex: log.transactionIndex,
    };
  });
}

export const logActions: Readonly<Record<string, Action>> = { getlogs: getLogs };
