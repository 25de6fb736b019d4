/** Waiting with its QR code, taken, timed out, or given back. */
import { Button, Result } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { releaseHold } from "../../../../../gateway/client/generated/sdk.gen.ts";
import type { Redemption } from "../../../../../gateway/client/generated/types.gen.ts";
import { formatAmount } from "../../../format/amount.ts";
import { formatTime } from "../../../format/time.ts";
import { useNow } from "../../../parts/now.ts";
import { receiptUrl, tillScanUrl, walletPaths } from "../../../urls.ts";
import { settle, useAct } from "../act.ts";
import { ActProblem } from "../ActProblem.tsx";
import { CodePicture } from "../CodePicture.tsx";

interface Props {
  readonly hold: Redemption;
  /** As in the address: what the till enters. */
  readonly code: string;
  readonly token: string;
}

export function CodeState({ hold, code, token }: Props) {
  const { t } = useTranslation("purse");
  const now = useNow();
  const amount = formatAmount(hold.points);
  if (hold.state === "held")
    return hold.releaseAt !== null && hold.releaseAt <= now ? (
      <TimedOut hold={hold} token={token} />
    ) : (
      <Waiting hold={hold} code={code} token={token} />
    );
  const isTaken = hold.state === "captured";
  return (
    <Result
      status={isTaken ? "success" : "info"}
      title={t(isTaken ? "code.taken" : "code.back", { points: isTaken ? formatAmount(hold.redeemed) : amount })}
      extra={[
        <Link key="receipt" to={receiptUrl(hold.transactionHash)}>
          {t("receipt.see")}
        </Link>,
        <Link key="wallet" to={walletPaths.home}>
          {t("toWallet")}
        </Link>,
      ]}
    />
  );
}

function Waiting({ hold, code, token }: Props) {
  const { t, i18n } = useTranslation("purse");
  const url = new URL(tillScanUrl({ token, holder: hold.holder, ref: code }), location.origin).href;
  return (
    <div className="wallet-code" role="status">
      <p className="wallet-code-amount">{formatAmount(hold.points)}</p>
      <CodePicture value={url} label={t("code.qr", { code })} />
      <p className="wallet-code-text" data-testid="pay-code">
        {code.startsWith("0x") ? `${code.slice(0, 10)}…` : code}
      </p>
      <p className="wallet-soft">{t("code.show")}</p>
      {hold.releaseAt === null ? null : (
        <p className="wallet-soft">{t("code.until", { time: formatTime(hold.releaseAt, i18n.language) })}</p>
      )}
    </div>
  );
}

function TimedOut({ hold, token }: Omit<Props, "code">) {
  const { t } = useTranslation("purse");
  const { holder, ref } = hold;
  const act = useAct(async (path: { token: string; holder: string; ref: string }, intent) => {
    const { data } = await releaseHold({ path, headers: intent.headers("release"), throwOnError: true });
    return settle(data);
  });
  return (
    <Result
      status="warning"
      title={t("code.timedOut", { points: formatAmount(hold.points) })}
      subTitle={t("code.fetch")}
      extra={
        <>
          <ActProblem error={act.error} />
          <Button type="primary" loading={act.isBusy} onClick={() => void act.run({ token, holder, ref })}>
            {t("code.takeBack")}
          </Button>
        </>
      }
    />
  );
}
