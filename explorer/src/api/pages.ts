/** Lists that go on: what every list of the API has in common. Spread behind `xyzInfiniteOptions(…)`. */
interface AnyPage {
  readonly nextCursor: string | null;
}

export const asPages = {
  // The first page is asked for without a cursor.
  initialPageParam: {},
  getNextPageParam: (last: AnyPage): string | undefined => last.nextCursor ?? undefined,
} as const;

export const allRows = <Row>(data: { pages: readonly { items: readonly Row[] }[] } | undefined): Row[] =>
  (data?.pages ?? []).flatMap(({ items }) => items);
