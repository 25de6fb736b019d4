/** Rules and tasks: from a preset and three answers to a draft, its flaws and its cost, and what is in force. */
import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Page } from "../../../../parts/Page.tsx";
import { DraftPanel } from "./DraftPanel.tsx";
import { PresetsPanel } from "./PresetsPanel.tsx";
import { VersionsPanel } from "./VersionsPanel.tsx";

const STEPS = ["inForce", "preset", "draft"] as const;
type Step = (typeof STEPS)[number];
const isStep = (text: string | null): text is Step => (STEPS as readonly (string | null)[]).includes(text);

export default function RulesPage() {
  const { t } = useTranslation("loyalty");
  const [query, setQuery] = useSearchParams();
  const asked = query.get("step");
  const go = (step: string): void => setQuery({ step }, { replace: true });
  return (
    <Page title={t("rules.title")} lead={t("rules.lead")}>
      <Tabs
        activeKey={isStep(asked) ? asked : "inForce"}
        onChange={go}
        destroyOnHidden
        items={[
          { key: "inForce", label: t("rules.step.inForce"), children: <VersionsPanel onBegin={() => go("preset")} /> },
          { key: "preset", label: t("rules.step.preset"), children: <PresetsPanel onDrafted={() => go("draft")} /> },
          { key: "draft", label: t("rules.step.draft"), children: <DraftPanel onPublished={() => go("inForce")} /> },
        ]}
      />
    </Page>
  );
}
