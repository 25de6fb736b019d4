/** What happened, newest first, in words: the stream of events read backwards. */
import type { Topic } from "../kernel/action-names.ts";
import { readEventsBefore } from "../store/read-events.ts";
import type { PageQuery, Reading } from "./at-block.ts";
import { atBlock, cutPage, positionCursor } from "./at-block.ts";
import { eventViews } from "./event-feed.ts";

/** Of some topics, or of all. */
export function listActivity(reading: Reading, topics: readonly Topic[] | undefined, { limit, cursor }: PageQuery) {
  return atBlock(reading, async (snapshot) => {
    const rows = await readEventsBefore(snapshot.tx, topics, { limit, before: positionCursor(cursor) });
    const page = cutPage(rows, limit, { item: (row) => row, cursor: ({ position }) => position });
    return { items: await eventViews(snapshot, page.items), nextCursor: page.nextCursor };
  });
}
