-- Draws and the sharing program. What the chain says is written by the indexer and can be built again; what only this
-- gateway knows (secrets not yet revealed, names and terms in words) is at the end.
-- Points and ticket numbers are whole, times are unix seconds.

create table draw (
  draw_id integer primary key,
  position bigint not null,
  token text not null,
  merchant_id integer not null,
  merchant text not null,
  state text not null check (state in ('announced', 'open', 'closed', 'drawn', 'void')),
  commitment text not null,
  terms_hash text not null,
  ticket_points numeric not null,
  tickets_max integer not null,
  account_max integer not null,
  sales_end bigint not null,
  reveal_end bigint not null,
  release_at bigint not null,
  claim_end bigint not null,
  prize_count integer not null,
  prizes_paid integer not null,
  witness text,
  witness_commitment text,
  tickets_sold integer not null,
  purchase_count integer not null,
  purchases_settled integer not null,
  entropy_block bigint,
  entropy text,
  merchant_secret text,
  witness_secret text,
  seed text,
  opened_at bigint not null,
  ended_at bigint,
  transaction_hash text not null
);
create index draw_merchant on draw (merchant_id, draw_id);
-- What a routine still has to do something for: few, whatever the number of draws that were.
create index draw_unfinished on draw (draw_id)
  where prizes_paid < prize_count or purchases_settled < purchase_count or state in ('announced', 'open', 'closed');

create table draw_prize (
  draw_id integer not null,
  prize_index integer not null,
  token text not null,
  points numeric not null,
  epoch integer not null,
  -- The winning number; null until drawn.
  ticket_number integer,
  paid_to text,
  is_winner boolean,
  paid_at bigint,
  transaction_hash text,
  primary key (draw_id, prize_index)
);

create table draw_purchase (
  draw_id integer not null,
  purchase_id integer not null,
  position bigint not null,
  buyer text not null,
  first_number integer not null,
  ticket_count integer not null,
  ref text not null,
  state text not null check (state in ('held', 'captured', 'released')),
  transaction_hash text not null,
  time bigint not null,
  primary key (draw_id, purchase_id)
);
create unique index draw_purchase_number on draw_purchase (draw_id, first_number);
create index draw_purchase_buyer on draw_purchase (buyer, position);
create index draw_purchase_held on draw_purchase (draw_id, purchase_id) where state = 'held';

-- One row once the program is on.
create table sharing_program (
  id integer primary key check (id = 1),
  state text not null check (state in ('on', 'halted')),
  enabled_at bigint not null,
  consumer_multiple integer not null,
  merchant_multiple integer not null,
  daily_points numeric not null,
  rebate_min_bps integer not null,
  rebate_max_bps integer not null,
  -- All share value (yuan, 18 decimals), and the units it is made of: an account's share is units / units_total.
  share_value numeric not null,
  units_total numeric not null,
  days_given integer not null,
  position bigint not null
);

create table sharing_merchant (
  merchant_id integer primary key,
  rebate_bps integer not null,
  sale_count integer not null,
  sales_fen numeric not null,
  refunded_fen numeric not null,
  burned_points numeric not null,
  joined_at bigint not null,
  position bigint not null
);

create table sharing_account (
  account text primary key,
  units numeric not null,
  claimed_points numeric not null,
  redeemed_points numeric not null,
  redeemed_alp numeric not null
);
create index sharing_account_units on sharing_account (units desc);

create table sharing_sale (
  ref text primary key,
  position bigint not null,
  merchant_id integer not null,
  merchant_account text not null,
  consumer text not null,
  amount_fen numeric not null,
  refunded_fen numeric not null,
  rebate_yuan numeric not null,
  burned_points numeric not null,
  consumer_units numeric not null,
  merchant_units numeric not null,
  transaction_hash text not null,
  time bigint not null
);
create index sharing_sale_consumer on sharing_sale (consumer, position);
create index sharing_sale_merchant on sharing_sale (merchant_id, position);

create table sharing_day (
  day integer primary key,
  points numeric not null,
  share_value numeric not null,
  nav numeric not null,
  position bigint not null,
  transaction_hash text not null,
  time bigint not null
);

-- What the merchant calls its draw; `commitment` finds it on the chain.
create table draw_plan (
  commitment text primary key,
  merchant_id integer not null,
  draw_ref text not null,
  content_hash text not null,
  title text not null,
  terms text not null,
  command_id text not null,
  created_at timestamptz not null,
  unique (merchant_id, draw_ref)
);

-- Sealed by the signer room. Only whoever runs this gateway can open them; they are worthless once revealed.
create table draw_secret (
  commitment text primary key,
  sealed bytea not null,
  created_at timestamptz not null
);
