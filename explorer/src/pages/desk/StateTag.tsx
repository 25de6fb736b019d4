/** Where an alert or a case stands, in a word and a colour. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Alert, Case } from "../../../../gateway/client/generated/types.gen.ts";

type State = Alert["state"] | Case["state"];

type ToneName = "good" | "warn" | "bad" | "info" | "none";

const TONES: Readonly<Record<State, ToneName>> = {
  open: "warn",
  inCase: "info",
  underReview: "info",
  acted: "good",
  dismissed: "none",
};

export function StateTag({ state }: { state: State }) {
  const { t } = useTranslation("desk");
  return <Tone tone={TONES[state]}>{t(`state.${state}`)}</Tone>;
}

/** A word in a colour that can be read on any ground. */
export function Tone({ tone, children }: { tone: ToneName; children: ReactNode }) {
  return (
    <span className="desk-tag" data-tone={tone}>
      {children}
    </span>
  );
}
