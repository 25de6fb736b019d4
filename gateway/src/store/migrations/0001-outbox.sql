-- The write side: commands accepted, the keys that sign for them, and every transaction ever signed.
-- An item or step has no state of its own once it rides in a transaction: the transaction's state is its state, so a
-- confirmation of 500 issues is one row written, not 500 (measured: 4 times the issues a second on PGlite).

-- Salt of the master key that seals the signer keys, and a sealed known text that tells a wrong passphrase.
create table signer_vault (
  id smallint primary key default 1 check (id = 1),
  salt bytea not null,
  check_value bytea not null
);

-- sealed = 12 bytes nonce, 16 bytes tag, 32 bytes AES-256-GCM ciphertext; the address is bound in as associated data.
create table signer_key (
  address text primary key check (address ~ '^0x[0-9a-f]{40}$'),
  purpose text not null check (purpose in ('platform', 'relayer', 'controller', 'till', 'customer')),
  merchant_id integer,
  sealed bytea not null,
  created_at timestamptz not null default now(),
  -- Nonces below this were looked at on the chain, whoever sent them.
  adopted_nonce integer not null default 0,
  lease_owner text,
  lease_until timestamptz,
  -- Why this key can not send at present; no new work is given to it.
  stalled_reason text
);
create index signer_key_purpose on signer_key (purpose, merchant_id);

-- Gateway processes that are alive, so that each takes its fair share of the keys.
create table outbox_process (
  id text primary key,
  seen_until timestamptz not null
);

create table command (
  seq bigint generated always as identity primary key,
  id uuid not null unique default gen_random_uuid(),
  organisation text not null,
  idempotency_key text not null,
  request_hash text not null,
  kind text not null,
  merchant_id integer,
  state text not null check (state in ('queued', 'sent', 'confirmed', 'failed')),
  error_code text,
  error_facts jsonb,
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  unique (organisation, idempotency_key)
);

-- Every transaction is stored here, signed, before it is sent. `fill` uses up a nonce that the node refuses otherwise;
-- `found` was on the chain already, sent by an earlier life of this store.
create table outbox_transaction (
  seq bigint generated always as identity primary key,
  signer text not null,
  nonce integer not null check (nonce >= 0),
  hash text not null unique,
  kind text not null check (kind in ('call', 'issue', 'fill', 'found')),
  raw text not null,
  state text not null check (state in ('signed', 'sent', 'confirmed', 'reverted', 'replaced')),
  block_number integer,
  block_hash text,
  signed_at timestamptz not null default now(),
  settled_at timestamptz
);
-- One live transaction a nonce; a `fill` may stand beside the one it replaces until the chain has chosen.
create unique index outbox_transaction_nonce on outbox_transaction (signer, nonce, (kind = 'fill')) where state <> 'replaced';
create index outbox_transaction_open on outbox_transaction (signer, nonce) where state in ('signed', 'sent');
create index outbox_transaction_block on outbox_transaction (block_number) where block_number is not null;

create table command_step (
  command_seq bigint not null references command (seq),
  step_index integer not null,
  signer text not null,
  to_address text not null,
  data text not null,
  -- ready: every step before it is confirmed. signed: the state is its transaction's.
  state text not null check (state in ('waiting', 'ready', 'signed', 'confirmed', 'failed', 'cancelled')),
  transaction_seq bigint references outbox_transaction (seq),
  primary key (command_seq, step_index)
);
create index command_step_ready on command_step (signer, command_seq) where state = 'ready';
create index command_step_transaction on command_step (transaction_seq) where transaction_seq is not null;

-- One issueBatch call. `items` holds the packed words as 64 hex digits each: what a reversal must present again.
create table issue_batch (
  seq bigint generated always as identity primary key,
  token text not null,
  ref text not null,
  epoch integer not null,
  items text not null,
  transaction_seq bigint not null references outbox_transaction (seq),
  unique (token, ref)
);
create index issue_batch_transaction on issue_batch (transaction_seq);

create table issue_item (
  seq bigint generated always as identity primary key,
  command_seq bigint not null references command (seq),
  item_index integer not null,
  token text not null,
  merchant_id integer not null,
  order_ref text not null,
  recipient text not null,
  points bigint not null check (points > 0),
  -- First 5 bytes of keccak256(order_ref): what the chain sees of the order.
  tag bigint not null,
  epoch integer,
  state text not null check (state in ('queued', 'batched', 'failed')),
  batch_seq bigint references issue_batch (seq),
  batch_index integer,
  -- Times it rode in a transaction that the chain reverted.
  attempts integer not null default 0,
  error_code text,
  error_facts jsonb,
  unique (command_seq, item_index)
);
-- An order is issued once for ever; one that failed may be asked for again.
create unique index issue_item_order on issue_item (token, order_ref) where state <> 'failed';
create index issue_item_queued on issue_item (token, seq) where state = 'queued';
create index issue_item_batch on issue_item (batch_seq, batch_index) where batch_seq is not null;

-- Items found on the chain that this store did not know to have sent (it was restored from a backup): an order that
-- matches one of them in token, recipient, points and tag has been issued already.
create table found_item (
  batch_seq bigint not null references issue_batch (seq),
  batch_index integer not null,
  token text not null,
  recipient text not null,
  points bigint not null,
  tag bigint not null,
  primary key (batch_seq, batch_index)
);
create index found_item_order on found_item (token, tag);

-- The newest block this store has seen: nothing is sent while the node stands behind it.
create table chain_seen (
  id smallint primary key default 1 check (id = 1),
  block_number integer not null,
  block_hash text not null
);
