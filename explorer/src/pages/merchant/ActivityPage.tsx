/** What became of one write, found by its number: queued, sent, confirmed or failed with the reason, and each of its orders. */
import { useQuery } from "@tanstack/react-query";
import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import {
  getCommandOptions,
  listCommandItemsOptions,
} from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Command } from "../../../../gateway/client/generated/types.gen.ts";
import { formatExact } from "../../format/amount.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { CommandNote } from "../../parts/CommandNote.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { StateTag } from "../../parts/StateTag.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { POINT_DECIMALS } from "./units.ts";

export default function ActivityPage() {
  const { t } = useTranslation("merchantAccess");
  const [query, setQuery] = useSearchParams();
  const id = query.get("command") ?? "";
  return (
    <Page title={t("activity.title")} lead={t("activity.lead")}>
      <Panel title={t("activity.find")}>
        <Input.Search
          className="console-form"
          aria-label={t("activity.id")}
          placeholder={t("activity.id")}
          defaultValue={id}
          maxLength={64}
          onSearch={(text) => setQuery(text.trim() === "" ? {} : { command: text.trim() })}
        />
      </Panel>
      {id === "" ? <NothingThere text={t("activity.none")} /> : <OneCommand key={id} id={id} />}
    </Page>
  );
}

function OneCommand({ id }: { id: string }) {
  const { t } = useTranslation("merchantAccess");
  const command = useQuery(getCommandOptions({ path: { commandId: id } }));
  return (
    <Panel title={t("activity.one")}>
      <QueryView query={command} missing={<NothingThere text={t("activity.missing")} />}>
        {(found) => (
          <>
            <dl className="facts">
              <dt>{t("activity.kind")}</dt>
              <dd className="hex">{found.kind}</dd>
              <dt>{t("activity.at")}</dt>
              <dd>
                <TimeText seconds={found.createdAt} as="time" />
              </dd>
            </dl>
            <CommandNote command={found} />
            {found.items === null ? null : <Orders command={found} />}
          </>
        )}
      </QueryView>
    </Panel>
  );
}

const SHOWN_MAX = 200;
const TONES = { queued: "idle", sent: "busy", confirmed: "good", failed: "bad" } as const;

function Orders({ command: { id } }: { command: Command }) {
  const { t, i18n } = useTranslation("merchantAccess");
  const items = useQuery(listCommandItemsOptions({ path: { commandId: id }, query: { limit: SHOWN_MAX } }));
  return (
    <QueryView query={items}>
      {({ items: found }) => (
        <div className="scroll" tabIndex={0} role="region" aria-label={t("activity.orders")}>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t("activity.order")}</th>
                <th scope="col">{t("activity.customer")}</th>
                <th scope="col" className="number">
                  {t("activity.points")}
                </th>
                <th scope="col">{t("keys.state")}</th>
              </tr>
            </thead>
            <tbody>
              {found.map(({ orderRef, to, points, state, error }) => (
                <tr key={orderRef}>
                  <th scope="row">{orderRef}</th>
                  <td>
                    <AddressLink address={to} />
                  </td>
                  <td className="number">{formatExact(points, POINT_DECIMALS)}</td>
                  <td>
                    <StateTag tone={TONES[state]}>{t(`activity.state.${state}`)}</StateTag>{" "}
                    {error === null ? null : i18n.language === "en" ? error.en : error.zh}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </QueryView>
  );
}
