/** What supervision did, for everybody to see: every measure has a case number and a transaction. */
import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Page } from "../../parts/Page.tsx";
import { FrozenList } from "./FrozenList.tsx";
import { MeasureList } from "./MeasureList.tsx";
import { OrderList } from "./OrderList.tsx";
import { PauseList } from "./PauseList.tsx";

const LISTS = { measures: MeasureList, frozen: FrozenList, pauses: PauseList, orders: OrderList } as const;
type ListName = keyof typeof LISTS;
const NAMES = Object.keys(LISTS) as ListName[];

export default function SupervisionPage() {
  const { t } = useTranslation("supervision");
  const [search, setSearch] = useSearchParams();
  const shown = NAMES.find((name) => name === search.get("list")) ?? "measures";
  const List = LISTS[shown];
  return (
    <Page title={t("title")} lead={t("lead")}>
      <section className="panel">
        <Tabs
          activeKey={shown}
          onChange={(list) => setSearch({ list }, { replace: true })}
          items={NAMES.map((name) => ({
            key: name,
            label: t(`${name}.title`),
            children: name === shown ? <List /> : null,
          }))}
        />
      </section>
    </Page>
  );
}
