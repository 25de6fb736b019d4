/** Draft a proposal: choose actions, see them read back from their calls and played at the chain of now, then propose. */
import { useQuery } from "@tanstack/react-query";
import { Button, Flex, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import {
  getCouncilOptions,
  listCouncilActionsOptions,
} from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { CouncilAction } from "../../../../gateway/client/generated/types.gen.ts";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { ActionFields } from "./ActionFields.tsx";
import { DraftPreview } from "./DraftPreview.tsx";
import type { CatalogueAction, TypedAction } from "./field-values.ts";
import { toApiActions } from "./field-values.ts";
import "./council.css";

interface TypedDraft {
  readonly actions?: readonly TypedAction[];
  readonly description?: string;
}

/** As the API bounds them: calls, and bytes of UTF-8 (a Chinese character has three). */
const ACTIONS_MAX = 16;
const DESCRIPTION_MAX = 1_300;

export default function DraftPage() {
  const { t } = useTranslation("council");
  const catalogue = useQuery({ ...listCouncilActionsOptions(), staleTime: Infinity, meta: { live: false } });
  return (
    <Page title={t("draft.title")} lead={t("draft.lead")}>
      <QueryView query={catalogue} rows={8}>
        {({ items }) => <Draft catalogue={items} />}
      </QueryView>
    </Page>
  );
}

/** `?action=approve-merchant&merchantId=5`: other pages link to a form that is filled in already. */
function firstOf(search: URLSearchParams): TypedAction {
  const { action, ...values } = Object.fromEntries(search);
  return action === undefined ? {} : { action, values };
}

function Draft({ catalogue }: { catalogue: readonly CatalogueAction[] }) {
  const { t } = useTranslation("council");
  const council = useQuery(getCouncilOptions());
  const [search] = useSearchParams();
  const [form] = Form.useForm<TypedDraft>();
  const [checked, setChecked] = useState<{ actions: CouncilAction[]; description: string }>();
  const check = ({ actions = [], description = "" }: TypedDraft): void => {
    const ready = toApiActions(actions, catalogue);
    // The catalogue that the form is made of is the schema that the API checks.
    if (ready !== undefined)
      setChecked({ actions: ready as unknown as CouncilAction[], description: description.trim() });
  };
  return (
    <>
      <Panel title={t("draft.actions")}>
        <Form
          form={form}
          className="draft-form"
          layout="vertical"
          requiredMark={false}
          scrollToFirstError
          initialValues={{ actions: [firstOf(search)] }}
          onFinish={check}
          onValuesChange={() => setChecked(undefined)}
        >
          <Form.List name="actions">
            {(items, { add, remove }) => (
              <>
                {items.map(({ key, name }) => (
                  <ActionFields
                    key={key}
                    at={name}
                    catalogue={catalogue}
                    onRemove={items.length === 1 ? undefined : () => remove(name)}
                  />
                ))}
                {items.length < ACTIONS_MAX ? (
                  <Form.Item>
                    <Button onClick={() => add({})}>{t("draft.add")}</Button>
                  </Form.Item>
                ) : null}
              </>
            )}
          </Form.List>
          <Form.Item name="description" label={t("draft.description")} extra={t("draft.descriptionHint")}>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 12 }} maxLength={DESCRIPTION_MAX} />
          </Form.Item>
          <Flex>
            <Button type="primary" htmlType="submit">
              {t("draft.check")}
            </Button>
          </Flex>
        </Form>
      </Panel>
      {checked === undefined ? null : (
        <QueryView query={council}>{(data) => <DraftPreview {...checked} council={data} />}</QueryView>
      )}
    </>
  );
}
