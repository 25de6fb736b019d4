-- Orders, and what they and other deeds earn. The chain is the ledger: these rows say what should be on it, and what was
-- asked of it. Amounts are fen and base units of points, times are unix seconds unless the name says ms.

-- A customer of one merchant. Its row is what writers of the same customer wait for.
create table loyalty_member (
  merchant_id integer not null,
  account text not null,
  referrer text,
  -- What was found about the referral when she joined; her referral earns nothing until a person decides.
  objections jsonb,
  joined_at bigint not null,
  primary key (merchant_id, account)
);
create index loyalty_member_referrer on loyalty_member (merchant_id, referrer) where referrer is not null;

create table loyalty_order (
  id bigint generated always as identity primary key,
  merchant_id integer not null,
  order_ref text not null,
  account text not null,
  -- Of what was sent: the same order sent again is recognised by it.
  content_hash text not null,
  placed_at bigint not null,
  received_at bigint not null,
  device_hash text,
  rules_version integer not null,
  rules_hash text not null,
  -- What was known on the day of the order (OrderFacts): a return must not see more.
  facts jsonb not null,
  -- Each line as it was bought and what is kept of it.
  lines jsonb not null,
  -- Goods without freight: paid at first, and kept now.
  paid_fen bigint not null,
  kept_fen bigint not null,
  is_first boolean not null,
  -- False while a person has to decide: it does not count for tiers.
  is_good boolean not null,
  state text not null check (state in ('placed', 'confirmed', 'cancelled')),
  confirmed_at bigint,
  cancelled_at bigint,
  -- When its points are due; null: when the shop confirms it.
  matures_at bigint,
  unique (merchant_id, order_ref)
);
create index loyalty_order_member on loyalty_order (merchant_id, account, placed_at);
create index loyalty_order_page on loyalty_order (merchant_id, id);
create index loyalty_order_device on loyalty_order (merchant_id, device_hash) where device_hash is not null;

create table loyalty_return (
  order_id bigint not null references loyalty_order (id),
  return_ref text not null,
  content_hash text not null,
  lines jsonb not null,
  -- Money that goes back for these lines.
  paid_fen bigint not null,
  received_at bigint not null,
  primary key (order_id, return_ref)
);

-- What a customer did besides buying, as the shop tells it.
create table member_event (
  merchant_id integer not null,
  event_ref text not null,
  account text not null,
  name text not null,
  sku text,
  at bigint not null,
  device_hash text,
  content_hash text not null,
  received_at bigint not null,
  primary key (merchant_id, event_ref)
);
create index member_event_account on member_event (merchant_id, account, at);
create index member_event_device on member_event (merchant_id, device_hash) where device_hash is not null;

-- How far a customer is in a task with several steps, for one article or ('') for any.
create table task_progress (
  merchant_id integer not null,
  account text not null,
  task_id text not null,
  subject text not null,
  steps_done integer not null,
  -- The order that was one of the steps: what comes of the task falls with it.
  order_id bigint references loyalty_order (id),
  objections jsonb,
  updated_at bigint not null,
  primary key (merchant_id, account, task_id, subject)
);

-- One source of points: what is due now, against what was asked of the chain. issued − reversed − lapsed = due when the
-- routine has done its work; whatever happens in whatever order only changes `points_due`.
create table earning (
  id bigint generated always as identity primary key,
  merchant_id integer not null,
  account text not null,
  token text not null,
  source text not null check (source in ('order', 'task', 'referral', 'grant')),
  -- The order's ref, the task's id, the friend's account, the grant's ref.
  subject text not null,
  -- The name it has on the chain: the outbox and the contract issue it once.
  chain_ref text not null,
  content_hash text,
  order_id bigint references loyalty_order (id),
  -- Of a task: the article it was about, if one.
  sku text,
  rules_version integer,
  rules_hash text,
  by_rule jsonb not null,
  reason text,
  -- The merchant's local day that caps and limits count it in.
  day integer not null,
  created_at bigint not null,
  points_first bigint not null,
  points_due bigint not null check (points_due >= 0),
  points_issued bigint not null default 0,
  points_reversed bigint not null default 0,
  -- Taken back too late: the points had expired by then, so there was nothing to reverse.
  points_lapsed bigint not null default 0,
  -- Null: not known yet (the shop confirms).
  matures_at bigint,
  objections jsonb,
  decision text check (decision in ('pay', 'refuse')),
  decision_reason text,
  decided_at bigint,
  decided_by text,
  -- What is asked of the chain at present. `ask_key` names the command; asks of one command share it.
  ask_kind text check (ask_kind in ('issue', 'reverse')),
  ask_points bigint,
  ask_key text,
  ask_no integer not null default 0,
  command_id uuid,
  tries integer not null default 0,
  problem_code text,
  problem_facts jsonb,
  -- Milliseconds: not before a pause after a failure has passed.
  retry_ms bigint not null default 0,
  -- Milliseconds since 1970 when there is something to do; null: nothing.
  wake_ms bigint,
  unique (token, chain_ref),
  check (points_issued >= points_reversed + points_lapsed)
);
create index earning_wake on earning (wake_ms) where wake_ms is not null;
create index earning_member on earning (merchant_id, account, id);
create index earning_order on earning (order_id) where order_id is not null;
create index earning_limit on earning (merchant_id, account, source, subject, day);
create index earning_objected on earning (merchant_id, id) where objections is not null and decision is null;
create index earning_ask on earning (ask_key) where ask_key is not null;

-- What caps have used up: of a rule (or '', the book; or task:<id>), by everybody ('') or one account, in a period
-- ('all', d:<local day>, m:<local month>). Only caps that a book has are counted.
create table cap_usage (
  merchant_id integer not null,
  cap text not null,
  account text not null,
  period text not null,
  points bigint not null,
  primary key (merchant_id, cap, account, period)
);
