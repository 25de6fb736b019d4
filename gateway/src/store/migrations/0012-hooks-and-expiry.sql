-- Webhooks: who is told, what is told, every attempt to tell it. Expiry: what lapsed, who was told before, what was given
-- back. Times of the gateway are timestamptz, times of the chain unix seconds.

create table webhook_endpoint (
  id uuid primary key,
  merchant_id integer not null,
  url text not null,
  label text not null,
  -- Null: every event.
  events text[],
  -- Sealed by the signer's vault under id and generation; the one before signs along until its time is over.
  secret bytea not null,
  generation integer not null default 1,
  old_secret bytea,
  old_secret_until timestamptz,
  -- Idempotency key of the last rotation: the same request does not rotate twice.
  rotated_by text,
  state text not null default 'active' check (state in ('active', 'disabled')),
  created_at timestamptz not null,
  deleted_at timestamptz
);
-- The fan-out of every event reads this.
create unique index webhook_endpoint_url on webhook_endpoint (merchant_id, url) where deleted_at is null;

-- Written in the transaction that writes the event: one row an event and endpoint, whatever crashes.
create table webhook_delivery (
  id uuid primary key default gen_random_uuid(),
  endpoint_id uuid not null references webhook_endpoint (id),
  event_seq bigint not null references loyalty_event (seq),
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'dead')),
  -- Of the present round; a redelivery begins a new one.
  tries integer not null default 0,
  -- Of all rounds: the number of the last attempt.
  attempts integer not null default 0,
  -- When it is due. Whoever sends it moves this beyond the longest exchange first.
  next_at timestamptz not null,
  delivered_at timestamptz,
  redelivered_by text,
  unique (event_seq, endpoint_id)
);
create index webhook_delivery_page on webhook_delivery (endpoint_id, event_seq);
create index webhook_delivery_due on webhook_delivery (next_at) where state = 'waiting';

create table webhook_attempt (
  delivery_id uuid not null references webhook_delivery (id),
  number integer not null,
  at timestamptz not null,
  -- All null while it is under way, and for ever when the process ended in it.
  status integer,
  problem text,
  answer text,
  duration_ms integer,
  primary key (delivery_id, number)
);

-- Points that expired, by account: the sweep writes them, and they come back identical from the chain.
create table lapse (
  token text not null,
  account text not null,
  epoch integer not null,
  points bigint not null,
  expired_at bigint not null,
  primary key (token, account, epoch)
);
create index lapse_account on lapse (account, expired_at);
create index lapse_page on lapse (token, expired_at, account);

-- Who has points of which oldest epoch: the next border's list is one range of it, whatever the number of holders.
create index holding_oldest on holding
  (token, (touched - case when lane3 > 0 then 3 when lane2 > 0 then 2 when lane1 > 0 then 1 else 0 end), account)
  where balance > 0;

-- One walk through the holders of an expiring epoch, `days` before its end; it goes on after `after_account`.
create table expiry_pass (
  token text not null,
  epoch integer not null,
  days integer not null,
  after_account text not null default '',
  notices integer not null default 0,
  is_done boolean not null default false,
  primary key (token, epoch, days)
);

-- Told once each, for ever.
create table expiry_notice (
  seq bigint generated always as identity primary key,
  merchant_id integer not null,
  token text not null,
  account text not null,
  epoch integer not null,
  days integer not null,
  points bigint not null,
  expires_at bigint not null,
  at timestamptz not null,
  unique (token, epoch, days, account)
);
create index expiry_notice_merchant on expiry_notice (merchant_id, seq);
create index expiry_notice_account on expiry_notice (account, seq);

-- Expired points given back: an act of its own, with who, when and why.
create table reinstatement (
  seq bigint generated always as identity primary key,
  merchant_id integer not null,
  ref text not null,
  token text not null,
  account text not null,
  -- That the points expired from.
  epoch integer not null,
  points bigint not null check (points > 0),
  -- That the new points are issued into.
  into_epoch integer not null,
  -- Ends of epochs until they are gone again.
  lives integer not null,
  reason text not null,
  asked_by text not null,
  key_id text not null,
  command_id uuid not null,
  state text not null default 'asked' check (state in ('asked', 'issued', 'failed')),
  at timestamptz not null,
  unique (merchant_id, ref)
);
create index reinstatement_of on reinstatement (token, account, epoch);
create index reinstatement_asked on reinstatement (seq) where state = 'asked';

-- The read side comes back from the chain, now with what lapsed.
truncate ledger_cursor, block, transaction, transfer, account, merchant, point_token, holding, issue, redemption, till,
  pool, price_post, swap, collateral, coverage, member, alp_balance, token_day, flow_day, member_change, council_rules,
  reward_schedule, proposal, vote, role_grant, role_function, inflation_change, alp_supply, reward_year, reward_record,
  frozen_account, pause_change, measure, transfer_order, seizure, merchant_exit, payout, business_event;
