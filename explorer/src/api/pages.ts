/** Lists that go on: what every list of the API has in common. Spread behind `xyzInfiniteOptions(…)`. */
import { useEffect } from "react";

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

interface Growing {
  readonly hasNextPage: boolean;
  readonly isFetching: boolean;
  readonly isError: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/** Fetches page after page until a list is whole: for charts, which need all of it. */
export function useWhole({ hasNextPage, isFetching, isError, fetchNextPage }: Growing): void {
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
}
