/** Consumes a hold, lets it go, or gives redeemed points back. */
import { Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { captureHold, refundRedemption, releaseHold } from "../../../../gateway/client/generated/sdk.gen.ts";
import type { Redemption } from "../../../../gateway/client/generated/types.gen.ts";
import type { Send } from "../../api/write.ts";
import { formatExact } from "../../format/amount.ts";
import { AmountItem } from "./AmountItem.tsx";
import { WriteForm } from "./WriteForm.tsx";
import type { Step } from "./redemption.ts";
import { POINT_DECIMALS, pointsOf } from "./units.ts";

export interface Settling {
  readonly step: Step;
  readonly redemption: Redemption;
  /** Base units. */
  readonly most: bigint;
}

interface Fields {
  readonly points?: string;
}

function sendOf({ step, redemption: { holder, ref, points } }: Settling): Send<Fields> {
  const path = { token: points.token, holder, ref };
  if (step === "release") return (_, headers) => releaseHold({ path, headers, throwOnError: true });
  return ({ points: text = "" }, headers) => {
    const about = { path, body: { points: pointsOf(text) }, headers, throwOnError: true } as const;
    return step === "capture" ? captureHold(about) : refundRedemption(about);
  };
}

export function SettleDrawer({ settling, onClose }: { settling: Settling; onClose: () => void }) {
  const { t } = useTranslation("merchantRedeem");
  const { step, redemption, most } = settling;
  const text = formatExact(most, POINT_DECIMALS).replaceAll(",", "");
  return (
    <Drawer open title={t(`settle.${step}.title`)} size={Math.min(420, innerWidth)} onClose={onClose}>
      <p>{t(`settle.${step}.what`)}</p>
      <WriteForm<Fields>
        action={t(`settle.${step}.do`)}
        send={sendOf(settling)}
        {...(step === "release" ? {} : { initial: { points: text } })}
      >
        {step === "release" ? null : (
          <AmountItem
            name="points"
            label={t("points")}
            unit={redemption.points.symbol}
            decimals={POINT_DECIMALS}
            extra={t("settle.most", { amount: `${formatExact(most, POINT_DECIMALS)} ${redemption.points.symbol}` })}
          />
        )}
      </WriteForm>
    </Drawer>
  );
}
