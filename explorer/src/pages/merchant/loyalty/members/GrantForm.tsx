/** Points by hand: for an apology, a prize, a mistake. The reason stays with them. */
import { Alert, Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { grantPoints } from "../../../../../../gateway/client/generated/sdk.gen.ts";
import { ProblemNote } from "../../../../parts/ProblemNote.tsx";
import { AmountItem } from "../../AmountItem.tsx";
import { useOwnMerchant } from "../../own-merchant.tsx";
import { useOwnId } from "../own-id.ts";
import { POINT_DECIMALS, pointsOf } from "../../units.ts";
import { useSave } from "../save.ts";

interface Fields {
  readonly points: string;
  readonly reason: string;
  readonly grantRef: string;
}

export function GrantForm({ account }: { account: string }) {
  const { t } = useTranslation("loyalty");
  const id = useOwnId();
  const { tokenSymbol } = useOwnMerchant();
  const [form] = Form.useForm<Fields>();
  const save = useSave(({ points, reason, grantRef }: Fields, headers) => {
    const body = { grantRef, account, points: pointsOf(points), reason };
    return grantPoints({ path: { id }, body, headers, throwOnError: true });
  });
  const needed = [{ required: true, message: t("needed") }];
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="console-form"
      onFinish={(fields) => save.submit(fields, () => form.resetFields())}
    >
      <AmountItem name="points" label={t("earning.points")} unit={tokenSymbol} decimals={POINT_DECIMALS} />
      <Form.Item name="reason" label={t("grant.reason")} rules={needed}>
        <Input />
      </Form.Item>
      <Form.Item
        name="grantRef"
        label={t("grant.ref")}
        extra={t("grant.refHint")}
        rules={[{ required: true, pattern: /^[\x21-\x7e]{1,100}$/, message: t("grant.refWrong") }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isSaving}>
        {t("grant.go")}
      </Button>
      {save.error === undefined ? null : <ProblemNote error={save.error} />}
      {save.saved === undefined ? null : <Alert type="success" showIcon role="status" title={t("grant.done")} />}
    </Form>
  );
}
