/** Everything that happens, as it happens. */
import { z } from "zod";
import type { Rooms } from "../../commands/rooms.ts";
import type { Topic } from "../../kernel/action-names.ts";
import { TOPICS } from "../../kernel/action-names.ts";
import { listActivity } from "../../queries/activity.ts";
import type { FeedFilter, Stand } from "../../queries/event-feed.ts";
import { feedEnd, readFeed } from "../../queries/event-feed.ts";
import type { Feed } from "../event-stream.ts";
import { actionFields, placeOut, readingOf } from "../read-schemas.ts";
import { route, streamRoute } from "../route.ts";
import { pageOut, pageQuery } from "../schemas.ts";

const topicsIn = z
  .string()
  .max(200)
  .regex(new RegExp(`^(${TOPICS.join("|")})(,(${TOPICS.join("|")}))*$`), `must be some of ${TOPICS.join(",")}`)
  .transform((text) => text.split(",") as Topic[])
  .meta({ description: `Only these topics, with commas between: ${TOPICS.join(", ")}.`, example: "council,exit" });

const placeIn = z
  .string()
  .regex(/^[0-9]{1,18}$/, "must be an id of this stream, or 0 for everything")
  .meta({ description: "Events after this one; 0: from the first. Left out: from now on.", example: "0" });

const eventOut = z
  .strictObject({
    position: z.string().meta({ description: "Its id: block · 1,000,000 + index of the log." }),
    topic: z.enum(TOPICS),
    merchantIds: z.array(z.int()).meta({ description: "Whose business it is; two for a swap." }),
    ...placeOut,
    ...actionFields,
  })
  .meta({ id: "LedgerEvent" });

/** The reader's own memory: the block it has come to, by which it notices that the chain was set back. */
function feedOf(rooms: Rooms, filter: FeedFilter, from: string): Feed {
  const reading = readingOf(rooms);
  let stood: Stand | undefined;
  return {
    from,
    async read(after) {
      const page = await readFeed(reading, filter, { after, stood });
      stood = page.stand;
      const events = page.events.map((event) => ({ id: event.position, data: event }));
      return { ...page, events };
    },
  };
}

export const eventRoutes = [
  route({
    method: "get",
    path: "/v1/activity",
    operationId: "listActivity",
    summary: "Every business event in words, newest first",
    description: "The stream of events read backwards: a page costs the same however much lies before it.",
    tag: "Chain",
    roles: "public",
    query: z.strictObject({ ...pageQuery, topic: topicsIn.optional() }),
    output: pageOut(eventOut),
    run: ({ query }, rooms) => listActivity(readingOf(rooms), query.topic, query),
  }),
  streamRoute({
    path: "/v1/events",
    operationId: "streamEvents",
    summary: "Every business event in words, in chain order, as it happens (Server-Sent Events)",
    description:
      "Each event has its position as id. A reader that comes back with `Last-Event-ID` (browsers do it by themselves) " +
      "or `after` gets what it missed, once, in order. A comment every 15 s shows that the line is alive. A reader that " +
      "does not read is let go and may come back. An event named `reset` says that the chain was set back: begin anew.",
    tag: "Chain",
    query: z.strictObject({
      topic: topicsIn.optional(),
      merchant: z.coerce.number<string>().int().min(1).max(2_147_483_647).optional(),
      after: placeIn.optional(),
    }),
    output: eventOut,
    async open({ query, lastEventId }, rooms) {
      const from = lastEventId ?? query.after ?? (await feedEnd(readingOf(rooms)));
      return feedOf(rooms, { topics: query.topic, merchantId: query.merchant }, from);
    },
  }),
];
