/** What the alliance does, as it does it, in words. Attestations and movements of ALP are left out: nodes make them all day. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { listActivityOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { SentenceText } from "../../parts/SentenceText.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { paths, transactionUrl } from "../../urls.ts";

const TOPICS = "council,members,supervision,exit,merchants,points,exchange,lottery,sharing" as const;
const SHOWN = 12;

export function ActivityFeed() {
  const { t } = useTranslation("overview");
  const activity = useQuery(listActivityOptions({ query: { topic: TOPICS, limit: SHOWN } }));
  return (
    <Panel title={t("activity.title")} tools={<Link to={paths.transactions}>{t("activity.all")}</Link>}>
      <QueryView query={activity} rows={8}>
        {({ items }) =>
          items.length === 0 ? (
            <NothingThere text={t("activity.none")} />
          ) : (
            <ol className="feed">
              {items.map(({ position, topic, sentence, parties, transactionHash, timestamp }) => (
                <li key={position}>
                  <span className="tag" data-topic={topic}>
                    {t(`topic.${topic}`)}
                  </span>
                  <SentenceText sentence={sentence} parties={parties} />
                  <Link className="feed-time" to={transactionUrl(transactionHash)}>
                    <TimeText seconds={timestamp} />
                  </Link>
                </li>
              ))}
            </ol>
          )
        }
      </QueryView>
    </Panel>
  );
}
