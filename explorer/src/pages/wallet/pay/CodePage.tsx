/** The code for the till, until it is taken, and what became of it. A reload shows the same: it stands on the chain. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { listRedemptionsOptions } from "../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { NothingThere } from "../../../parts/NothingThere.tsx";
import { Page } from "../../../parts/Page.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { QueryView } from "../../../parts/QueryView.tsx";
import { useHolder } from "../holder.ts";
import { useShop } from "../shops.ts";
import { CodeState } from "./CodeState.tsx";

/** The event stream tells of it within a second; this is for when it is interrupted. */
const LOOK_EVERY_MS = 5_000;

export default function CodePage() {
  const { t } = useTranslation("purse");
  const { token = "", ref = "" } = useParams();
  const { account } = useHolder();
  const shop = useShop(token);
  const query = useQuery({
    ...listRedemptionsOptions({ path: { token }, query: { holder: account, ref, limit: 1 } }),
    refetchInterval: LOOK_EVERY_MS,
  });
  return (
    <Page title={t("code.title")} lead={shop?.name}>
      <Panel title={shop?.pointName ?? t("code.title")}>
        <QueryView query={query}>
          {({ items: [hold] }) =>
            hold === undefined ? (
              <NothingThere text={t("code.missing")} />
            ) : (
              <CodeState hold={hold} code={ref} token={token} />
            )
          }
        </QueryView>
      </Panel>
    </Page>
  );
}
