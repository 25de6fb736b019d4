/** What happens next to a proposal, and when: the sentence beside its state. */
import { useTranslation } from "react-i18next";
import type { Proposal } from "../../../../gateway/client/generated/types.gen.ts";
import { formatDuration } from "../../format/duration.ts";
import { useNow } from "../../parts/now.ts";

type Timed = Pick<Proposal, "state" | "deadline" | "eta" | "expiresAt">;

/** Undefined when nothing will happen to it any more. */
export function useTimeLeft({ state, deadline, eta, expiresAt }: Timed): string | undefined {
  const { t, i18n } = useTranslation("council");
  const now = useNow();
  const left = (until: number): string => formatDuration(Math.max(0, Math.ceil(until - now)), i18n.language);
  switch (state) {
    case "pending":
    case "active":
      return t("left.toVote", { time: left(deadline) });
    case "succeeded":
      return t("left.toQueue", { time: left(expiresAt) });
    case "queued":
      return eta !== null && eta > now
        ? t("left.delay", { time: left(eta) })
        : t("left.toExecute", { time: left(expiresAt) });
    case "executed":
    case "canceled":
    case "defeated":
    case "expired":
      return undefined;
  }
}
