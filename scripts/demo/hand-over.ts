/**
 * Hands the demo's keys over to the gateway before it starts: signing keys into its vault, customers and API keys into
 * its store. What people need of it is written to `<data dir>/demo-keys.json`.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseAddress, parseHexData } from "../../gateway/src/kernel/ids.ts";
import type { Role } from "../../gateway/src/kernel/caller.ts";
import { openSigners } from "../../gateway/src/signer/open.ts";
import type { Signers } from "../../gateway/src/signer/signers.ts";
import { createApiKey } from "../../gateway/src/store/access-keys.ts";
import { findCustomer, insertCustomer } from "../../gateway/src/store/customers.ts";
import { openEmbedded, openPostgres, type Database, type Store } from "../../gateway/src/store/database.ts";
import { migrate } from "../../gateway/src/store/migrate.ts";
import { MEMBERS, MERCHANTS } from "./alliance-data.ts";
import { controllerOf, customers, nodeOf, regulator, relayers, representativeOf, tillsOf } from "./cast.ts";

export interface DemoKeys {
  /** Which database knows these keys: they are made anew for another one. */
  readonly store: string;
  readonly gateway: string;
  /** When the merchants' windows were filled (unix seconds), and whether that was finished. */
  readonly shops?: { readonly at: number; readonly areOpen: boolean };
  readonly keys: Readonly<Record<"operator" | "regulator" | "auditor", string>>;
  readonly members: readonly {
    readonly slug: string;
    readonly name: string;
    readonly memberId: number;
    readonly representative: string;
    readonly node: string;
    readonly memberKey: string;
  }[];
  readonly merchants: readonly {
    readonly slug: string;
    readonly name: string;
    readonly merchantId: number;
    readonly token: string;
    readonly merchantKey: string;
    readonly tillKey: string;
  }[];
  readonly customers: readonly {
    readonly name: string;
    readonly id: string;
    readonly organisation: string;
    readonly address: string;
  }[];
}

export interface HandOver {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly passphrase: string;
  readonly gatewayUrl: string;
  /** Addresses of the merchants' tokens, in the order of the data. */
  readonly tokens: readonly string[];
}

const fileOf = (dataDir: string): string => join(dataDir, "demo-keys.json");

function storeName(databaseUrl: string | undefined): string {
  return databaseUrl === undefined ? "embedded" : createHash("sha256").update(databaseUrl).digest("hex").slice(0, 16);
}

/** The keys of an earlier hand-over to this database, if there was one. */
export async function readDemoKeys(dataDir: string, databaseUrl: string | undefined): Promise<DemoKeys | undefined> {
  if (!existsSync(fileOf(dataDir))) return undefined;
  const keys = JSON.parse(await readFile(fileOf(dataDir), "utf8")) as DemoKeys;
  return keys.store === storeName(databaseUrl) ? keys : undefined;
}

/** Kept whole or not at all, for its owner's eyes only. */
export async function writeDemoKeys(dataDir: string, keys: DemoKeys): Promise<void> {
  const part = `${fileOf(dataDir)}.part`;
  await writeFile(part, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  await rename(part, fileOf(dataDir));
}

export async function handOver(options: HandOver): Promise<DemoKeys> {
  const store = await openStore(options);
  try {
    await migrate(store.db);
    await importSigners(await openSigners(store.db, options.passphrase));
    const keys = {
      store: storeName(options.databaseUrl),
      gateway: options.gatewayUrl,
      keys: {
        operator: await apiKey(store.db, "alliance-office", "operator"),
        regulator: await apiKey(store.db, "market-supervision", "regulator"),
        auditor: await apiKey(store.db, "consumer-council", "auditor"),
      },
      members: await memberKeys(store.db),
      merchants: await merchantKeys(store.db, options.tokens),
      customers: await keepCustomers(store.db),
    };
    await writeDemoKeys(options.dataDir, keys);
    return keys;
  } finally {
    await store.close();
  }
}

function openStore({ dataDir, databaseUrl }: HandOver): Promise<Store> | Store {
  return databaseUrl === undefined ? openEmbedded(join(dataDir, "store")) : openPostgres(databaseUrl);
}

/** Importing a key again changes nothing, so a hand-over that was cut short is simply done again. */
async function importSigners(signers: Signers): Promise<void> {
  const secret = (wallet: { privateKey: string }) => parseHexData(wallet.privateKey);
  for (const { memberId } of members) {
    await signers.importKey(secret(representativeOf(memberId)), { purpose: "representative", memberId });
  }
  await signers.importKey(secret(regulator), { purpose: "regulator" });
  for (const relayer of relayers) await signers.importKey(secret(relayer), { purpose: "relayer" });
  for (const { slug } of MERCHANTS) {
    const merchantId = merchantIdOf(slug);
    await signers.importKey(secret(controllerOf(merchantId)), { purpose: "controller", merchantId });
    for (const till of tillsOf(merchantId)) await signers.importKey(secret(till), { purpose: "till", merchantId });
  }
  for (const { wallet, organisation } of customers) {
    await signers.importKey(secret(wallet), { purpose: "customer", merchantId: merchantIdOf(organisation) });
  }
}

const members = MEMBERS.map((member, index) => ({ ...member, memberId: index + 1 }));
const merchantIdOf = (slug: string): number => MERCHANTS.findIndex((merchant) => merchant.slug === slug) + 1;

/** Whom a key speaks for, if for one alone. */
type SpeaksFor = { readonly merchantId?: number } | { readonly memberId?: number };

async function apiKey(db: Database, organisation: string, role: Role, speaksFor: SpeaksFor = {}): Promise<string> {
  const label = `demo ${role} of ${organisation}`;
  const { secret } = await createApiKey(db, { organisation, role, label, now: Date.now(), ...speaksFor });
  if (secret === null) throw new Error(`the ${label} key was not made`);
  return secret;
}

async function memberKeys(db: Database): Promise<DemoKeys["members"]> {
  const made = [];
  for (const { slug, name, memberId } of members) {
    made.push({
      slug,
      name,
      memberId,
      representative: parseAddress(representativeOf(memberId).address),
      node: parseAddress(nodeOf(memberId).address),
      memberKey: await apiKey(db, slug, "member", { memberId }),
    });
  }
  return made;
}

async function merchantKeys(db: Database, tokens: readonly string[]): Promise<DemoKeys["merchants"]> {
  const made = [];
  for (const [index, { slug, terms }] of MERCHANTS.entries()) {
    const merchantId = index + 1;
    made.push({
      slug,
      name: terms.legalName,
      merchantId,
      token: tokens[index] ?? "",
      merchantKey: await apiKey(db, slug, "merchant", { merchantId }),
      tillKey: await apiKey(db, slug, "till", { merchantId }),
    });
  }
  return made;
}

async function keepCustomers(db: Database): Promise<DemoKeys["customers"]> {
  const kept = [];
  for (const [index, { name, organisation, wallet }] of customers.entries()) {
    const address = parseAddress(wallet.address);
    const externalRef = `demo-customer-${index + 1}`;
    const merchantId = merchantIdOf(organisation);
    const fresh = { organisation, merchantId, address, isManaged: true, externalRef, now: Date.now() };
    const customer = (await insertCustomer(db, fresh)) ?? (await findCustomer(db, organisation, { address }));
    kept.push({ name, id: customer?.id ?? "", organisation, address });
  }
  return kept;
}
