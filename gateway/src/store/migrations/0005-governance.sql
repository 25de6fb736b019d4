-- What the alliance decides and supervises, arranged for reading: council, roles, rewards, the regulator's measures, the
-- exit of merchants, and every event in business words. Only the indexer writes here.

-- The chain fills all of it again: what was read before these tables were there is not in them.
truncate ledger_cursor, block, transaction, transfer, account, merchant, point_token, holding, issue, redemption, till,
  pool, price_post, swap, collateral, coverage, member, alp_balance, token_day, flow_day;

-- A pause ends by itself at this second; the largest uint64: until it is lifted. Says something while is_paused only.
alter table point_token add column paused_until numeric(20);

-- Percent of what the deposit allows, cut by the regulator.
alter table collateral add column limit_cut integer not null default 0;

-- Changes of a member, admission included: its standing, representative and node at any time are the last of its kind.
create table member_change (
  position bigint not null,
  member_id integer not null,
  what text not null,
  was text not null,
  becomes text not null,
  transaction_hash text not null,
  time bigint not null,
  primary key (position, what)
);
create index member_change_member on member_change (member_id, position);

-- How the council works, and how node rewards are cut: the constants of the contracts and what votes changed.
create table council_rules (
  id integer primary key check (id = 1),
  voting_period bigint not null,
  base_delay bigint not null,
  self_delay bigint not null,
  grace bigint not null,
  guardian text
);

create table reward_schedule (
  id integer primary key check (id = 1),
  started_at bigint not null,
  epoch_seconds bigint not null,
  window_seconds bigint not null,
  windows_required bigint not null
);

create table proposal (
  id integer primary key,
  position bigint not null,
  proposer text not null,
  -- [{target, value, data}]
  calls jsonb not null,
  description text not null,
  -- Unix seconds: who was active then has a vote; the last second to vote.
  snapshot bigint not null,
  deadline bigint not null,
  -- From when it can be executed; null as long as it is not queued.
  eta bigint,
  votes_for integer not null,
  votes_against integer not null,
  votes_abstain integer not null,
  executed_at bigint,
  canceled_at bigint,
  -- The transaction that executed or cancelled it.
  ended_hash text,
  transaction_hash text not null,
  time bigint not null
);

create table vote (
  proposal_id integer not null,
  member_id integer not null,
  support text not null,
  voter text not null,
  reason text not null,
  position bigint not null,
  transaction_hash text not null,
  time bigint not null,
  primary key (proposal_id, member_id)
);
create index vote_member on vote (member_id, position);

-- Grants of AccessManager. `delay` is in force from `since` on, before that `delay_before`; null: the grant itself
-- begins then.
create table role_grant (
  role_id numeric(20) not null,
  account text not null,
  is_active boolean not null,
  delay bigint not null,
  delay_before bigint,
  since bigint not null,
  position bigint not null,
  transaction_hash text not null,
  time bigint not null,
  primary key (role_id, account)
);

-- Which role a function asks for. All merchant points share the registry's line.
create table role_function (
  target text not null,
  selector text not null,
  role_id numeric(20) not null,
  position bigint not null,
  primary key (target, selector)
);

create table inflation_change (
  position bigint primary key,
  bps integer not null,
  time bigint not null
);

-- Total supply of ALP at the end of each second that minted some.
create table alp_supply (
  time bigint primary key,
  supply numeric(78) not null
);

create table reward_year (
  year integer primary key,
  emitted numeric(78) not null
);

-- One row a member and epoch, however often its node attested.
create table reward_record (
  member_id integer not null,
  epoch integer not null,
  windows integer not null,
  attested_at bigint,
  claimed numeric(78),
  claimed_at bigint,
  paid_to text,
  transaction_hash text,
  primary key (member_id, epoch)
);
create index reward_record_epoch on reward_record (epoch);

create table frozen_account (
  account text primary key,
  is_frozen boolean not null,
  case_number text not null,
  position bigint not null,
  transaction_hash text not null,
  time bigint not null
);

-- Pauses of tokens as they were made, made endless (until = the largest uint64) and lifted (null).
create table pause_change (
  position bigint primary key,
  token text not null,
  case_number text not null,
  until numeric(20),
  transaction_hash text not null,
  time bigint not null
);
create index pause_change_token on pause_change (token, position);

create table measure (
  position bigint primary key,
  merchant_id integer not null,
  measure text not null,
  case_number text not null,
  value integer not null,
  transaction_hash text not null,
  time bigint not null
);
create index measure_merchant on measure (merchant_id, position);

create table transfer_order (
  id integer primary key,
  position bigint not null,
  token text not null,
  from_account text not null,
  to_account text not null,
  points numeric(78) not null,
  case_number text not null,
  expires_at bigint not null,
  -- ordered, withdrawn or executed; an order that expired says nothing.
  state text not null,
  executed_by text,
  ended_at bigint,
  ended_hash text,
  transaction_hash text not null,
  time bigint not null
);

create table seizure (
  position bigint primary key,
  merchant_id integer not null,
  alp numeric(78) not null,
  case_number text not null,
  transaction_hash text not null,
  time bigint not null
);
create index seizure_merchant on seizure (merchant_id, position);

-- How a merchant leaves. What is null has not happened (or was taken back).
create table merchant_exit (
  merchant_id integer primary key,
  announced_at bigint,
  wind_down_from bigint,
  begun_at bigint,
  closable_from bigint,
  closed_at bigint,
  -- ALP for all of `points` (base units) that were outstanding; what was paid of it, for which points; what is the
  -- merchant's own and not taken yet; what went to the treasury.
  pot numeric(78),
  points numeric(78),
  paid numeric(78) not null,
  points_paid numeric(78) not null,
  payout_count integer not null,
  surplus numeric(78) not null,
  rest numeric(78)
);

create table payout (
  position bigint primary key,
  merchant_id integer not null,
  holder text not null,
  ref text not null,
  points numeric(78) not null,
  alp numeric(78) not null,
  transaction_hash text not null,
  time bigint not null
);
create index payout_merchant on payout (merchant_id, position);

-- Every event in business words, in chain order: what the event stream reads. A swap concerns two merchants.
create table business_event (
  position bigint primary key,
  topic text not null,
  merchant_id integer,
  other_merchant_id integer,
  action jsonb not null,
  transaction_hash text not null,
  time bigint not null
);
create index business_event_topic on business_event (topic, position);
create index business_event_merchant on business_event (merchant_id, position) where merchant_id is not null;
create index business_event_other on business_event (other_merchant_id, position) where other_merchant_id is not null;
