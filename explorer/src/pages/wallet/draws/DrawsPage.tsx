/** Draws with their odds as the chain has them, tickets, and what became of one's own. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listDrawsOptions } from "../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { NothingThere } from "../../../parts/NothingThere.tsx";
import { Page } from "../../../parts/Page.tsx";
import { QueryView } from "../../../parts/QueryView.tsx";
import { DrawCard } from "./DrawCard.tsx";

const MOST_DRAWS = 50;

export default function DrawsPage() {
  const { t } = useTranslation("purse");
  const query = useQuery(listDrawsOptions({ query: { limit: MOST_DRAWS } }));
  return (
    <Page title={t("draws.title")} lead={t("draws.lead")}>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <NothingThere text={t("draws.none")} />
          ) : (
            items.map((draw) => <DrawCard key={draw.drawId} draw={draw} />)
          )
        }
      </QueryView>
    </Page>
  );
}
