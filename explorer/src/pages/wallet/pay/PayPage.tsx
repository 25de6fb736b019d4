/** Pay at a shop with points: its own, or another's that are swapped on the way. One consent, then a code for the till. */
import { useTranslation } from "react-i18next";
import { Page } from "../../../parts/Page.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { QueryView } from "../../../parts/QueryView.tsx";
import { useShops } from "../shops.ts";
import { PayForm } from "./PayForm.tsx";

export default function PayPage() {
  const { t } = useTranslation("purse");
  const shops = useShops();
  return (
    <Page title={t("pay.title")} lead={t("pay.lead")}>
      <Panel title={t("pay.panel")}>
        <QueryView query={shops}>{(all) => <PayForm shops={all} />}</QueryView>
      </Panel>
    </Page>
  );
}
