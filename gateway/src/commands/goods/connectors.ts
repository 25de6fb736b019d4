/** The outside catalogues of a merchant: where they are, and the secret they know the gateway by. */
import type { Connector } from "../../connectors/connector.ts";
import { httpConnector } from "../../connectors/http-connector.ts";
import { LedgerError } from "../../kernel/errors.ts";
import { withDatabase } from "../../store/failures.ts";
import type { StoredConnector } from "../../store/goods-connectors.ts";
import { findConnector, saveConnector } from "../../store/goods-connectors.ts";
import type { Rooms } from "../rooms.ts";

export interface NamedConnector {
  readonly merchantId: number;
  readonly connectorRef: string;
}

/** The secret is never shown again. */
export interface ShownConnector extends NamedConnector {
  readonly kind: "http";
  readonly url: string;
}

/** Binds the sealed secret to its row. */
const labelOf = ({ merchantId, connectorRef }: NamedConnector): string =>
  `goods-connector ${merchantId} ${connectorRef}`;

export async function putConnector(
  rooms: Rooms,
  connector: ShownConnector & { readonly secret: string },
): Promise<ShownConnector> {
  const { merchantId, connectorRef, kind, url, secret } = connector;
  rooms.outward.assertTarget(url);
  const sealed = rooms.signers.sealSecret(labelOf(connector), Buffer.from(secret, "utf8"));
  const row = { merchantId, connectorRef, kind, url, sealed };
  await withDatabase(() => saveConnector(rooms.db, row, rooms.clock.now()));
  return { merchantId, connectorRef, kind, url };
}

async function stored(
  { db }: Pick<Rooms, "db">,
  { merchantId, connectorRef }: NamedConnector,
): Promise<StoredConnector> {
  const connector = await withDatabase(() => findConnector(db, merchantId, connectorRef));
  if (connector === undefined) throw new LedgerError("not_found", { what: `goods connector ${connectorRef}` });
  return connector;
}

export async function showConnector(rooms: Pick<Rooms, "db">, named: NamedConnector): Promise<ShownConnector> {
  const { merchantId, connectorRef, kind, url } = await stored(rooms, named);
  return { merchantId, connectorRef, kind, url };
}

/** Ready to be spoken to. Another kind of catalogue would be another file beside `http-connector.ts`, chosen here. */
export async function openConnector(rooms: Rooms, named: NamedConnector): Promise<Connector> {
  const { url, sealed } = await stored(rooms, named);
  const secret = rooms.signers.openSecret(labelOf(named), sealed).toString("utf8");
  return httpConnector(rooms.outward, { url, secret });
}
