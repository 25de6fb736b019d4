/** Addresses of the merchant's own that are told of what happens, with every attempt to tell them. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import {
  listWebhooksOptions,
  listWebhooksQueryKey,
} from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { deleteWebhook, rotateWebhookSecret } from "../../../../gateway/client/generated/sdk.gen.ts";
import type { Webhook } from "../../../../gateway/client/generated/types.gen.ts";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { StateTag } from "../../parts/StateTag.tsx";
import { NewWebhookForm } from "./NewWebhookForm.tsx";
import { SecretNote } from "./SecretNote.tsx";
import { WebhookDeliveries } from "./WebhookDeliveries.tsx";
import { useOwnMerchant } from "./own-merchant.tsx";

export default function WebhooksPage() {
  const { t } = useTranslation("merchantAccess");
  const id = String(useOwnMerchant().id);
  const queries = useQueryClient();
  const [query, setQuery] = useSearchParams();
  const [secret, setSecret] = useState<string>();
  const webhooks = useQuery(listWebhooksOptions({ path: { id } }));
  const readAgain = () => queries.invalidateQueries({ queryKey: listWebhooksQueryKey({ path: { id } }) });
  const made = (text: string | null): void => {
    if (text !== null) setSecret(text);
    void readAgain();
  };
  const shown = query.get("webhook");
  return (
    <Page title={t("webhooks.title")} lead={t("webhooks.lead")} tools={<a href="/docs">{t("webhooks.docs")}</a>}>
      {secret === undefined ? null : (
        <SecretNote title={t("webhooks.secret")} secret={secret} onClose={() => setSecret(undefined)} />
      )}
      <Panel title={t("webhooks.list")}>
        <QueryView query={webhooks}>
          {({ items }) => (
            <WebhookTable
              webhooks={items}
              merchantId={id}
              onSecret={made}
              onShow={(webhook) => setQuery({ webhook })}
            />
          )}
        </QueryView>
      </Panel>
      {shown === null ? null : (
        <Panel
          title={t("webhooks.deliveries")}
          tools={<Button onClick={() => setQuery({})}>{t("webhooks.close")}</Button>}
        >
          <WebhookDeliveries merchantId={id} webhookId={shown} />
        </Panel>
      )}
      <Panel title={t("webhooks.new")}>
        <NewWebhookForm merchantId={id} onMade={made} />
      </Panel>
    </Page>
  );
}

interface TableProps {
  readonly webhooks: readonly Webhook[];
  readonly merchantId: string;
  readonly onSecret: (secret: string | null) => void;
  readonly onShow: (webhookId: string) => void;
}

function WebhookTable({ webhooks, merchantId: id, onSecret, onShow }: TableProps) {
  const { t } = useTranslation("merchantAccess");
  const intent = () => ({ "Idempotency-Key": crypto.randomUUID() });
  const acting = useMutation({
    mutationFn: async ({ webhookId, rotates }: { webhookId: string; rotates: boolean }) => {
      const about = { path: { id, webhookId }, headers: intent(), throwOnError: true } as const;
      if (rotates) return (await rotateWebhookSecret(about)).data.secret;
      await deleteWebhook(about);
      return null;
    },
    onSuccess: onSecret,
  });
  if (webhooks.length === 0) return <NothingThere text={t("webhooks.none")} />;
  return (
    <>
      {acting.isError ? <ProblemNote error={acting.error} /> : null}
      <ul className="duties">
        {webhooks.map((webhook) => (
          <li key={webhook.id} className="webhook">
            <div>
              <strong>{webhook.label === "" ? webhook.url : webhook.label}</strong>{" "}
              <StateTag tone={webhook.state === "active" ? "good" : "idle"}>
                {t(`webhooks.state.${webhook.state}`)}
              </StateTag>
              <div className="wrap hex">{webhook.url}</div>
              <div className="page-lead">
                {webhook.events === null ? t("webhooks.allEvents") : webhook.events.join(", ")}
              </div>
            </div>
            <div className="row-tools">
              <Button size="small" onClick={() => onShow(webhook.id)}>
                {t("webhooks.deliveries")}
              </Button>
              <Popconfirm
                title={t("webhooks.rotateAsk")}
                onConfirm={() => acting.mutate({ webhookId: webhook.id, rotates: true })}
              >
                <Button size="small">{t("webhooks.rotate")}</Button>
              </Popconfirm>
              <Popconfirm
                title={t("webhooks.removeAsk")}
                onConfirm={() => acting.mutate({ webhookId: webhook.id, rotates: false })}
              >
                <Button size="small" danger>
                  {t("webhooks.remove")}
                </Button>
              </Popconfirm>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
