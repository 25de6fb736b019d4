/** Outside catalogues: where they are, and their secrets, sealed. */
import type { Tx } from "./database.ts";

export interface StoredConnector {
  readonly merchantId: number;
  readonly connectorRef: string;
  readonly kind: "http";
  readonly url: string;
  readonly sealed: Uint8Array;
}

export async function saveConnector(db: Tx, connector: StoredConnector, now: number): Promise<void> {
  const values = {
    merchant_id: connector.merchantId,
    connector_ref: connector.connectorRef,
    kind: connector.kind,
    url: connector.url,
    sealed: connector.sealed,
    updated_at: new Date(now).toISOString(),
  };
  await db
    .insertInto("goods_connector")
    .values(values)
    .onConflict((conflict) => conflict.columns(["merchant_id", "connector_ref"]).doUpdateSet(values))
    .execute();
}

export async function findConnector(
  db: Tx,
  merchantId: number,
  connectorRef: string,
): Promise<StoredConnector | undefined> {
  const row = await db
    .selectFrom("goods_connector")
    .selectAll()
    .where("merchant_id", "=", merchantId)
    .where("connector_ref", "=", connectorRef)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { kind, url, sealed } = row;
  return { merchantId, connectorRef, kind, url, sealed };
}
