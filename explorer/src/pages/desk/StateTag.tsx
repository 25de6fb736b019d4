/** Where an alert or a case stands, in a word and a colour. */
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Alert, Case } from "../../../../gateway/client/generated/types.gen.ts";

type State = Alert["state"] | Case["state"];

const COLOURS: Readonly<Record<State, string>> = {
  open: "orange",
  inCase: "blue",
  underReview: "blue",
  acted: "green",
  dismissed: "default",
};

export function StateTag({ state }: { state: State }) {
  const { t } = useTranslation("desk");
  return <Tag color={COLOURS[state]}>{t(`state.${state}`)}</Tag>;
}
