/** Every movement of points to or from the account, of all merchants. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listAccountTransfersInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { asPages } from "../../api/pages.ts";
import { MovementsTable } from "../../parts/MovementsTable.tsx";
import { Panel } from "../../parts/Panel.tsx";
import type { AccountProps } from "./AccountPage.tsx";

const PAGE_ROWS = 25;

export function AccountTransfers({ account }: AccountProps) {
  const { t } = useTranslation("accounts");
  const { address } = account;
  const list = useInfiniteQuery({
    ...listAccountTransfersInfiniteOptions({ path: { address }, query: { limit: PAGE_ROWS } }),
    ...asPages,
    initialPageParam: { path: { address } },
  });
  return (
    <Panel title={t("transfers.title")}>
      <MovementsTable
        label={t("transfers.title")}
        list={list}
        empty={t("transfers.none")}
        csv={`/v1/accounts/${address}/transfers.csv`}
      />
    </Panel>
  );
}
