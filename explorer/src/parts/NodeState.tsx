/** A node in a few words: does it attest, and since when not. */
import { useTranslation } from "react-i18next";
import { isAttesting } from "../format/attesting.ts";
import { TimeText } from "./TimeText.tsx";

interface Props {
  readonly isActive: boolean;
  readonly attestedAt: number | null;
  readonly epoch: { readonly startsAt: number; readonly endsAt: number } | undefined;
  /** The time of the block that this is true at. */
  readonly now: number;
}

export function NodeState({ isActive, attestedAt, epoch, now }: Props) {
  const { t } = useTranslation();
  const state = !isActive ? "left" : epoch !== undefined && isAttesting(epoch, attestedAt, now) ? "attests" : "silent";
  return (
    <span className="node-state" data-state={state}>
      {t(`node.${state}`)}
      {attestedAt === null ? null : (
        <>
          {" · "}
          <TimeText seconds={attestedAt} />
        </>
      )}
    </span>
  );
}
