/** What a run asks of the gateway. */
import { getCommand, issuePoints, listCommandItems } from "../../../../../gateway/client/generated/sdk.gen.ts";
import type { Command, CommandItem } from "../../../../../gateway/client/generated/types.gen.ts";
import type { BatchRow } from "./check.ts";

const PAGE = 200;

export async function sendRows(token: string, rows: readonly BatchRow[], key: string): Promise<Command> {
  const items = rows.map(({ to, points, orderRef }) => ({ to, points, orderRef }));
  const headers = { "Idempotency-Key": key };
  const { data } = await issuePoints({ path: { token }, body: { items }, headers, throwOnError: true });
  return data;
}

export async function readCommand(commandId: string): Promise<Command> {
  const { data } = await getCommand({ path: { commandId }, throwOnError: true });
  return data;
}

export async function readItems(commandId: string): Promise<CommandItem[]> {
  const items: CommandItem[] = [];
  let cursor: string | null = null;
  do {
    const query: { limit: number; cursor?: number } = {
      limit: PAGE,
      ...(cursor === null ? {} : { cursor: Number(cursor) }),
    };
    const { data } = await listCommandItems({ path: { commandId }, query, throwOnError: true });
    items.push(...data.items);
    cursor = data.nextCursor;
  } while (cursor !== null);
  return items;
}
