/** One draw: prizes with their odds, when it ends, tickets to buy, and the customer's own numbers. */
import { Button, Flex, InputNumber, Tag } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listTicketPurchasesOptions } from "../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Draw } from "../../../../../gateway/client/generated/types.gen.ts";
import { formatAmount } from "../../../format/amount.ts";
import { formatTime } from "../../../format/time.ts";
import { Panel } from "../../../parts/Panel.tsx";
import { TransactionLink } from "../../../parts/links.tsx";
import { useAct } from "../act.ts";
import { ActProblem } from "../ActProblem.tsx";
import { takeTickets } from "../consent.ts";
import { useHolder } from "../holder.ts";
import { useShop } from "../shops.ts";

export function DrawCard({ draw }: { draw: Draw }) {
  const { t, i18n } = useTranslation("purse");
  const { drawId, title, terms, state, ticketPrice, tiers, ticketsMax, ticketsSold, salesEnd } = draw;
  const shop = useShop(ticketPrice.token);
  return (
    <Panel title={title ?? t("draws.nameless", { id: drawId })} tools={<Tag>{t(`draws.state.${state}`)}</Tag>}>
      <p className="wallet-soft">
        {shop?.name} · {t("draws.sold", { sold: ticketsSold, max: ticketsMax })} ·{" "}
        {t("draws.until", { time: formatTime(salesEnd, i18n.language) })}
      </p>
      {terms === null ? null : <p>{terms}</p>}
      <div className="scroll" tabIndex={0}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t("draws.prize")}</th>
              <th scope="col" className="number">
                {t("draws.count")}
              </th>
              <th scope="col" className="number">
                {t("draws.odds")}
              </th>
            </tr>
          </thead>
          <tbody>
            {tiers.map(({ points, count }, index) => (
              <tr key={index}>
                <td>{formatAmount(points)}</td>
                <td className="number">{count}</td>
                <td className="number">{t("draws.oneIn", { count, max: ticketsMax })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Mine draw={draw} />
      {state === "open" ? <Buy draw={draw} /> : null}
    </Panel>
  );
}

function Mine({ draw: { drawId } }: { draw: Draw }) {
  const { t } = useTranslation("purse");
  const { account } = useHolder();
  const { data } = useQuery(listTicketPurchasesOptions({ path: { drawId: String(drawId) }, query: { account } }));
  if (data === undefined || data.items.length === 0) return null;
  return (
    <>
      <h3 className="wallet-months">{t("draws.mine")}</h3>
      <ul className="wallet-plain-list">
        {data.items.map(({ purchaseId, firstNumber, count, state, transactionHash }) => (
          <li key={purchaseId}>
            {count === 1
              ? t("draws.number", { first: firstNumber })
              : t("draws.numbers", { first: firstNumber, last: firstNumber + count - 1 })}{" "}
            <Tag>{t(`draws.ticket.${state}`)}</Tag> <TransactionLink hash={transactionHash} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Buy({ draw: { drawId, ticketPrice, ticketsPerAccount } }: { draw: Draw }) {
  const { t } = useTranslation("purse");
  const holder = useHolder();
  const [count, setCount] = useState(1);
  const act = useAct((wish: { drawId: number; count: number }, intent) => takeTickets(holder, wish, intent));
  const cost = formatAmount({ ...ticketPrice, amount: (BigInt(ticketPrice.amount) * BigInt(count)).toString() });
  const id = `tickets-${drawId}`;
  return (
    <div className="wallet-form wallet-buy">
      <ActProblem error={act.error} />
      {act.done === undefined ? null : (
        <p role="status" className="wallet-in">
          {t("draws.bought")}
        </p>
      )}
      <Flex gap="small" align="center" wrap>
        <label htmlFor={id}>{t("draws.tickets")}</label>
        <InputNumber
          id={id}
          min={1}
          max={ticketsPerAccount}
          precision={0}
          value={count}
          onChange={(value) => setCount(value ?? 1)}
        />
        <Button type="primary" loading={act.isBusy} onClick={() => void act.run({ drawId, count })}>
          {t("draws.buy", { cost })}
        </Button>
      </Flex>
      <p className="wallet-soft">{t("draws.terms")}</p>
    </div>
  );
}
