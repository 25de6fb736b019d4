/** One hold at the till: what it is worth, and to take it or to give it back. */
import { Alert, Button, Flex } from "antd";
import { useTranslation } from "react-i18next";
import { captureHold, releaseHold } from "../../../../../gateway/client/generated/sdk.gen.ts";
import type { Redemption } from "../../../../../gateway/client/generated/types.gen.ts";
import { useWrite } from "../../../api/write.ts";
import { formatAmount } from "../../../format/amount.ts";
import { AddressLink } from "../../../parts/AddressLink.tsx";
import { CommandNote } from "../../../parts/CommandNote.tsx";
import { ProblemNote } from "../../../parts/ProblemNote.tsx";
import { TimeText } from "../../../parts/TimeText.tsx";
import { useNow } from "../../../parts/now.ts";
import { useOwnMerchant } from "../own-merchant.tsx";
import { worthFen, yuanOf } from "./fen.ts";

export function ScannedHold({ hold, onNext }: { hold: Redemption; onNext: () => void }) {
  const { t } = useTranslation("loyalty");
  const { pointsPerYuan } = useOwnMerchant();
  const { points, holder, ref, state, releaseAt } = hold;
  const now = useNow();
  const path = { token: points.token, holder, ref };
  const take = useWrite((body: { points: string }, headers) =>
    captureHold({ path, body, headers, throwOnError: true }),
  );
  const back = useWrite((_: object, headers) => releaseHold({ path, headers, throwOnError: true }));
  const isOver = releaseAt !== null && releaseAt <= now;
  const isBusy = [take, back].some(
    ({ isSending, command }) => isSending || command?.state === "queued" || command?.state === "sent",
  );
  return (
    <div className="scan-hold">
      <p className="scan-amount" data-testid="scan-amount">
        {formatAmount(points)} <span>= ¥{yuanOf(worthFen(points.amount, pointsPerYuan))}</span>
      </p>
      <dl className="facts">
        <dt>{t("scan.holder")}</dt>
        <dd>
          <AddressLink address={holder} />
        </dd>
        {releaseAt === null || state !== "held" ? null : (
          <>
            <dt>{t("scan.until")}</dt>
            <dd>
              <TimeText seconds={releaseAt} as="time" />
            </dd>
          </>
        )}
      </dl>
      {state === "held" ? (
        <>
          {isOver ? <Alert type="warning" showIcon title={t("scan.over")} /> : null}
          <Flex gap="small" wrap>
            <Button
              type="primary"
              size="large"
              disabled={isOver || isBusy}
              loading={take.isSending}
              onClick={() => take.submit({ points: points.amount })}
            >
              {t("scan.take")}
            </Button>
            <Button size="large" disabled={isBusy} loading={back.isSending} onClick={() => back.submit({})}>
              {t("scan.giveBack")}
            </Button>
          </Flex>
        </>
      ) : (
        <Alert
          type={state === "captured" ? "success" : "info"}
          showIcon
          title={t(state === "captured" ? "scan.taken" : "scan.returned")}
          action={<Button onClick={onNext}>{t("scan.next")}</Button>}
        />
      )}
      {[take, back].map(({ error, command }, index) => (
        <div key={index}>
          {error === undefined ? null : <ProblemNote error={error} />}
          {command === undefined ? null : <CommandNote command={command} />}
        </div>
      ))}
    </div>
  );
}
