/** The till: a customer shows a code, the points that lie on hold under it are looked at and taken. */
import { Alert, Button, Form, Input } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { listRedemptionsOptions } from "../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { NothingThere } from "../../../parts/NothingThere.tsx";
import { Page } from "../../../parts/Page.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { QueryView } from "../../../parts/QueryView.tsx";
import { useOwnMerchant } from "../own-merchant.tsx";
import { ScannedHold } from "./ScannedHold.tsx";
import type { Scanned } from "./scanned.ts";
import { readScan } from "./scanned.ts";

export default function ScanPage() {
  const { t } = useTranslation("loyalty");
  const [query, setQuery] = useSearchParams();
  const { token } = useOwnMerchant();
  const [ref, holder, foreign] = [query.get("ref"), query.get("holder"), query.get("token")];
  const isForeign = foreign !== null && foreign.toLowerCase() !== token;
  const show = ({ ref: read, ...rest }: Scanned): void => setQuery({ ref: read, ...rest });
  return (
    <Page title={t("scan.title")} lead={t("scan.lead")}>
      <Panel title={t("scan.enter")}>
        <CodeForm onCode={show} />
      </Panel>
      {ref === null ? null : (
        <Panel title={t("scan.found", { code: ref })}>
          {isForeign ? (
            <Alert type="warning" showIcon title={t("scan.foreign")} />
          ) : (
            <Found key={ref} code={{ ref, ...(holder === null ? {} : { holder }) }} onNext={() => setQuery({})} />
          )}
        </Panel>
      )}
    </Page>
  );
}

function CodeForm({ onCode }: { onCode: (scanned: Scanned) => void }) {
  const { t } = useTranslation("loyalty");
  const [text, setText] = useState("");
  const scanned = readScan(text);
  return (
    <Form
      layout="vertical"
      className="console-form"
      onFinish={() => {
        if (scanned === undefined) return;
        onCode(scanned);
        setText("");
      }}
    >
      <Form.Item label={t("scan.code")} htmlFor="scan-code" extra={t("scan.hint")}>
        <Input
          id="scan-code"
          size="large"
          autoFocus
          autoComplete="off"
          placeholder="PAY-7K3Q-9W2M"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </Form.Item>
      <Button type="primary" size="large" htmlType="submit" disabled={scanned === undefined}>
        {t("scan.look")}
      </Button>
    </Form>
  );
}

function Found({ code: { ref, holder }, onNext }: { code: Scanned; onNext: () => void }) {
  const { t } = useTranslation("loyalty");
  const { token } = useOwnMerchant();
  const asked = { ref, limit: 1, ...(holder === undefined ? {} : { holder }) };
  const query = useQuery(listRedemptionsOptions({ path: { token }, query: asked }));
  return (
    <QueryView query={query}>
      {({ items: [hold] }) =>
        hold === undefined ? <NothingThere text={t("scan.none")} /> : <ScannedHold hold={hold} onNext={onNext} />
      }
    </QueryView>
  );
}
