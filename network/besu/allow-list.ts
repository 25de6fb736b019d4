/**
 * Besu's lists of nodes and accounts, changed so that a repetition does no harm: Besu itself refuses a whole change when
 * one entry is there already, is not there, or is given twice.
 */
import type { RpcAnswer, RpcError } from "../../gateway/src/chain/rpc-transport.ts";
import { NetworkError } from "../plan/network-error.ts";

export interface ListNode {
  ask(method: string, params: readonly unknown[]): Promise<RpcAnswer>;
  refuse(method: string, error: RpcError): NetworkError;
}

export interface ListChange {
  readonly of: "Nodes" | "Accounts";
  readonly change: "add" | "remove";
  readonly entries: readonly string[];
}

/** Between the look at the list and the change somebody else may have changed it. */
const TRIES = 3;

export function isListOff({ message }: RpcError): boolean {
  return /allowlist has not been enabled/i.test(message);
}

/** Besu compares nodes by key, host and TCP port when it lets them in, and the discovery port too when it takes them off. */
export function sameEntry(entry: string): string {
  return entry.toLowerCase().replace(/\?discport=\d+$/, "");
}

export async function changeList(node: ListNode, change: ListChange): Promise<void> {
  for (let turn = 1; ; turn += 1) {
    const answer = await changeOnce(node, change);
    if (answer === undefined || answer.ok) return;
    const isRace = /existing|absent|missing/i.test(answer.error.message);
    if (!isRace || turn === TRIES) throw refusalOf(node, change, answer.error);
  }
}

async function changeOnce(node: ListNode, { of, change, entries }: ListChange): Promise<RpcAnswer | undefined> {
  const present = await node.ask(`perm_get${of}Allowlist`, []);
  if (!present.ok) return present;
  const listed = new Map((present.result as string[]).map((entry) => [sameEntry(entry), entry]));
  const asked = new Map(entries.map((entry) => [sameEntry(entry), entry]));
  const changes =
    change === "add"
      ? [...asked].filter(([same]) => !listed.has(same)).map(([, entry]) => entry)
      : [...listed].filter(([same]) => asked.has(same)).map(([, entry]) => entry);
  if (changes.length === 0) return undefined;
  const [verb, preposition] = change === "add" ? ["add", "To"] : ["remove", "From"];
  const method = `perm_${verb}${of}${preposition}Allowlist`;
  if (change === "add") return node.ask(method, [changes]);
  // One by one: a node that can not be taken off must not keep the others on.
  let refused: RpcAnswer | undefined;
  for (const entry of changes) {
    const answer = await node.ask(method, [[entry]]);
    if (!answer.ok) refused = answer;
  }
  return refused;
}

function refusalOf(node: ListNode, { of, change, entries }: ListChange, error: RpcError): NetworkError {
  const { message } = node.refuse(`perm_${change}${of}…`, error);
  return new NetworkError("network", `${message}${adviceFor(error)} It was about ${entries.join(", ")}.`);
}

function adviceFor({ message }: RpcError): string {
  if (/fixed node/i.test(message))
    return " The node's static-nodes.json names it: take it out of that file and restart the node.";
  if (/out of sync/i.test(message))
    return " The change counts until the node restarts; put the permissions file right, then perm_reloadPermissionsFromFile.";
  if (/persist/i.test(message)) return " Let the node's user write the permissions file.";
  return "";
}
