/** One block: what it is, and what happened in it. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { getBlockOptions, getStatusOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { formatCount } from "../../format/number.ts";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { TransactionTable } from "../../parts/TransactionTable.tsx";
import { blockUrl, paths } from "../../urls.ts";
import { MinerText } from "./MinerText.tsx";

const NUMBER_OR_HASH = /^([0-9]{1,9}|0x[0-9a-fA-F]{64})$/;

export default function BlockPage() {
  const { t } = useTranslation("chain");
  const { numberOrHash = "" } = useParams();
  const title = t("block.title", { number: numberOrHash.slice(0, 20) });
  if (!NUMBER_OR_HASH.test(numberOrHash))
    return (
      <Page title={title}>
        <NothingThere text={t("block.malformed", { text: numberOrHash })}>
          <Link to={paths.blocks}>{t("blocks.title")}</Link>
        </NothingThere>
      </Page>
    );
  return <KnownBlock key={numberOrHash} numberOrHash={numberOrHash} />;
}

function KnownBlock({ numberOrHash }: { readonly numberOrHash: string }) {
  const { t } = useTranslation("chain");
  // A block that is not there yet may come: then the stream of events has it read again.
  const block = useQuery(getBlockOptions({ path: { numberOrHash } }));
  const shown = block.data?.shown;
  return (
    <Page
      title={t("block.title", { number: shown?.number ?? numberOrHash.slice(0, 10) })}
      tools={shown === undefined ? undefined : <Neighbours number={shown.number} />}
    >
      <QueryView query={block} missing={<NoSuchBlock numberOrHash={numberOrHash} />}>
        {({
          shown: { number, hash, parentHash, timestamp, miner, gasUsed, eventCount, transactionCount },
          transactions,
        }) => (
          <>
            <Panel title={t("facts")}>
              <dl className="facts">
                <dt>{t("block.time")}</dt>
                <dd>
                  <TimeText seconds={timestamp} as="time" /> (<TimeText seconds={timestamp} />)
                </dd>
                <dt>{t("block.hash")}</dt>
                <dd className="hex">{hash}</dd>
                <dt>{t("block.parent")}</dt>
                <dd className="hex">
                  {number === 0 ? parentHash : <Link to={blockUrl(number - 1)}>{parentHash}</Link>}
                </dd>
                <dt>{t("block.miner")}</dt>
                <dd>
                  <MinerText address={miner} />
                </dd>
                <dt>{t("block.gasUsed")}</dt>
                <dd>{formatCount(Number(gasUsed))}</dd>
                <dt>{t("block.events")}</dt>
                <dd>{formatCount(eventCount)}</dd>
              </dl>
            </Panel>
            <Panel title={t("block.transactionsOf", { count: transactionCount })}>
              {transactions.length === 0 ? (
                <NothingThere text={t("block.empty")} />
              ) : (
                <TransactionTable rows={transactions} isInBlock />
              )}
            </Panel>
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Neighbours({ number }: { readonly number: number }) {
  const { t } = useTranslation("chain");
  return (
    <>
      {number > 0 ? <Link to={blockUrl(number - 1)}>{t("block.before")}</Link> : null}
      <Link to={blockUrl(number + 1)}>{t("block.after")}</Link>
    </>
  );
}

function NoSuchBlock({ numberOrHash }: { readonly numberOrHash: string }) {
  const { t } = useTranslation("chain");
  const status = useQuery(getStatusOptions());
  const head = status.data?.block.number;
  const isAhead = head !== undefined && /^[0-9]+$/.test(numberOrHash) && Number(numberOrHash) > head;
  return (
    <NothingThere
      text={isAhead ? t("block.notYet", { number: numberOrHash, head }) : t("block.unknown", { text: numberOrHash })}
    >
      {head === undefined ? null : <Link to={blockUrl(head)}>{t("block.latest", { number: head })}</Link>}
    </NothingThere>
  );
}
