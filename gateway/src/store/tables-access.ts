/** Keys, customers and sessions: what the gateway knows about who may ask, beside the chain. */
import type { ColumnType } from "kysely";

/** Both engines hand out `Date` and take an ISO string. */
type Time = ColumnType<Date, string, string>;

export interface AccessKeyTable {
  id: string;
  organisation: string;
  role: string;
  merchant_id: number | null;
  member_id: number | null;
  label: string;
  scopes: string | null;
  secret_sha256: string;
  created_at: Time;
  expires_at: Time;
  revoked_at: ColumnType<Date | null, string | null, string>;
  last_used_at: ColumnType<Date | null, string | null, string>;
  idempotency_key: string | null;
  request_hash: string | null;
  created_by: string | null;
}

export interface CustomerTable {
  id: string;
  organisation: string;
  merchant_id: number | null;
  address: string;
  is_managed: boolean;
  external_ref: string | null;
  created_at: Time;
  idempotency_key: string | null;
  request_hash: string | null;
}

export interface WebSessionTable {
  token_sha256: string;
  key_id: string | null;
  customer_id: string | null;
  account: string | null;
  organisation: string;
  merchant_id: number | null;
  created_at: Time;
  used_at: Time;
  expires_at: Time;
}

interface WalletLinkTable {
  token_sha256: string;
  key_id: string;
  customer_id: string;
  expires_at: Time;
  used_at: ColumnType<Date | null, string | null, string>;
}

interface SignInNonceTable {
  nonce: string;
  expires_at: Time;
}

export interface AccessTables {
  access_key: AccessKeyTable;
  customer: CustomerTable;
  web_session: WebSessionTable;
  wallet_link: WalletLinkTable;
  sign_in_nonce: SignInNonceTable;
}
