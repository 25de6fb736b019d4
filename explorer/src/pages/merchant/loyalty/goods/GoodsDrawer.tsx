/** One article: names, price, stock, how many a customer may have. */
import { Button, Drawer, Form, Input, InputNumber, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { putGoods } from "../../../../../../gateway/client/generated/sdk.gen.ts";
import type { Goods } from "../../../../../../gateway/client/generated/types.gen.ts";
import { formatExact } from "../../../../format/amount.ts";
import { ProblemNote } from "../../../../parts/ProblemNote.tsx";
import { AmountItem } from "../../AmountItem.tsx";
import { useOwnMerchant } from "../../own-merchant.tsx";
import { useOwnId } from "../own-id.ts";
import { POINT_DECIMALS, pointsOf } from "../../units.ts";
import { useSave } from "../save.ts";

interface Fields {
  readonly sku: string;
  readonly zh: string;
  readonly en: string;
  readonly points: string;
  readonly stock?: number | null;
  readonly mostEach?: number | null;
  readonly isOpen: boolean;
}

/** A customer's share is counted over a month. */
const EACH_SECONDS = 30 * 86_400;

const fieldsOf = (goods: Goods): Fields => ({
  sku: goods.sku,
  zh: goods.name.zh,
  en: goods.name.en,
  points: formatExact(goods.points, POINT_DECIMALS).replaceAll(",", ""),
  stock: goods.stock,
  mostEach: goods.perCustomer?.max ?? null,
  isOpen: goods.isOpen,
});

export function GoodsDrawer({ goods, onClose }: { goods: Goods | undefined; onClose: () => void }) {
  const { t } = useTranslation("loyalty");
  const id = useOwnId();
  const { tokenSymbol } = useOwnMerchant();
  const save = useSave((fields: Fields, headers) => {
    const { sku, zh, en, points, stock, mostEach, isOpen } = fields;
    const seconds = goods?.perCustomer?.seconds ?? EACH_SECONDS;
    const body = {
      name: { zh, en },
      points: pointsOf(points),
      isOpen,
      ...(typeof stock === "number" ? { stock } : {}),
      ...(typeof mostEach === "number" ? { perCustomer: { max: mostEach, seconds } } : {}),
      // What this form does not show stays as it is.
      ...(goods === undefined ? {} : { acceptWithinSeconds: goods.acceptWithinSeconds }),
      ...(goods === undefined || goods.connector === null ? {} : { connector: goods.connector }),
    };
    return putGoods({ path: { id, sku }, body, headers, throwOnError: true });
  });
  const needed = [{ required: true, message: t("needed") }];
  return (
    <Drawer
      open
      title={t(goods === undefined ? "goods.add" : "goods.edit")}
      size={Math.min(440, innerWidth)}
      onClose={onClose}
    >
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        initialValues={goods === undefined ? { isOpen: true } : fieldsOf(goods)}
        onFinish={(fields) => save.submit(fields, onClose)}
      >
        <Form.Item name="sku" label={t("goods.sku")} rules={needed}>
          <Input disabled={goods !== undefined} autoComplete="off" />
        </Form.Item>
        <Form.Item name="zh" label={t("goods.zh")} rules={needed}>
          <Input />
        </Form.Item>
        <Form.Item name="en" label={t("goods.en")} rules={needed}>
          <Input />
        </Form.Item>
        <AmountItem name="points" label={t("goods.price")} unit={tokenSymbol} decimals={POINT_DECIMALS} />
        <Form.Item name="stock" label={t("goods.stock")} extra={t("goods.stockHint")}>
          <InputNumber min={0} precision={0} />
        </Form.Item>
        <Form.Item name="mostEach" label={t("goods.each")} extra={t("goods.eachHint")}>
          <InputNumber min={1} precision={0} />
        </Form.Item>
        <Form.Item name="isOpen" label={t("goods.open")} valuePropName="checked">
          <Switch />
        </Form.Item>
        {save.error === undefined ? null : <ProblemNote error={save.error} />}
        <Button type="primary" htmlType="submit" loading={save.isSaving}>
          {t("save")}
        </Button>
      </Form>
    </Drawer>
  );
}
