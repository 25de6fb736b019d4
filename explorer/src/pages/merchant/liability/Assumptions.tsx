/** What the figures take for granted, in the words of the report itself. */
import { useTranslation } from "react-i18next";
import type { Liability } from "../../../../../gateway/client/generated/types.gen.ts";
import { Panel } from "../../../parts/Panel.tsx";

export function Assumptions({ liability: { assumptions } }: { liability: Liability }) {
  const { t, i18n } = useTranslation("liability");
  return (
    <Panel title={t("assumptions")}>
      <ol className="assumptions">
        {assumptions.map(({ code, en, zh }) => (
          <li key={code}>{i18n.language === "en" ? en : zh}</li>
        ))}
      </ol>
    </Panel>
  );
}
