/** What became of writes. */
import { z } from "zod";
import type { CommandItem } from "../../commands/accept.ts";
import { explain, findCommand, listCommandItems } from "../../commands/show-command.ts";
import { ROLES } from "../../kernel/caller.ts";
import { commandOut, commandStateOut, failureOut, presentCommand } from "../command-answer.ts";
import { callerOf } from "../present.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import { addressOut, amountOut, hex32Out } from "../schemas.ts";

const itemOut = z
  .strictObject({
    index: z.int().min(0),
    orderRef: z.string(),
    to: addressOut,
    points: amountOut,
    state: commandStateOut,
    transactionHash: hex32Out.nullable(),
    error: z.union([failureOut, z.null()]),
  })
  .meta({ id: "CommandItem" });

function presentItem(item: CommandItem): z.input<typeof itemOut> {
  return {
    index: item.index,
    orderRef: item.orderRef,
    to: item.to,
    points: item.points.toString(),
    state: item.state,
    transactionHash: item.transactionHash ?? null,
    error: item.error === undefined ? null : explain(item.error),
  };
}

const path = z.strictObject({ commandId: z.uuid() });
const tag = "Commands";

export const commandRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/commands/:commandId",
    operationId: "getCommand",
    customers: "checked",
    summary: "What became of a write; ?wait=N waits up to N seconds for it to settle",
    tag,
    roles: ROLES,
    params: path,
    query: z.strictObject({ wait: z.coerce.number<string>().int().min(0).max(30).default(0) }),
    output: commandOut,
    run: async (input, rooms) => {
      const waitMs = input.query.wait * 1000;
      return presentCommand(rooms, await findCommand(rooms, callerOf(input), input.params.commandId, waitMs));
    },
  }),
  route({
    method: "get",
    path: "/v1/commands/:commandId/items",
    operationId: "listCommandItems",
    customers: "checked",
    summary: "The orders of an issue, each with its state",
    tag,
    roles: ROLES,
    params: path,
    query: z.strictObject({
      limit: z.coerce.number<string>().int().min(1).max(200).default(50),
      cursor: z.coerce.number<string>().int().min(0).max(1_000_000).optional(),
    }),
    output: z.strictObject({ items: z.array(itemOut), nextCursor: z.string().nullable() }),
    run: async (input, rooms) => {
      const { limit, cursor } = input.query;
      const page = { id: input.params.commandId, after: cursor ?? -1, limit };
      const items = await listCommandItems(rooms, callerOf(input), page);
      const last = items.at(-1);
      return {
        items: items.map(presentItem),
        nextCursor: items.length < limit || last === undefined ? null : `${last.index}`,
      };
    },
  }),
];
