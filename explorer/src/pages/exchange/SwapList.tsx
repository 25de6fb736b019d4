/** Swaps, newest first; of one token when it is named. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listSwapsInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { allRows, asPages } from "../../api/pages.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { AmountText } from "../../parts/AmountText.tsx";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { MoreButton } from "../../parts/MoreButton.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { TransactionLink } from "../../parts/links.tsx";

const PAGE = 20;

export function SwapList({ token }: { token?: string }) {
  const { t } = useTranslation("exchange");
  const filter = token === undefined ? {} : { token };
  const list = useInfiniteQuery({ ...listSwapsInfiniteOptions({ query: { ...filter, limit: PAGE } }), ...asPages });
  const swaps = allRows(list.data);
  const csv = `/v1/exchange/swaps.csv${token === undefined ? "" : `?token=${token}`}` as const;
  return (
    <Panel title={t("swaps.title")} tools={<CsvLink path={csv} />}>
      {list.isError ? <ProblemNote error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <div aria-busy="true" style={{ minHeight: "8rem" }} /> : null}
      {list.isSuccess && swaps.length === 0 ? <NothingThere text={t("swaps.none")} /> : null}
      {swaps.length === 0 ? null : (
        <div className="scroll" tabIndex={0} role="region" aria-label={t("swaps.title")}>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t("swaps.when")}</th>
                <th scope="col">{t("swaps.account")}</th>
                <th scope="col" className="number">
                  {t("swaps.given")}
                </th>
                <th scope="col" className="number">
                  {t("swaps.bought")}
                </th>
                <th scope="col" className="number">
                  {t("swaps.hub")}
                </th>
                <th scope="col">{t("swaps.transaction")}</th>
              </tr>
            </thead>
            <tbody>
              {swaps.map((swap, at) => (
                // One transaction may swap more than once; a list that only grows at its ends keeps its order.
                <tr key={`${swap.transactionHash} ${at}`}>
                  <td>
                    <TimeText seconds={swap.timestamp} />
                  </td>
                  <td>
                    <AddressLink address={swap.account} />
                  </td>
                  <td className="number">
                    <AmountText amount={swap.given} />
                  </td>
                  <td className="number">
                    <AmountText amount={swap.bought} />
                  </td>
                  <td className="number">
                    <AmountText amount={swap.hub} />
                  </td>
                  <td>
                    <TransactionLink hash={swap.transactionHash} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <MoreButton list={list} />
    </Panel>
  );
}
