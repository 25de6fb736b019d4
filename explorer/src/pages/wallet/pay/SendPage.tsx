/** Points for a friend: they keep their ages. */
import { Button, Input, Result } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { Page } from "../../../parts/Page.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { QueryView } from "../../../parts/QueryView.tsx";
import { receiptUrl, walletPaths } from "../../../urls.ts";
import { useAct } from "../act.ts";
import { ActProblem } from "../ActProblem.tsx";
import { AmountField, baseOf } from "../AmountField.tsx";
import { useBalances } from "../balances.ts";
import { send } from "../consent.ts";
import { useHolder } from "../holder.ts";
import { ShopSelect } from "../ShopSelect.tsx";
import type { Shop } from "../shops.ts";
import { useShops } from "../shops.ts";

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

export default function SendPage() {
  const { t } = useTranslation("purse");
  const shops = useShops();
  return (
    <Page title={t("send.title")} lead={t("send.lead")}>
      <Panel title={t("send.panel")}>
        <QueryView query={shops}>{(all) => <SendForm shops={all} />}</QueryView>
      </Panel>
    </Page>
  );
}

function SendForm({ shops }: { shops: readonly Shop[] }) {
  const { t } = useTranslation("purse");
  const id = useId();
  const holder = useHolder();
  const balances = useBalances();
  const [query, setQuery] = useSearchParams();
  const held = shops.filter(({ token }) => BigInt(balances.get(token) ?? 0) > 0n);
  const shop = shops.find(({ token }) => token === query.get("token")?.toLowerCase()) ?? held[0];
  const [to, setTo] = useState("");
  const [text, setText] = useState("");
  const points = shop === undefined ? undefined : baseOf(text, shop.decimals);
  const act = useAct((wish: { token: string; to: string; points: string }, intent) => send(holder, wish, intent));
  const hash = act.done?.transactions.at(-1)?.hash;
  if (hash !== undefined)
    return (
      <Result
        status="success"
        title={t("send.done")}
        extra={[
          <Link key="receipt" to={receiptUrl(hash)}>
            {t("receipt.see")}
          </Link>,
          <Link key="wallet" to={walletPaths.home}>
            {t("toWallet")}
          </Link>,
        ]}
      />
    );
  const isWhole = shop !== undefined && points !== undefined && ADDRESS.test(to);
  return (
    <div className="wallet-form">
      <ShopSelect
        label={t("send.of")}
        shops={held}
        token={shop?.token}
        onToken={(token) => setQuery({ token }, { replace: true })}
      />
      <AmountField
        label={t("send.points")}
        text={text}
        onText={setText}
        symbol={shop?.symbol ?? ""}
        decimals={shop?.decimals ?? 2}
        most={shop === undefined ? undefined : (balances.get(shop.token) ?? "0")}
      />
      <div className="wallet-field">
        <label htmlFor={id}>{t("send.to")}</label>
        <Input
          id={id}
          size="large"
          className="hex"
          placeholder="0x…"
          value={to}
          onChange={({ target }) => setTo(target.value.trim())}
        />
      </div>
      <ActProblem error={act.error} />
      <Button
        type="primary"
        size="large"
        disabled={!isWhole}
        loading={act.isBusy}
        onClick={() => void (isWhole && act.run({ token: shop.token, to, points: points.toString() }))}
      >
        {t("send.go")}
      </Button>
    </div>
  );
}
