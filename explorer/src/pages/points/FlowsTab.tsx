/** Where customers take these points and what they give for them: swaps with every other merchant, both ways. */
import { useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { getPointFlowsOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { GetPointFlowsResponse } from "../../../../gateway/client/generated/types.gen.ts";
import { FlowChart } from "../../charts/FlowChart.tsx";
import type { Flow } from "../../charts/FlowChart.tsx";
import { formatAmount } from "../../format/amount.ts";
import { formatCount } from "../../format/number.ts";
import { AmountText } from "../../parts/AmountText.tsx";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { useUrlChoice } from "../../parts/url-field.ts";
import { paths, pointUrl } from "../../urls.ts";
import type { PointProps } from "./PointPage.tsx";

const SPANS = ["30", "90", "366"] as const;

type Sides = GetPointFlowsResponse["items"][number];

/** A band each way of each pair; what did not happen has none. */
function flowsOf(name: string, items: readonly Sides[]): Flow[] {
  return items.flatMap((other) =>
    [
      { from: name, to: other.name, side: other.outgoing },
      { from: other.name, to: name, side: other.incoming },
    ]
      .filter(({ side }) => side.swaps > 0)
      .map(({ from, to, side }) => ({
        from,
        to,
        value: BigInt(side.hub.amount),
        notes: [formatCount(side.swaps), formatAmount(side.given), formatAmount(side.bought)],
      })),
  );
}

export function FlowsTab({ point }: PointProps) {
  const { t } = useTranslation("points");
  const [span, choose] = useUrlChoice("days", SPANS);
  const query = useQuery(getPointFlowsOptions({ path: { token: point.token }, query: { days: Number(span) } }));
  const choice = (
    <Segmented
      aria-label={t("flows.span")}
      value={span}
      onChange={choose}
      options={SPANS.map((value) => ({ value, label: t("flows.days", { count: Number(value) }) }))}
    />
  );
  return (
    <Panel title={t("flows.title")} tools={choice}>
      <QueryView query={query} rows={8}>
        {(flows) =>
          flows.items.length === 0 ? (
            <NothingThere text={t("flows.none", { count: Number(span) })}>
              <Link to={paths.exchange}>{t("flows.toExchange")}</Link>
            </NothingThere>
          ) : (
            <>
              <Picture flows={flows} name={point.name} />
              <Pairs items={flows.items} />
              <p className="table-foot">
                <CsvLink path={`/v1/points/${point.token}/flows.csv?days=${span}`} />
              </p>
            </>
          )
        }
      </QueryView>
    </Panel>
  );
}

function Picture({ flows, name }: { flows: GetPointFlowsResponse; name: string }) {
  const { t } = useTranslation("points");
  const bands = useMemo(() => flowsOf(name, flows.items), [flows.items, name]);
  const notes = useMemo(() => [t("flows.swaps"), t("flows.given"), t("flows.bought")], [t]);
  return (
    <>
      <p className="soft">
        {t("flows.sum", {
          out: formatAmount(flows.outgoing.hub),
          outCount: flows.outgoing.swaps,
          in: formatAmount(flows.incoming.hub),
          inCount: flows.incoming.swaps,
        })}
      </p>
      <FlowChart
        label={t("flows.label", { name })}
        flows={bands}
        unit={flows.outgoing.hub}
        noteNames={notes}
        height={Math.min(560, 140 + bands.length * 48)}
      />
    </>
  );
}

function Pairs({ items }: { items: readonly Sides[] }) {
  const { t } = useTranslation("points");
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t("flows.pairs")}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t("flows.other")}</th>
            <th scope="col" className="number">
              {t("flows.outGiven")}
            </th>
            <th scope="col" className="number">
              {t("flows.outBought")}
            </th>
            <th scope="col" className="number">
              {t("flows.inGiven")}
            </th>
            <th scope="col" className="number">
              {t("flows.inBought")}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ token, name, outgoing, incoming }) => (
            <tr key={token}>
              <th scope="row">
                <Link to={pointUrl(token)}>{name}</Link>
              </th>
              {[outgoing.given, outgoing.bought, incoming.given, incoming.bought].map((amount, at) => (
                <td key={`${at} ${amount.token}`} className="number">
                  {amount.amount === "0" ? "–" : <AmountText amount={amount} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
