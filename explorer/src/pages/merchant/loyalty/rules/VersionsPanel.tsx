/** The rules in force, and every version there was: each with the hash that stands on the chain. */
import { Button, Tag } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  getRulesOptions,
  listRulesOptions,
} from "../../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { shortHex } from "../../../../format/address.ts";
import { NothingThere } from "../../../../parts/NothingThere.tsx";
import { Panel } from "../../../../parts/Panel.tsx";
import { QueryView } from "../../../../parts/QueryView.tsx";
import { TimeText } from "../../../../parts/TimeText.tsx";
import { useOwnId } from "../own-id.ts";

export function VersionsPanel({ onBegin }: { onBegin: () => void }) {
  const { t } = useTranslation("loyalty");
  const id = useOwnId();
  const query = useQuery(listRulesOptions({ path: { id } }));
  const [shown, setShown] = useState<number>();
  return (
    <Panel
      title={t("versions.title")}
      tools={
        <Button type="primary" onClick={onBegin}>
          {t("versions.change")}
        </Button>
      }
    >
      <QueryView query={query}>
        {({ items, inForce }) =>
          items.length === 0 ? (
            <NothingThere text={t("versions.none")} />
          ) : (
            <div className="loyalty-stack">
              <div className="scroll" tabIndex={0}>
                <table className="plain">
                  <thead>
                    <tr>
                      <th scope="col">{t("versions.version")}</th>
                      <th scope="col">{t("versions.hash")}</th>
                      <th scope="col">{t("versions.when")}</th>
                      <th scope="col">{t("versions.state")}</th>
                      <th scope="col">{t("versions.document")}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map(({ version, rulesHash, publishedAt, state }) => (
                      <tr key={version}>
                        <td>{version}</td>
                        <td>
                          <span className="hex" title={rulesHash}>
                            {shortHex(rulesHash)}
                          </span>
                        </td>
                        <td>{publishedAt === null ? "–" : <TimeText seconds={publishedAt} as="time" />}</td>
                        <td>
                          <Tag>{t(version === inForce?.version ? "versions.is.inForce" : `versions.is.${state}`)}</Tag>
                        </td>
                        <td>
                          <Button size="small" onClick={() => setShown(version === shown ? undefined : version)}>
                            {t(version === shown ? "versions.hide" : "versions.show")}
                          </Button>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              {shown === undefined ? null : <Document version={shown} />}
            </div>
          )
        }
      </QueryView>
    </Panel>
  );
}

function Document({ version }: { version: number }) {
  const id = useOwnId();
  const query = useQuery(getRulesOptions({ path: { id, version: String(version) } }));
  return (
    <QueryView query={query}>
      {({ document }) => (
        <pre className="loyalty-json" tabIndex={0}>
          {JSON.stringify(document, null, 2)}
        </pre>
      )}
    </QueryView>
  );
}
