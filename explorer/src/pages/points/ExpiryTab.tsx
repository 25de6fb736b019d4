/** When the points in circulation expire, and what has expired already. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { getPointExpiriesOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { PointExpiries } from "../../../../gateway/client/generated/types.gen.ts";
import { BarChart } from "../../charts/BarChart.tsx";
import { CalendarChart } from "../../charts/CalendarChart.tsx";
import { formatBps } from "../../format/amount.ts";
import { AmountText } from "../../parts/AmountText.tsx";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import type { PointProps } from "./PointPage.tsx";
import { CalendarText, OffsetText } from "./calendar-words.tsx";
import { calendarOf, dayAt } from "./expiry-calendar.ts";

export function ExpiryTab({ point }: PointProps) {
  const { t } = useTranslation("points");
  const query = useQuery(getPointExpiriesOptions({ path: { token: point.token } }));
  return (
    <QueryView query={query} rows={8}>
      {(expiries) => (
        <>
          <p className="soft">
            {t("expiry.how")} <CalendarText calendar={expiries.calendar} /> ·{" "}
            <OffsetText seconds={expiries.utcOffsetSeconds} />
          </p>
          {expiries.items.length === 0 ? (
            <NothingThere text={t("expiry.none")} />
          ) : (
            <Coming expiries={expiries} name={point.name} />
          )}
          <Past expiries={expiries} />
        </>
      )}
    </QueryView>
  );
}

interface Props {
  readonly expiries: PointExpiries;
}

function Coming({ expiries, name }: Props & { name: string }) {
  const { t } = useTranslation("points");
  const { items, utcOffsetSeconds, token, circulating } = expiries;
  const calendar = useMemo(() => calendarOf(expiries), [expiries]);
  const bars = useMemo(
    () => ({
      names: items.map(({ expiresAt }) =>
        expiresAt === null ? t("expiry.never") : dayAt(expiresAt, utcOffsetSeconds),
      ),
      series: [{ name: t("expiry.points"), values: items.map(({ points }) => BigInt(points.amount)) }],
    }),
    [items, utcOffsetSeconds, t],
  );
  return (
    <>
      <div className="grid">
        <Panel title={t("expiry.coming")}>
          <BarChart
            label={t("expiry.comingLabel", { name })}
            of={t("expiry.day")}
            categories={bars.names}
            series={bars.series}
            unit={circulating}
            height={240}
          />
        </Panel>
        {calendar === undefined ? null : (
          <Panel title={t("expiry.calendar")}>
            <CalendarChart
              label={t("expiry.calendarLabel", { name })}
              days={calendar.days}
              range={calendar.range}
              unit={circulating}
            />
          </Panel>
        )}
      </div>
      <Panel title={t("expiry.lots")} tools={<CsvLink path={`/v1/points/${token}/expiries.csv`} />}>
        <div className="scroll" tabIndex={0} role="region" aria-label={t("expiry.lots")}>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t("expiry.day")}</th>
                <th scope="col">{t("expiry.left")}</th>
                <th scope="col" className="number">
                  {t("expiry.epoch")}
                </th>
                <th scope="col" className="number">
                  {t("expiry.points")}
                </th>
                <th scope="col" className="number">
                  {t("expiry.share")}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ epoch, points, expiresAt, shareBps }) => (
                <tr key={epoch}>
                  <th scope="row">{expiresAt === null ? t("expiry.never") : dayAt(expiresAt, utcOffsetSeconds)}</th>
                  <td>{expiresAt === null ? "–" : <TimeText seconds={expiresAt} />}</td>
                  <td className="number">{epoch}</td>
                  <td className="number">
                    <AmountText amount={points} />
                  </td>
                  <td className="number">{formatBps(shareBps)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p className="soft">{t("expiry.outside")}</p>
      </Panel>
    </>
  );
}

function Past({ expiries }: Props) {
  const { t } = useTranslation("points");
  return (
    <Panel title={t("expiry.past")}>
      {expiries.past.length === 0 ? (
        <NothingThere text={t("expiry.pastNone")} />
      ) : (
        <div className="scroll" tabIndex={0} role="region" aria-label={t("expiry.past")}>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t("expiry.day")}</th>
                <th scope="col" className="number">
                  {t("expiry.points")}
                </th>
              </tr>
            </thead>
            <tbody>
              {expiries.past.map(({ day, points }) => (
                <tr key={day}>
                  <th scope="row">{day}</th>
                  <td className="number">
                    <AmountText amount={points} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
