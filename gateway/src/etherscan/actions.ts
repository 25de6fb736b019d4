/** Every module and action by its name, and what is said to those that do not exist. */
import { accountActions } from "./account.ts";
import type { Action, EtherscanAnswer, EtherscanRooms, Fields } from "./answer.ts";
import { Refused, notOk } from "./answer.ts";
import { blockActions, transactionActions } from "./block.ts";
import { contractActions } from "./contract.ts";
import { logActions } from "./logs.ts";
import { proxyActions } from "./proxy.ts";
import { statsActions, tokenActions } from "./token.ts";

const MODULES: Readonly<Record<string, Readonly<Record<string, Action>>>> = {
  account: accountActions,
  block: blockActions,
  contract: contractActions,
  logs: logActions,
  proxy: proxyActions,
  stats: statsActions,
  token: tokenActions,
  transaction: transactionActions,
};

function own<T>(record: Readonly<Record<string, T>>, name: string | undefined): T | undefined {
  const key = (name ?? "").toLowerCase();
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

export interface Asked {
  readonly fields: Fields;
  /** Of version 2 every request names its chain. */
  readonly version: 1 | 2;
}

/** Throws only what is nobody's fault: the node or the database is away. */
export async function answerEtherscan(rooms: EtherscanRooms, { fields, version }: Asked): Promise<EtherscanAnswer> {
  const chainId = fields["chainid"] ?? "";
  const isOurs = chainId === String(rooms.deployment.chainId);
  if (chainId === "" ? version === 2 : !isOurs)
    return notOk(
      `Missing or unsupported chainid parameter (required for v2 api): this explorer serves ${rooms.deployment.chainId}`,
    );
  const actions = own(MODULES, fields["module"]);
  if (actions === undefined) return notOk("Error! Missing Or invalid Module name");
  const action = own(actions, fields["action"]);
  if (action === undefined) return notOk("Error! Missing Or invalid Action name");
  try {
    return await action(rooms, fields);
  } catch (error) {
    if (error instanceof Refused) return notOk(error.message);
    throw error;
  }
}
