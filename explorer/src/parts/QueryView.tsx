/** The three states of everything that is fetched: on its way, refused, there. What was there stays while it is read anew. */
import { Skeleton } from "antd";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../api/problem.ts";
import { NothingThere } from "./NothingThere.tsx";
import { ProblemNote } from "./ProblemNote.tsx";

interface Props<T> {
  readonly query: UseQueryResult<T, unknown>;
  /** Shown for a 404: what was looked for does not exist. */
  readonly missing?: ReactNode;
  readonly rows?: number;
  readonly children: (data: T) => ReactNode;
}

export function QueryView<T>({ query, missing, rows = 4, children }: Props<T>) {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (query.isError) {
    if (problemOf(query.error).status === 404) return missing ?? <NothingThere text={t("state.missing")} />;
    return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <div aria-busy="true" role="status" aria-label={t("state.loading")}>
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}
