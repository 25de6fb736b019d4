/** What became of a command. */
import type { Address } from "../kernel/ids.ts";
import type { Database } from "../store/database.ts";
import type { Command, CommandItem, IssuePlace } from "./command.ts";

export function readCommand(_db: Database, _id: string): Promise<Command | undefined> {
  return Promise.reject(new Error("lands next"));
}

/** Resolves with the command as soon as it is settled, or as it stands after `timeoutMs`. */
export function waitForCommand(_db: Database, _id: string, _timeoutMs: number): Promise<Command | undefined> {
  return Promise.reject(new Error("lands next"));
}

/** Items in order, `limit` at a time, after index `after` (−1 for the first page). */
export function readCommandItems(
  _db: Database,
  _id: string,
  _page: { after: number; limit: number },
): Promise<CommandItem[]> {
  return Promise.reject(new Error("lands next"));
}

/** Where the order's points were issued; undefined when no such order was accepted or it is not signed yet. */
export function readIssueItem(_db: Database, _token: Address, _orderRef: string): Promise<IssuePlace | undefined> {
  return Promise.reject(new Error("lands next"));
}
