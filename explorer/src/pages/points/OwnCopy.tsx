/** A copy of the document that the reader has: is it the one on the chain? Its bytes stay in the browser. */
import { Alert } from "antd";
import { useId, useState } from "react";
import type { ChangeEvent } from "react";
import { useTranslation } from "react-i18next";
import { hashOf, useProfile } from "../../api/profile.ts";
import { Panel } from "../../parts/Panel.tsx";
import type { PointProps } from "./PointPage.tsx";
import { sourceOf } from "./profile-source.ts";

export function OwnCopy({ point }: PointProps) {
  const { t } = useTranslation("points");
  const id = useId();
  const profile = useProfile(sourceOf(point));
  const [copy, setCopy] = useState<{ name: string; hash: string }>();
  const take = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = event.target.files?.[0];
    if (file === undefined) return;
    setCopy({ name: file.name, hash: await hashOf(new Uint8Array(await file.arrayBuffer())) });
  };
  const expected = profile.data?.expected;
  const isSame = copy !== undefined && copy.hash === expected;
  return (
    <Panel title={t("copy.title")}>
      <p>
        <label htmlFor={id}>{t("copy.label")}</label>
      </p>
      <input id={id} type="file" accept=".json,application/json" onChange={(event) => void take(event)} />
      {copy === undefined || expected === undefined ? null : (
        <Alert
          className="profile-outcome"
          role="status"
          showIcon
          type={isSame ? "success" : "error"}
          title={t(isSame ? "copy.same" : "copy.other", { name: copy.name })}
          description={<span className="hex">{copy.hash}</span>}
        />
      )}
    </Panel>
  );
}
