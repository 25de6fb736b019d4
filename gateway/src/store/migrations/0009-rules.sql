-- The merchants' loyalty rules. One draft a merchant, and every version that was ever published: what it says is never
-- edited, since points were promised by it.
create table loyalty_rules_draft (
  merchant_id integer primary key,
  -- Canonical JSON (keys sorted, no spaces); its keccak256 beside it.
  document text not null,
  rules_hash text not null,
  updated_at timestamptz not null,
  updated_by text not null
);

create table loyalty_rules (
  merchant_id integer not null,
  version integer not null check (version > 0),
  document text not null,
  rules_hash text not null,
  -- publishing: its command is under way. A command that fails takes the row with it.
  state text not null check (state in ('publishing', 'published')),
  -- What anchors it on the chain.
  command_id uuid not null,
  requested_at timestamptz not null,
  published_at timestamptz,
  published_by text not null,
  primary key (merchant_id, version)
);
create unique index loyalty_rules_publishing on loyalty_rules (merchant_id) where state = 'publishing';

-- Which accounts were seen on which device (a salted hash of the shop's own making), so that a limit costs the same however
-- many orders there were.
create table loyalty_device (
  merchant_id integer not null,
  device_hash text not null,
  account text not null,
  -- Unix seconds.
  last_at bigint not null,
  primary key (merchant_id, device_hash, account)
);
create index loyalty_device_account on loyalty_device (merchant_id, account, last_at);
