/** What an address was told, newest first, with the last attempt; what was not delivered can be told once more. */
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Button, Table } from "antd";
import type { TableColumnsType } from "antd";
import { useTranslation } from "react-i18next";
import { listWebhookDeliveriesInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { redeliverWebhook } from "../../../../gateway/client/generated/sdk.gen.ts";
import type { WebhookDelivery } from "../../../../gateway/client/generated/types.gen.ts";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { StateTag } from "../../parts/StateTag.tsx";
import { TimeText } from "../../parts/TimeText.tsx";

interface Props {
  readonly merchantId: string;
  readonly webhookId: string;
}

const TONES = { waiting: "warn", delivered: "good", dead: "bad" } as const;

export function WebhookDeliveries({ merchantId: id, webhookId }: Props) {
  const { t } = useTranslation("merchantAccess");
  const query = useInfiniteQuery({
    ...listWebhookDeliveriesInfiniteOptions({ path: { id, webhookId }, query: { limit: 20 } }),
    initialPageParam: { path: { id, webhookId } },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const again = useMutation({
    mutationFn: (deliveryId: string) => {
      const headers = { "Idempotency-Key": crypto.randomUUID() };
      return redeliverWebhook({ path: { id, deliveryId }, headers, throwOnError: true });
    },
    onSuccess: () => query.refetch(),
  });
  if (query.isError && query.data === undefined)
    return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  const columns: TableColumnsType<WebhookDelivery> = [
    { title: t("webhooks.event"), dataIndex: "event" },
    {
      title: t("keys.state"),
      render: (_, { state }) => <StateTag tone={TONES[state]}>{t(`webhooks.delivery.${state}`)}</StateTag>,
    },
    { title: t("webhooks.attempts"), align: "right", render: (_, { attempts }) => attempts.length },
    { title: t("webhooks.last"), render: (_, { attempts }) => <LastAttempt attempt={attempts.at(-1)} /> },
    {
      title: t("keys.actions"),
      render: (_, { id: deliveryId, state }) =>
        state === "delivered" ? null : (
          <Button
            size="small"
            loading={again.isPending && again.variables === deliveryId}
            onClick={() => again.mutate(deliveryId)}
          >
            {t("webhooks.again")}
          </Button>
        ),
    },
  ];
  return (
    <>
      {again.isError ? <ProblemNote error={again.error} /> : null}
      <div className="scroll">
        <Table<WebhookDelivery>
          size="small"
          columns={columns}
          dataSource={query.data?.pages.flatMap(({ items }) => items) ?? []}
          rowKey="id"
          loading={query.isPending}
          pagination={false}
          locale={{ emptyText: <NothingThere text={t("webhooks.noDeliveries")} /> }}
        />
      </div>
      {query.hasNextPage ? (
        <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          {t("webhooks.more")}
        </Button>
      ) : null}
    </>
  );
}

function LastAttempt({ attempt }: { attempt: WebhookDelivery["attempts"][number] | undefined }) {
  if (attempt === undefined) return "–";
  return (
    <>
      {attempt.status ?? attempt.problem} · <TimeText seconds={attempt.at} />
    </>
  );
}
