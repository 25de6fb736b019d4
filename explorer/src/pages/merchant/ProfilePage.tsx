/** How the merchant presents itself: a document of its own, whose hash stands on the chain. */
import { Form, Input, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { updateProfile } from "../../../../gateway/client/generated/sdk.gen.ts";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { pointUrl } from "../../urls.ts";
import { WriteForm } from "./WriteForm.tsx";
import { useOwnMerchant } from "./own-merchant.tsx";

interface Fields {
  readonly profileUri: string;
  readonly profileHash: string;
}

export default function ProfilePage() {
  const { t } = useTranslation("merchantAccess");
  const { token, legalName, category, approvedAt, profileUri, profileHash, controller } = useOwnMerchant();
  return (
    <Page
      title={t("profile.title")}
      lead={t("profile.lead")}
      tools={<Link to={pointUrl(token)}>{t("profile.public")}</Link>}
    >
      <Panel title={t("profile.now")}>
        <dl className="facts">
          <dt>{t("profile.name")}</dt>
          <dd>{legalName}</dd>
          <dt>{t("profile.category")}</dt>
          <dd>{category}</dd>
          {approvedAt === null ? null : (
            <>
              <dt>{t("profile.since")}</dt>
              <dd>
                <TimeText seconds={approvedAt} as="time" />
              </dd>
            </>
          )}
          <dt>{t("profile.controller")}</dt>
          <dd className="hex">{controller}</dd>
          <dt>{t("profile.uri")}</dt>
          <dd>
            <a href={profileUri}>{profileUri}</a>
          </dd>
          <dt>{t("profile.hash")}</dt>
          <dd className="hex">{profileHash}</dd>
        </dl>
      </Panel>
      <Panel title={t("profile.change")}>
        <p className="page-lead">{t("profile.changeHint")}</p>
        <ProfileForm />
      </Panel>
    </Page>
  );
}

/** Printable ASCII without spaces, as the chain stores it. */
const URI = /^[\x21-\x7e]{1,256}$/;

function ProfileForm() {
  const { t } = useTranslation("merchantAccess");
  const { id, profileUri } = useOwnMerchant();
  return (
    <WriteForm<Fields>
      action={t("profile.do")}
      initial={{ profileUri }}
      send={(body, headers) => updateProfile({ path: { id: String(id) }, body, headers, throwOnError: true })}
    >
      <Form.Item
        name="profileUri"
        label={t("profile.uri")}
        extra={t("profile.uriHint")}
        rules={[{ required: true, pattern: URI, message: t("profile.uriFlaw") }]}
      >
        <Input inputMode="url" autoComplete="off" spellCheck={false} maxLength={256} />
      </Form.Item>
      <Form.Item
        name="profileHash"
        label={t("profile.document")}
        extra={t("profile.documentHint")}
        rules={[{ required: true, message: t("profile.documentFlaw") }]}
      >
        <HashedFile />
      </Form.Item>
    </WriteForm>
  );
}

/** The document itself never leaves the browser: only its hash does. */
async function hashOf(file: File): Promise<string> {
  const { keccak256 } = await import("ethers/crypto");
  return keccak256(new Uint8Array(await file.arrayBuffer()));
}

interface HashedFileProps {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (hash: string) => void;
}

/** Controlled by the form: its value is the hash of the file that was chosen. */
function HashedFile({ id, value, onChange }: HashedFileProps) {
  const { t } = useTranslation("merchantAccess");
  const [name, setName] = useState<string>();
  return (
    <>
      <Upload.Dragger
        {...(id === undefined ? {} : { id })}
        accept=".json,application/json,text/plain"
        showUploadList={false}
        beforeUpload={(file) => {
          setName(file.name);
          void hashOf(file).then(onChange);
          return false;
        }}
      >
        {name ?? t("profile.choose")}
      </Upload.Dragger>
      {value === undefined ? null : <span className="hex wrap">{value}</span>}
    </>
  );
}
