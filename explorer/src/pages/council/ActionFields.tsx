/** One action of a draft: which, and its fields, as the catalogue of actions describes them. */
import { Button, Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useSay } from "../../i18n/say.ts";
import { FieldInput } from "./FieldInput.tsx";
import type { CatalogueAction } from "./field-values.ts";
import { toApiValue } from "./field-values.ts";

interface Props {
  /** Its place in the list of the form. */
  readonly at: number;
  readonly catalogue: readonly CatalogueAction[];
  readonly onRemove: (() => void) | undefined;
}

export function ActionFields({ at, catalogue, onRemove }: Props) {
  const { t } = useTranslation("council");
  const say = useSay();
  const form = Form.useFormInstance();
  const chosen = Form.useWatch<string | undefined>(["actions", at, "action"], form);
  const spec = catalogue.find(({ action }) => action === chosen);
  return (
    <fieldset className="draft-action">
      <legend>{t("draft.action", { number: at + 1 })}</legend>
      <Form.Item name={[at, "action"]} label={t("draft.what")} rules={[{ required: true, message: t("draft.choose") }]}>
        <Select
          showSearch={{ optionFilterProp: "search" }}
          placeholder={t("draft.choose")}
          options={groupsOf(catalogue, (subject) => t(`subject.${subject}`), say)}
          onChange={() => form.setFieldValue(["actions", at, "values"], {})}
        />
      </Form.Item>
      {spec?.fields.map((field) => (
        <Form.Item
          key={`${spec.action} ${field.name}`}
          name={[at, "values", field.name]}
          label={say(field.label)}
          extra={field.kind === "case" ? t("field.caseHint") : undefined}
          validateTrigger="onBlur"
          required
          rules={[
            {
              validator: (_rule, value: unknown) =>
                (field.kind === "flag" && value === undefined) || toApiValue(field.kind, value) === undefined
                  ? Promise.reject(new Error(t(`field.wrong.${field.kind}`)))
                  : Promise.resolve(),
            },
          ]}
        >
          <FieldInput field={field} />
        </Form.Item>
      ))}
      {onRemove === undefined ? null : (
        <Form.Item>
          <Button onClick={onRemove}>{t("draft.remove")}</Button>
        </Form.Item>
      )}
    </fieldset>
  );
}

function groupsOf(
  catalogue: readonly CatalogueAction[],
  subjectWord: (subject: CatalogueAction["subject"]) => string,
  say: (words: { en: string; zh: string }) => string,
) {
  const subjects = [...new Set(catalogue.map(({ subject }) => subject))];
  return subjects.map((subject) => ({
    label: subjectWord(subject),
    options: catalogue
      .filter((one) => one.subject === subject)
      .map(({ action, en, zh }) => ({ value: action, label: say({ en, zh }), search: `${action} ${en} ${zh}` })),
  }));
}
