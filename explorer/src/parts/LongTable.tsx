/**
 * A list that may go on for ever: a page at a time, and once it is long only the rows in sight are kept in the page.
 * A short one stays a plain table, which screen readers know best.
 */
import { Skeleton, Table } from "antd";
import type { TableColumnsType } from "antd";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode, UIEvent } from "react";
import { useTranslation } from "react-i18next";
import { allRows } from "../api/pages.ts";
import { CsvLink } from "./CsvLink.tsx";
import { MoreButton } from "./MoreButton.tsx";
import { NothingThere } from "./NothingThere.tsx";
import { ProblemNote } from "./ProblemNote.tsx";
import "./lists.css";

interface Props<Row> {
  readonly label: string;
  readonly list: UseInfiniteQueryResult<InfiniteData<{ items: Row[] }>, unknown>;
  readonly columns: TableColumnsType<Row>;
  readonly rowKey: (row: Row) => string;
  /** Said when there is nothing. */
  readonly empty: ReactNode;
  /** Pixels below which the table scrolls sideways. */
  readonly width: number;
  /** The same list as a file. */
  readonly csv?: `/v1/${string}`;
  readonly detail?: (row: Row) => ReactNode;
}

const PLAIN_ROWS_MAX = 200;
const WINDOW_PX = 560;
const NEAR_END_PX = 400;

export function LongTable<Row extends object>({ label, list, columns, rowKey, empty, width, csv, detail }: Props<Row>) {
  const { t } = useTranslation();
  if (list.data === undefined) {
    if (list.isError) return <ProblemNote error={list.error} onRetry={() => void list.refetch()} />;
    return (
      <div aria-busy="true" role="status" aria-label={t("state.loading")}>
        <Skeleton active title={false} paragraph={{ rows: 6 }} />
      </div>
    );
  }
  const rows = allRows(list.data);
  if (rows.length === 0) return typeof empty === "string" ? <NothingThere text={empty} /> : empty;
  const isLong = rows.length > PLAIN_ROWS_MAX;
  const onScroll = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: UIEvent<HTMLDivElement>): void => {
    const isNearEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (isLong && isNearEnd && list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
  };
  return (
    <>
      <Table<Row>
        aria-label={label}
        className="long-table"
        size="small"
        columns={columns}
        dataSource={rows}
        rowKey={rowKey}
        pagination={false}
        scroll={isLong ? { x: width, y: WINDOW_PX } : { x: width }}
        virtual={isLong}
        onScroll={onScroll}
        {...(detail === undefined ? {} : { expandable: { expandedRowRender: detail } })}
      />
      {list.isFetchNextPageError ? (
        <ProblemNote error={list.error} onRetry={() => void list.fetchNextPage()} />
      ) : (
        <MoreButton list={list} />
      )}
      {csv === undefined ? null : (
        <p className="table-foot">
          <CsvLink path={csv} />
        </p>
      )}
    </>
  );
}
