/** The states of a list that goes on: on its way, refused, empty, there, and the way to its next page. */
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { MoreButton } from "./MoreButton.tsx";
import { NothingThere } from "./NothingThere.tsx";
import { QueryView } from "./QueryView.tsx";

interface Props {
  readonly list: UseInfiniteQueryResult<{ pages: readonly { items: readonly unknown[] }[] }, unknown>;
  /** Instead of an empty table. */
  readonly empty?: ReactNode;
  readonly missing?: ReactNode;
  readonly children: ReactNode;
}

export function ListView({ list, empty, missing, children }: Props) {
  const { t } = useTranslation();
  return (
    <QueryView query={list} missing={missing} rows={10}>
      {({ pages }) =>
        pages.every(({ items }) => items.length === 0) ? (
          (empty ?? <NothingThere text={t("state.empty")} />)
        ) : (
          <>
            {children}
            <MoreButton list={list} />
          </>
        )
      }
    </QueryView>
  );
}
