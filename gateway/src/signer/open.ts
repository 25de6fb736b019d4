/** Opens the vault of signer keys with its passphrase. */
import type { Database } from "../store/database.ts";
import type { Signers } from "./signers.ts";

export function openSigners(_db: Database, _passphrase: string): Promise<Signers> {
  return Promise.reject(new Error("lands next"));
}
