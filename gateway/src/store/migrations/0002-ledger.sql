-- The read side: what the chain says, arranged for reading. Only the indexer writes here, one database transaction a
-- range of blocks; everything can be deleted and comes back identical from the chain.
--
-- position = block · 1,000,000 + index in the block (log index of an event, transaction index of a transaction). It is
-- the cursor of every list: a page is one index range, whatever the table's size.
-- Points are base units (0.01 point), alp is wei, times are unix seconds.

create table ledger_cursor (
  id smallint primary key default 1 check (id = 1),
  chain_id bigint not null,
  genesis_hash text not null,
  block_number integer not null,
  block_hash text not null,
  block_time bigint not null,
  -- Totals, so that the overview counts nothing.
  transaction_count bigint not null default 0,
  transfer_count bigint not null default 0,
  swap_count bigint not null default 0,
  account_count bigint not null default 0
);

-- One process indexes at a time; another takes over when this runs out.
create table indexer_lease (
  id smallint primary key default 1 check (id = 1),
  owner text not null,
  lease_until timestamptz not null
);

create table block (
  number integer primary key,
  hash text not null unique,
  parent_hash text not null,
  time bigint not null,
  miner text not null,
  gas_used bigint not null,
  transaction_count integer not null,
  event_count integer not null
);

create table transaction (
  position bigint primary key,
  hash text not null unique,
  time bigint not null,
  sender text not null,
  receiver text,
  succeeded boolean not null,
  gas_used bigint not null,
  -- First of `actions`, for filtering; 'other' when nothing of ours happened, 'reverted' when it failed.
  action text not null,
  -- What happened in the words of the business: [{action, …}].
  actions jsonb not null
);
create index transaction_action on transaction (action, position);

-- Every movement of points and of ALP.
create table transfer (
  position bigint primary key,
  token text not null,
  from_account text not null,
  to_account text not null,
  amount numeric(78) not null,
  kind text not null,
  transaction_hash text not null,
  time bigint not null
);
create index transfer_token on transfer (token, position);
create index transfer_from on transfer (from_account, position);
create index transfer_to on transfer (to_account, position);

create table account (
  address text primary key,
  first_seen_at bigint not null
);

create table merchant (
  id integer primary key,
  controller text not null,
  proposed_controller text,
  status text not null,
  legal_name text not null,
  category text not null,
  token_name text not null,
  token_symbol text not null,
  points_per_yuan integer not null,
  calendar text not null,
  utc_offset_seconds integer not null,
  profile_uri text not null,
  profile_hash text not null,
  token text,
  applied_at bigint not null,
  approved_at bigint
);

create table point_token (
  address text primary key,
  merchant_id integer not null unique,
  name text not null,
  symbol text not null,
  points_per_yuan integer not null,
  calendar text not null,
  utc_offset_seconds integer not null,
  created_at bigint not null,
  created_block integer not null,
  -- issued = circulating + held + pooled + redeemed + expired + reversed, in every row, after every range.
  issued numeric(78) not null default 0,
  circulating numeric(78) not null default 0,
  held numeric(78) not null default 0,
  pooled numeric(78) not null default 0,
  redeemed numeric(78) not null default 0,
  expired numeric(78) not null default 0,
  reversed numeric(78) not null default 0,
  -- The circulating supply by age, like an account's lots.
  touched integer not null,
  lane0 bigint not null default 0,
  lane1 bigint not null default 0,
  lane2 bigint not null default 0,
  lane3 bigint not null default 0,
  -- First second of the next epoch, when the sweep is due; null for the calendar 'never'.
  border_at bigint,
  holder_count integer not null default 0,
  transfer_count bigint not null default 0,
  is_paused boolean not null default false,
  is_issue_halted boolean not null default false
);
create index point_token_border on point_token (border_at);

-- Live points of an account: `balance` is always the live sum, because the sweep rolls the rows that lose points.
create table holding (
  token text not null,
  account text not null,
  touched integer not null,
  lane0 bigint not null,
  lane1 bigint not null,
  lane2 bigint not null,
  lane3 bigint not null,
  balance bigint not null,
  debt bigint not null,
  is_frozen boolean not null,
  primary key (token, account)
);
create index holding_account on holding (account);
create index holding_rank on holding (token, balance desc, account) where balance > 0;

create table issue (
  token text not null,
  ref text not null,
  position bigint not null,
  -- Null, like the epoch, for points issued straight into the exchange pool.
  till text,
  epoch integer,
  item_count integer not null,
  points numeric(78) not null,
  reversed numeric(78) not null,
  is_to_pool boolean not null,
  transaction_hash text not null,
  time bigint not null,
  primary key (token, ref)
);
create index issue_page on issue (token, position);
create index issue_ref on issue (ref);

create table redemption (
  token text not null,
  holder text not null,
  ref text not null,
  position bigint not null,
  kind text not null,
  state text not null,
  -- Taken at first; consumed and not refunded now; given back.
  points numeric(78) not null,
  redeemed numeric(78) not null,
  returned numeric(78) not null,
  -- Packed lots that it holds or has consumed, with original ages.
  lots numeric(78) not null,
  release_at bigint not null,
  transaction_hash text not null,
  time bigint not null,
  updated_at bigint not null,
  primary key (token, holder, ref)
);
create index redemption_page on redemption (token, position);
create index redemption_ref on redemption (ref);

create table till (
  token text not null,
  address text not null,
  daily_limit numeric(78) not null,
  issued_today numeric(78) not null,
  day integer not null,
  primary key (token, address)
);

create table pool (
  token text primary key,
  opened_at bigint not null,
  point_reserve numeric(78) not null,
  alp_reserve numeric(78) not null,
  accept numeric(78) not null,
  release numeric(78) not null,
  next_accept numeric(78),
  next_release numeric(78),
  next_at bigint,
  pool_daily numeric(78) not null,
  account_daily numeric(78) not null,
  taken_today numeric(78) not null,
  -- UTC day that `taken_today` counts.
  day integer not null,
  is_accept_paused boolean not null,
  is_release_paused boolean not null
);

create table price_post (
  position bigint primary key,
  token text not null,
  accept numeric(78) not null,
  release numeric(78) not null,
  effective_at bigint not null,
  transaction_hash text not null,
  time bigint not null
);
create index price_post_token on price_post (token, position);

create table swap (
  position bigint primary key,
  account text not null,
  token_in text not null,
  token_out text not null,
  amount_in numeric(78) not null,
  hub numeric(78) not null,
  amount_out numeric(78) not null,
  epoch_out integer not null,
  transaction_hash text not null,
  time bigint not null
);
create index swap_account on swap (account, position);
create index swap_in on swap (token_in, position);
create index swap_out on swap (token_out, position);

create table collateral (
  merchant_id integer primary key,
  deposited numeric(78) not null,
  requested numeric(78) not null,
  available_at bigint
);

create table coverage (
  id smallint primary key default 1 check (id = 1),
  alp_per_yuan numeric(78) not null,
  coverage_bps integer not null
);

create table member (
  id integer primary key,
  name text not null,
  representative text not null,
  node text not null,
  status text not null,
  profile_uri text not null,
  profile_hash text not null,
  since bigint not null
);

create table alp_balance (
  account text primary key,
  balance numeric(78) not null,
  is_holder boolean not null
);

-- A day of a token, in the merchant's own UTC offset. The last four columns are as the day ends (or now).
create table token_day (
  token text not null,
  day integer not null,
  issued numeric(78) not null,
  redeemed numeric(78) not null,
  refunded numeric(78) not null,
  expired numeric(78) not null,
  reversed numeric(78) not null,
  swapped_in numeric(78) not null,
  swapped_out numeric(78) not null,
  transfers integer not null,
  holder_count integer not null,
  circulating numeric(78) not null,
  held numeric(78) not null,
  pooled numeric(78) not null,
  primary key (token, day)
);

-- What flowed from one token into another on a UTC day (the pool's day).
create table flow_day (
  day integer not null,
  token_in text not null,
  token_out text not null,
  swaps integer not null,
  amount_in numeric(78) not null,
  hub numeric(78) not null,
  amount_out numeric(78) not null,
  primary key (day, token_in, token_out)
);
