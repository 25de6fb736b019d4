-- API keys: only the SHA-256 of the secret is here; it has 256 random bits, so a slow hash would add nothing.
create table access_key (
  id text primary key,
  organisation text not null,
  role text not null,
  merchant_id integer,
  label text not null,
  -- Scopes separated by spaces; null: whatever the role may.
  scopes text,
  secret_sha256 text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz,
  -- Of the request that created the key; null for keys made by the seed.
  idempotency_key text,
  request_hash text,
  created_by text,
  unique (created_by, idempotency_key)
);

create index access_key_organisation on access_key (organisation, created_at);

-- Customers of an organisation: a managed one's key is kept by the signers, another has a wallet of its own.
create table customer (
  id uuid primary key,
  organisation text not null,
  merchant_id integer,
  address text not null,
  is_managed boolean not null,
  external_ref text,
  created_at timestamptz not null,
  idempotency_key text,
  request_hash text,
  unique (organisation, idempotency_key),
  unique (organisation, address),
  unique (organisation, external_ref)
);
