/** Where a proposal stands, in a word. */
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Proposal } from "../../../../gateway/client/generated/types.gen.ts";

type State = Proposal["state"];

const COLOURS: Readonly<Record<State, string>> = {
  pending: "blue",
  active: "blue",
  succeeded: "gold",
  queued: "gold",
  executed: "green",
  defeated: "red",
  canceled: "red",
  expired: "default",
};

export function StateTag({ state }: { state: State }) {
  const { t } = useTranslation("council");
  return (
    <Tag color={COLOURS[state]} variant="outlined">
      {t(`state.${state}`)}
    </Tag>
  );
}
