/** Balances by merchant: with their lots, what expires next, and what the exchange would give for them. */
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AmountText } from "../../parts/AmountText.tsx";
import { LotList } from "../../parts/LotList.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { paths, pointUrl } from "../../urls.ts";
import type { AccountProps } from "./AccountPage.tsx";

type Holding = AccountProps["account"]["holdings"][number];

export function Holdings({ account }: AccountProps) {
  const { t } = useTranslation("accounts");
  const shown = account.holdings.filter(({ balance, debt }) => balance.amount !== "0" || debt.amount !== "0");
  return (
    <Panel title={t("holdings.title")}>
      {shown.length === 0 ? (
        <NothingThere text={t("holdings.none")}>
          <Link to={paths.points}>{t("holdings.toPoints")}</Link>
        </NothingThere>
      ) : (
        <>
          <div className="scroll" tabIndex={0} role="region" aria-label={t("holdings.title")}>
            <table className="plain holdings">
              <thead>
                <tr>
                  <th scope="col">{t("holdings.point")}</th>
                  <th scope="col" className="number">
                    {t("holdings.balance")}
                  </th>
                  <th scope="col">{t("holdings.lots")}</th>
                  <th scope="col" className="number">
                    {t("holdings.value")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {shown.map((holding) => (
                  <HoldingRow key={holding.token} holding={holding} />
                ))}
              </tbody>
            </table>
          </div>
          <p className="soft">{t("valueWhat")}</p>
        </>
      )}
    </Panel>
  );
}

function HoldingRow({ holding }: { holding: Holding }) {
  const { t } = useTranslation("accounts");
  const { token, name, symbol, balance, lots, debt, isFrozen, value } = holding;
  return (
    <tr>
      <th scope="row">
        <Link to={pointUrl(token)}>{name}</Link> <span className="soft">{symbol}</span>{" "}
        {isFrozen ? <Tag color="red">{t("frozen")}</Tag> : null}
      </th>
      <td className="number">
        <AmountText amount={balance} />
        {debt.amount === "0" ? null : (
          <div className="soft" title={t("holdings.debtWhat")}>
            {t("holdings.debt")} <AmountText amount={debt} />
          </div>
        )}
      </td>
      <td>
        <LotList lots={lots} />
      </td>
      <td className="number">{value === null ? "–" : <AmountText amount={value} />}</td>
    </tr>
  );
}
