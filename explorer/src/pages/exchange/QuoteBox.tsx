/** What a swap would give now: the pool contract itself is asked, so its answer is what execution would do. */
import { SwapOutlined } from "@ant-design/icons";
import { Button, Flex, Input, Radio, Select } from "antd";
import { useDeferredValue, useId } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { Pool } from "../../../../gateway/client/generated/types.gen.ts";
import type { QuoteAsk } from "./quote-ask.ts";
import { askIn, isAccount, queryOf, toSearch } from "./quote-ask.ts";
import { QuoteResult } from "./QuoteResult.tsx";

export function QuoteBox({ pools }: { pools: readonly Pool[] }) {
  const { t } = useTranslation("exchange");
  const [search, setSearch] = useSearchParams();
  const ask = askIn(search, pools);
  const change = (part: Partial<QuoteAsk>): void => {
    setSearch(toSearch({ ...ask, ...part }), { replace: true, preventScrollReset: true });
  };
  const typed = pools.find(({ token }) => token === (ask.side === "in" ? ask.tokenIn : ask.tokenOut));
  const query = useDeferredValue(queryOf(ask, typed?.pointReserve.decimals ?? 0));
  const ids = { amount: useId(), account: useId() };
  return (
    <div className="quote-box">
      <form className="quote-form" aria-label={t("quote.title")} onSubmit={(event) => event.preventDefault()}>
        <TokenSelect
          label={t("quote.give")}
          pools={pools}
          value={ask.tokenIn}
          onChange={(tokenIn) => change({ tokenIn })}
        />
        <Button
          className="quote-turn"
          aria-label={t("quote.turn")}
          icon={<SwapOutlined />}
          onClick={() => change({ tokenIn: ask.tokenOut, tokenOut: ask.tokenIn })}
        />
        <TokenSelect
          label={t("quote.get")}
          pools={pools}
          value={ask.tokenOut}
          onChange={(tokenOut) => change({ tokenOut })}
        />
        <div className="quote-wide">
          <Flex justify="space-between" wrap gap="small">
            <label htmlFor={ids.amount}>{t("quote.amount")}</label>
            <Radio.Group
              size="small"
              aria-label={t("quote.side")}
              value={ask.side}
              options={[
                { value: "in", label: t("quote.exactIn") },
                { value: "out", label: t("quote.exactOut") },
              ]}
              onChange={(event) => change({ side: event.target.value as QuoteAsk["side"] })}
            />
          </Flex>
          <Input
            id={ids.amount}
            size="large"
            inputMode="decimal"
            autoComplete="off"
            value={ask.amount}
            status={query === undefined ? "error" : ""}
            suffix={typed?.symbol}
            onChange={(event) => change({ amount: event.target.value })}
          />
        </div>
        <div className="quote-wide">
          <label htmlFor={ids.account}>{t("quote.account")}</label>
          <Input
            id={ids.account}
            autoComplete="off"
            spellCheck={false}
            placeholder="0x…"
            value={ask.account}
            status={isAccount(ask.account) ? "" : "error"}
            onChange={(event) => change({ account: event.target.value.trim() })}
          />
        </div>
      </form>
      {query === undefined ? (
        <p className="soft" role="status">
          {t("quote.incomplete")}
        </p>
      ) : (
        <QuoteResult query={query} pools={pools} />
      )}
    </div>
  );
}

interface TokenProps {
  readonly label: string;
  readonly pools: readonly Pool[];
  readonly value: string;
  readonly onChange: (token: string) => void;
}

function TokenSelect({ label, pools, value, onChange }: TokenProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        size="large"
        style={{ width: "100%" }}
        showSearch={{ optionFilterProp: "label" }}
        value={value === "" ? null : value}
        options={pools.map((pool) => ({ value: pool.token, label: `${pool.name} (${pool.symbol})` }))}
        onChange={onChange}
      />
    </div>
  );
}
