/** Queue, execute, stop: what follows a vote. */
import { Button, Flex, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import type { ProposalDetail } from "../../../../gateway/client/generated/types.gen.ts";
import { useNow } from "../../parts/now.ts";
import type { Steps } from "./proposal-steps.ts";

export type Step = "queue" | "execute" | "cancel";

interface Props {
  readonly proposal: ProposalDetail;
  readonly steps: Steps;
  readonly isBusy: boolean;
  /** So long before its end a delay is as good as over: the gateway waits for it, a wallet can not (below 0: so long after). */
  readonly patienceSeconds?: number;
  readonly onStep: (step: Step) => void;
}

export function StepButtons({ proposal: { eta }, steps, isBusy, patienceSeconds = 0, onStep }: Props) {
  const { t } = useTranslation("council");
  const now = useNow();
  const isRipe = eta !== null && eta - patienceSeconds < now;
  if (!steps.canQueue && !steps.canExecute && !steps.canCancel) return null;
  return (
    <Flex gap="small" wrap align="center">
      {steps.canQueue ? (
        <Button type="primary" loading={isBusy} onClick={() => onStep("queue")}>
          {t("part.queue")}
        </Button>
      ) : null}
      {steps.canExecute ? (
        <Button type="primary" loading={isBusy} disabled={!isRipe} onClick={() => onStep("execute")}>
          {t("part.execute")}
        </Button>
      ) : null}
      {steps.canCancel ? (
        <Popconfirm title={t("part.cancelSure")} onConfirm={() => onStep("cancel")}>
          <Button danger loading={isBusy}>
            {t("part.cancel")}
          </Button>
        </Popconfirm>
      ) : null}
      {steps.canQueue ? <span className="soft">{t("part.queueHint")}</span> : null}
      {steps.canExecute && !isRipe ? <span className="soft">{t("part.notRipe")}</span> : null}
    </Flex>
  );
}
