/** What supervision did, for everybody to see: every measure has a case number and a transaction. */
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Page } from "../../parts/Page.tsx";
import { TabLinks } from "../../parts/TabLinks.tsx";
import { FrozenList } from "./FrozenList.tsx";
import { MeasureList } from "./MeasureList.tsx";
import { OrderList } from "./OrderList.tsx";
import { PauseList } from "./PauseList.tsx";

const LISTS = { measures: MeasureList, frozen: FrozenList, pauses: PauseList, orders: OrderList } as const;
type ListName = keyof typeof LISTS;
const NAMES = Object.keys(LISTS) as ListName[];

export default function SupervisionPage() {
  const { t } = useTranslation("supervision");
  const [search] = useSearchParams();
  const shown = NAMES.find((name) => name === search.get("tab")) ?? "measures";
  const List = LISTS[shown];
  return (
    <Page title={t("title")} lead={t("lead")}>
      <TabLinks label={t("title")} names={NAMES} shown={shown} text={(name) => t(`${name}.title`)} />
      <section className="panel" aria-label={t(`${shown}.title`)}>
        <List />
      </section>
    </Page>
  );
}
