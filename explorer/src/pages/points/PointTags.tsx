/** What is out of the ordinary about a token: its issuer's standing, a pause, a halt. */
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { GetPointResponse } from "../../../../gateway/client/generated/types.gen.ts";
import { formatTime } from "../../format/time.ts";

type Tagged = Pick<GetPointResponse, "isPaused" | "pausedUntil" | "isIssueHalted" | "issuer">;

type Status = "applied" | "active" | "issueHalted" | "windingDown" | "closed";

export function PointTags({ point }: { point: Tagged }) {
  const { t, i18n } = useTranslation("points");
  const { status } = point.issuer;
  const until = point.pausedUntil;
  return (
    <span className="point-tags">
      {status === "active" ? null : <Tag color="orange">{t(`status.${status as Status}`, status)}</Tag>}
      {point.isPaused ? (
        <Tag color="red">
          {until === null ? t("paused") : t("pausedUntil", { time: formatTime(until, i18n.language) })}
        </Tag>
      ) : null}
      {point.isIssueHalted && status !== "issueHalted" ? <Tag color="orange">{t("issueHalted")}</Tag> : null}
    </span>
  );
}
