/** What flowed between merchants in the last days. */
import { useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { listFlowsOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Flow } from "../../../../gateway/client/generated/types.gen.ts";
import { AmountText } from "../../parts/AmountText.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";

const PERIODS = [7, 30, 90, 365] as const;
const FIRST_PERIOD = 30;

export function FlowTable() {
  const { t } = useTranslation("exchange");
  const [search, setSearch] = useSearchParams();
  const days = PERIODS.find((period) => String(period) === search.get("days")) ?? FIRST_PERIOD;
  const flows = useQuery(listFlowsOptions({ query: { days } }));
  return (
    <Panel
      title={t("flows.title")}
      tools={
        <Segmented
          aria-label={t("flows.period")}
          size="small"
          value={days}
          options={PERIODS.map((value) => ({ value, label: t("flows.days", { days: value }) }))}
          onChange={(value) =>
            setSearch((before) => {
              before.set("days", String(value));
              return before;
            })
          }
        />
      }
    >
      <QueryView query={flows}>
        {({ items }) => (items.length === 0 ? <NothingThere text={t("flows.none")} /> : <Rows flows={items} />)}
      </QueryView>
    </Panel>
  );
}

function Rows({ flows }: { flows: readonly Flow[] }) {
  const { t } = useTranslation("exchange");
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t("flows.title")}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col" className="number">
              {t("swaps.given")}
            </th>
            <th scope="col" className="number">
              {t("swaps.bought")}
            </th>
            <th scope="col" className="number">
              {t("swaps.hub")}
            </th>
            <th scope="col" className="number">
              {t("flows.swaps")}
            </th>
          </tr>
        </thead>
        <tbody>
          {flows.map(({ given, bought, hub, swaps }) => (
            <tr key={`${given.token} ${bought.token}`}>
              <td className="number">
                <AmountText amount={given} />
              </td>
              <td className="number">
                <AmountText amount={bought} />
              </td>
              <td className="number">
                <AmountText amount={hub} />
              </td>
              <td className="number">{swaps}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
