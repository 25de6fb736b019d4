-- Sessions of browsers. Of every token only the SHA-256 is here; each has 256 random bits, so a slow hash would add
-- nothing.
create table web_session (
  token_sha256 text primary key,
  -- The key that it was opened with, or that made the link: the session ends with it. Null: a wallet's own signature.
  key_id text references access_key (id),
  -- Set for customers, who are confined to these; null: whatever the key may.
  customer_id uuid references customer (id),
  account text,
  organisation text not null,
  merchant_id integer,
  created_at timestamptz not null,
  used_at timestamptz not null,
  expires_at timestamptz not null
);
create index web_session_expiry on web_session (expires_at);

-- Opens one customer's wallet, once.
create table wallet_link (
  token_sha256 text primary key,
  key_id text not null references access_key (id),
  customer_id uuid not null references customer (id),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index wallet_link_expiry on wallet_link (expires_at);

-- Numbers that wallets sign when they sign in; deleted by their use.
create table sign_in_nonce (
  nonce text primary key,
  expires_at timestamptz not null
);
create index sign_in_nonce_expiry on sign_in_nonce (expires_at);
