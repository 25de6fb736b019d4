/** The numbers one asks for first, each the way to its page. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { getOverviewOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { formatCount } from "../../format/number.ts";
import { QueryView } from "../../parts/QueryView.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { paths } from "../../urls.ts";

interface FigureProps {
  readonly to: string;
  readonly name: string;
  readonly count: number;
  readonly note?: ReactNode;
}

function Figure({ to, name, count, note }: FigureProps) {
  return (
    <li>
      <Link className="figure" to={to}>
        <span className="figure-name">{name}</span>
        <strong className="figure-count">{formatCount(count)}</strong>
        <span className="figure-note">{note ?? "\u00a0"}</span>
      </Link>
    </li>
  );
}

export function Figures() {
  const { t } = useTranslation("overview");
  const overview = useQuery(getOverviewOptions());
  return (
    <QueryView query={overview} rows={2}>
      {({ totals, block }) => (
        <ul className="figures" aria-label={t("figures.label")}>
          <Figure
            to={paths.blocks}
            name={t("figures.block")}
            count={block.number}
            note={<TimeText seconds={block.timestamp} />}
          />
          <Figure to={paths.transactions} name={t("figures.transactions")} count={totals.transactions} />
          <Figure
            to={paths.points}
            name={t("figures.merchants")}
            count={totals.activeMerchants}
            note={t("figures.ofAll", { count: totals.merchants })}
          />
          <Figure
            to={paths.accounts}
            name={t("figures.accounts")}
            count={totals.accounts}
            note={t("figures.transfers", { count: totals.transfers })}
          />
          <Figure to={paths.exchange} name={t("figures.swaps")} count={totals.swaps} note={t("figures.noFee")} />
          <Figure to={paths.members} name={t("figures.members")} count={totals.members} note={t("figures.oneVote")} />
        </ul>
      )}
    </QueryView>
  );
}
