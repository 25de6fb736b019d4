/** One offer: what it is, what it costs in points and money, how long and where it holds. */
import { Button, Drawer, Form, Input, Popconfirm, Select } from "antd";
import { useTranslation } from "react-i18next";
import { deleteOffer, putOffer } from "../../../../../../gateway/client/generated/sdk.gen.ts";
import type { Offer, Store } from "../../../../../../gateway/client/generated/types.gen.ts";
import { formatExact } from "../../../../format/amount.ts";
import { ProblemNote } from "../../../../parts/ProblemNote.tsx";
import { AmountItem } from "../../AmountItem.tsx";
import { useOwnMerchant } from "../../own-merchant.tsx";
import { useOwnId } from "../own-id.ts";
import { POINT_DECIMALS, pointsOf } from "../../units.ts";
import { fenOf, yuanOf } from "../fen.ts";
import { useSave } from "../save.ts";

interface Fields {
  readonly offerRef: string;
  readonly zh: string;
  readonly en: string;
  readonly points: string;
  readonly cash: string;
  readonly worth: string;
  /** `2026-12-31`: the last day, in the browser's own time zone. */
  readonly ends?: string;
  readonly stores?: readonly string[];
}

const REF = /^[\w.-]{1,64}$/;
const DAY_SECONDS = 86_400;
/** When no last day was chosen. */
const LASTS_DAYS = 30;
const plain = (text: string): string => text.replaceAll(",", "");

const fieldsOf = (offer: Offer) => ({
  offerRef: offer.offerRef,
  zh: offer.title.zh,
  en: offer.title.en,
  points: plain(formatExact(offer.points, POINT_DECIMALS)),
  cash: plain(yuanOf(offer.cashFen)),
  worth: plain(yuanOf(offer.worthFen)),
  stores: offer.stores ?? [],
});

const endOf = (day: string | undefined): number | undefined =>
  day === undefined || day === "" ? undefined : Math.floor(new Date(`${day}T23:59:59`).getTime() / 1_000);

function bodyOf({ zh, en, points, cash, worth, ends, stores = [] }: Fields, offer: Offer | undefined) {
  const now = Math.floor(Date.now() / 1_000);
  return {
    title: { zh, en },
    points: pointsOf(points),
    cashFen: fenOf(cash) ?? "0",
    worthFen: fenOf(worth) ?? "0",
    startsAt: offer?.startsAt ?? now,
    endsAt: endOf(ends) ?? offer?.endsAt ?? now + LASTS_DAYS * DAY_SECONDS,
    ...(stores.length === 0 ? {} : { stores: [...stores] }),
    // What this form does not show stays as it is.
    ...(offer === undefined || offer.sku === null ? {} : { sku: offer.sku }),
    ...(offer === undefined ? {} : { hours: offer.hours }),
  };
}

interface Props {
  readonly offer: Offer | undefined;
  readonly stores: readonly Store[];
  readonly onClose: () => void;
}

export function OfferDrawer({ offer, stores, onClose }: Props) {
  const { t, i18n } = useTranslation("loyalty");
  const id = useOwnId();
  const { tokenSymbol } = useOwnMerchant();
  const save = useSave((fields: Fields, headers) => {
    const { offerRef } = fields;
    return putOffer({ path: { id, offerRef }, body: bodyOf(fields, offer), headers, throwOnError: true });
  });
  const remove = useSave((offerRef: string, headers) =>
    deleteOffer({ path: { id, offerRef }, headers, throwOnError: true }),
  );
  const needed = [{ required: true, message: t("needed") }];
  return (
    <Drawer
      open
      title={t(offer === undefined ? "offers.addOffer" : "offers.editOffer")}
      size={Math.min(440, innerWidth)}
      onClose={onClose}
    >
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        initialValues={offer === undefined ? { cash: "0" } : fieldsOf(offer)}
        onFinish={(fields) => save.submit(fields, onClose)}
      >
        <Form.Item
          name="offerRef"
          label={t("offers.ref")}
          rules={[{ required: true, pattern: REF, message: t("offers.refWrong") }]}
        >
          <Input disabled={offer !== undefined} autoComplete="off" />
        </Form.Item>
        <Form.Item name="zh" label={t("goods.zh")} rules={needed}>
          <Input />
        </Form.Item>
        <Form.Item name="en" label={t("goods.en")} rules={needed}>
          <Input />
        </Form.Item>
        <AmountItem name="points" label={t("goods.price")} unit={tokenSymbol} decimals={POINT_DECIMALS} />
        <AmountItem name="cash" label={t("offers.cash")} unit="¥" decimals={2} mayBeZero />
        <AmountItem name="worth" label={t("offers.worth")} unit="¥" decimals={2} mayBeZero />
        <Form.Item name="ends" label={t("offers.until")} extra={t("offers.untilHint", { count: LASTS_DAYS })}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="stores" label={t("offers.where")} extra={t("offers.whereHint")}>
          <Select
            mode="multiple"
            options={stores.map(({ storeRef, name }) => ({
              value: storeRef,
              label: i18n.language === "en" ? name.en : name.zh,
            }))}
          />
        </Form.Item>
        {[save, remove].map(({ error }, index) =>
          error === undefined ? null : <ProblemNote key={index} error={error} />,
        )}
        <div className="loyalty-tools">
          <Button type="primary" htmlType="submit" loading={save.isSaving}>
            {t("save")}
          </Button>
          {offer === undefined ? null : (
            <Popconfirm title={t("offers.sure")} onConfirm={() => remove.submit(offer.offerRef, onClose)}>
              <Button danger loading={remove.isSaving}>
                {t("offers.remove")}
              </Button>
            </Popconfirm>
          )}
        </div>
      </Form>
    </Drawer>
  );
}
