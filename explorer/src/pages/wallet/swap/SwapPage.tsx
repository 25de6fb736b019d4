/** One merchant's points for another's: the whole of it on one page, and one consent. */
import { SwapOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { formatExact } from "../../../format/amount.ts";
import { Page } from "../../../parts/Page.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { QueryView } from "../../../parts/QueryView.tsx";
import { AmountField, baseOf } from "../AmountField.tsx";
import { useBalances } from "../balances.ts";
import { ShopSelect } from "../ShopSelect.tsx";
import type { Shop } from "../shops.ts";
import { useShops } from "../shops.ts";
import { SwapConsent } from "./SwapConsent.tsx";

export default function SwapPage() {
  const { t } = useTranslation("purse");
  const shops = useShops();
  return (
    <Page title={t("swap.title")} lead={t("swap.lead")}>
      <Panel title={t("swap.panel")}>
        <QueryView query={shops}>{(all) => <SwapForm shops={all} />}</QueryView>
      </Panel>
    </Page>
  );
}

/** What is wished stands in the address: a link from a lot that expires, or to a friend, begins there. */
function useWish(shops: readonly Shop[]) {
  const [query, setQuery] = useSearchParams();
  const balances = useBalances();
  const held = shops.filter(({ token }) => BigInt(balances.get(token) ?? 0) > 0n);
  const named = (name: string): Shop | undefined => shops.find(({ token }) => token === query.get(name)?.toLowerCase());
  const from = named("from") ?? held[0];
  const to = named("to") ?? shops.find(({ token }) => token !== from?.token);
  const change = (changes: Record<string, string>): void =>
    setQuery({ ...Object.fromEntries(query), ...changes }, { replace: true });
  return { held, balances, from, to, points: query.get("points"), change };
}

function SwapForm({ shops }: { shops: readonly Shop[] }) {
  const { t } = useTranslation("purse");
  const { held, balances, from, to, points, change } = useWish(shops);
  const [text, setText] = useState(() =>
    from === undefined || points === null ? "" : formatExact(/^\d+$/.test(points) ? points : "0", from.decimals),
  );
  const base = from === undefined ? undefined : baseOf(text, from.decimals);
  const note = (shop: Shop): string => formatExact(balances.get(shop.token) ?? "0", shop.decimals);
  return (
    <div className="wallet-form">
      <ShopSelect
        label={t("swap.from")}
        shops={held.length === 0 ? shops : held}
        token={from?.token}
        note={note}
        onToken={(token) => change({ from: token, ...(token === to?.token ? { to: from?.token ?? "" } : {}) })}
      />
      <AmountField
        label={t("swap.give")}
        text={text}
        onText={setText}
        symbol={from?.symbol ?? ""}
        decimals={from?.decimals ?? 2}
        most={from === undefined ? undefined : (balances.get(from.token) ?? "0")}
      />
      <Button
        icon={<SwapOutlined rotate={90} />}
        aria-label={t("swap.turn")}
        onClick={() => change({ from: to?.token ?? "", to: from?.token ?? "" })}
      >
        {t("swap.turn")}
      </Button>
      <ShopSelect
        label={t("swap.to")}
        shops={shops.filter(({ token }) => token !== from?.token)}
        token={to?.token}
        onToken={(token) => change({ to: token })}
      />
      {from === undefined || to === undefined || base === undefined ? null : (
        <SwapConsent from={from} to={to} amountIn={base.toString()} onDone={() => setText("")} />
      )}
    </div>
  );
}
