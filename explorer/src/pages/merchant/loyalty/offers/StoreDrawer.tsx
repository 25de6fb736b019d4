/** One shop: its name, where it is; taken out here, too. Opening hours that were set by the API stay as they are. */
import { Button, Drawer, Form, Input, InputNumber, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { deleteStore, putStore } from "../../../../../../gateway/client/generated/sdk.gen.ts";
import type { Store } from "../../../../../../gateway/client/generated/types.gen.ts";
import { ProblemNote } from "../../../../parts/ProblemNote.tsx";
import { useOwnId } from "../own-id.ts";
import { useSave } from "../save.ts";

interface Fields {
  readonly storeRef: string;
  readonly zh: string;
  readonly en: string;
  readonly address: string;
  readonly latitude: number;
  readonly longitude: number;
}

const REF = /^[\w.-]{1,64}$/;

export function StoreDrawer({ store, onClose }: { store: Store | undefined; onClose: () => void }) {
  const { t } = useTranslation("loyalty");
  const id = useOwnId();
  const save = useSave(({ storeRef, zh, en, ...place }: Fields, headers) => {
    const hours = store === undefined ? {} : { hours: store.hours };
    const body = { name: { zh, en }, ...place, ...hours };
    return putStore({ path: { id, storeRef }, body, headers, throwOnError: true });
  });
  const remove = useSave((storeRef: string, headers) =>
    deleteStore({ path: { id, storeRef }, headers, throwOnError: true }),
  );
  const needed = [{ required: true, message: t("needed") }];
  return (
    <Drawer
      open
      title={t(store === undefined ? "offers.addStore" : "offers.editStore")}
      size={Math.min(440, innerWidth)}
      onClose={onClose}
    >
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        {...(store === undefined ? {} : { initialValues: { ...store, ...store.name } })}
        onFinish={(fields) => save.submit(fields, onClose)}
      >
        <Form.Item
          name="storeRef"
          label={t("offers.ref")}
          rules={[{ required: true, pattern: REF, message: t("offers.refWrong") }]}
        >
          <Input disabled={store !== undefined} autoComplete="off" />
        </Form.Item>
        <Form.Item name="zh" label={t("goods.zh")} rules={needed}>
          <Input />
        </Form.Item>
        <Form.Item name="en" label={t("goods.en")} rules={needed}>
          <Input />
        </Form.Item>
        <Form.Item name="address" label={t("offers.address")} rules={needed}>
          <Input />
        </Form.Item>
        <Form.Item name="latitude" label={t("offers.latitude")} rules={needed}>
          <InputNumber min={-90} max={90} />
        </Form.Item>
        <Form.Item name="longitude" label={t("offers.longitude")} rules={needed}>
          <InputNumber min={-180} max={180} />
        </Form.Item>
        {[save, remove].map(({ error }, index) =>
          error === undefined ? null : <ProblemNote key={index} error={error} />,
        )}
        <div className="loyalty-tools">
          <Button type="primary" htmlType="submit" loading={save.isSaving}>
            {t("save")}
          </Button>
          {store === undefined ? null : (
            <Popconfirm title={t("offers.sure")} onConfirm={() => remove.submit(store.storeRef, onClose)}>
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
