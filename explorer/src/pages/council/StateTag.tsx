/** Where a proposal stands, in a word. */
import { useTranslation } from "react-i18next";
import type { Proposal } from "../../../../gateway/client/generated/types.gen.ts";
import type { Tone } from "../../parts/ToneTag.tsx";
import { ToneTag } from "../../parts/ToneTag.tsx";

type State = Proposal["state"];

const TONES: Readonly<Record<State, Tone>> = {
  pending: "info",
  active: "info",
  succeeded: "warn",
  queued: "warn",
  executed: "good",
  defeated: "bad",
  canceled: "bad",
  expired: "plain",
};

export function StateTag({ state }: { state: State }) {
  const { t } = useTranslation("council");
  return <ToneTag tone={TONES[state]}>{t(`state.${state}`)}</ToneTag>;
}
