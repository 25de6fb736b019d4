/** A list of acts as a table that goes on, with its file beside it. */
import { Table } from "antd";
import type { TableColumnsType } from "antd";
import { useTranslation } from "react-i18next";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { MoreButton } from "../../parts/MoreButton.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";

interface Props<Row> {
  readonly list: {
    readonly isPending: boolean;
    readonly error: unknown;
    readonly data: unknown;
    readonly refetch: () => unknown;
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
  readonly rows: readonly Row[];
  readonly columns: TableColumnsType<Row>;
  readonly rowKey: (row: Row) => string;
  readonly csv: `/v1/${string}`;
}

export function ActsTable<Row extends object>({ list, rows, columns, rowKey, csv }: Props<Row>) {
  const { t } = useTranslation("desk");
  if (list.data === undefined && !list.isPending)
    return <ProblemNote error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <>
      <div className="scroll" tabIndex={0} role="region" aria-label={t("measures.title")}>
        <Table<Row>
          size="small"
          columns={columns}
          dataSource={rows}
          rowKey={rowKey}
          loading={list.isPending}
          pagination={false}
          locale={{ emptyText: <NothingThere text={t("measures.none")} /> }}
        />
      </div>
      <MoreButton list={list} />
      <p className="more">
        <CsvLink path={csv} />
      </p>
    </>
  );
}
