/** The last blocks. A block in which nothing happened rings no bell, so they are asked for every few seconds. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { listBlocksOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { BlockLink } from "../../parts/links.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { paths } from "../../urls.ts";

const SHOWN = 12;
const ASK_EVERY_MS = 4_000;

export function LatestBlocks() {
  const { t } = useTranslation("overview");
  const blocks = useQuery({ ...listBlocksOptions({ query: { limit: SHOWN } }), refetchInterval: ASK_EVERY_MS });
  return (
    <Panel title={t("blocks.title")} tools={<Link to={paths.blocks}>{t("blocks.all")}</Link>}>
      <QueryView query={blocks} rows={8}>
        {({ items }) => (
          <ol className="feed">
            {items.map(({ number, timestamp, transactionCount, eventCount }) => (
              <li key={number} className="feed-block">
                <BlockLink number={number} />
                <span className="soft">
                  {t("blocks.holds", { transactions: transactionCount, events: eventCount })}
                </span>
                <span className="feed-time">
                  <TimeText seconds={timestamp} />
                </span>
              </li>
            ))}
          </ol>
        )}
      </QueryView>
    </Panel>
  );
}
