-- Points that pay for orders and goods: what was asked of the chain, how far it has come, and what stands behind it.
-- The chain holds the points; a row here says what they are for and what is still to be done.

-- One hold of points under one business reference, whatever it pays for. Amounts are base units, times unix seconds.
create table point_hold (
  id bigint generated always as identity primary key,
  merchant_id integer not null,
  kind text not null check (kind in ('deduction', 'goods')),
  -- The shop's own number of the order or redemption; one hold each, a failed one may be asked again.
  business_ref text not null,
  -- keccak-256 of what was asked: the same number with another content is refused.
  content_hash text not null,
  organisation text not null,
  token text not null,
  account text not null,
  chain_ref text not null,
  points bigint not null check (points > 0),
  -- From then on it can no longer be captured, and the gateway releases it.
  release_at bigint not null,
  state text not null check (state in ('holding', 'held', 'capturing', 'captured', 'releasing', 'released', 'failed')),
  hold_command uuid not null,
  settle_command uuid,
  -- Once it is to be released it is released, however often the chain has to be asked, and never captured.
  is_release_wanted boolean not null default false,
  -- Why it failed, or why the last capture or release did not succeed.
  problem jsonb,
  -- Counts the gateway's own attempts to release it, so that each has a name of its own.
  attempts integer not null default 0,
  -- When it is looked at next; also how one process keeps the others off for a while.
  look_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (merchant_id, kind, business_ref)
);
create index point_hold_look on point_hold (look_at) where state in ('holding', 'held', 'capturing', 'releasing');

-- Points of a captured hold that go back with their ages, once each.
create table point_refund (
  id bigint generated always as identity primary key,
  hold_id bigint not null references point_hold (id),
  -- The shop's own number of the return, or why it goes back.
  refund_ref text not null,
  content_hash text not null,
  points bigint not null,
  -- At list price, and how it divides; null for goods, which cost points alone.
  amount_fen bigint,
  cash_fen bigint,
  -- done: on the chain. void: the hold was released, so that nothing was left to give back.
  state text not null check (state in ('due', 'sent', 'done', 'void')),
  command uuid,
  problem jsonb,
  attempts integer not null default 0,
  look_at timestamptz not null,
  created_at timestamptz not null,
  unique (hold_id, refund_ref)
);
create index point_refund_look on point_refund (look_at) where state in ('due', 'sent');

-- An order that is partly paid with points.
create table checkout (
  hold_id bigint primary key references point_hold (id),
  total_fen bigint not null,
  deduction_fen bigint not null,
  cash_fen bigint not null,
  -- How each line was paid and how much of it has come back: loyalty/refund-split.ts.
  lines jsonb not null,
  rules_version integer not null,
  rules_hash text not null,
  -- Another merchant's points that were swapped in the same transaction; null for none.
  swap jsonb
);

create table goods (
  merchant_id integer not null,
  sku text not null,
  name_zh text not null,
  name_en text not null,
  -- Base units a piece.
  points bigint not null check (points > 0),
  -- Pieces left; null: an outside catalogue knows.
  stock integer check (stock >= 0),
  -- Pieces one account may redeem within so many seconds; null: as many as it likes.
  per_customer_max integer,
  per_customer_seconds integer,
  is_open boolean not null,
  -- How long the shop has to accept a redemption before the points go back by themselves.
  accept_within_seconds integer not null,
  connector_ref text,
  updated_at timestamptz not null,
  primary key (merchant_id, sku)
);

-- An outside catalogue: where it is, and the secret that it knows the gateway by, sealed.
create table goods_connector (
  merchant_id integer not null,
  connector_ref text not null,
  kind text not null check (kind in ('http')),
  url text not null,
  sealed bytea not null,
  updated_at timestamptz not null,
  primary key (merchant_id, connector_ref)
);

create table goods_redemption (
  hold_id bigint primary key references point_hold (id),
  -- The name that an outside catalogue knows it by.
  id uuid not null unique default gen_random_uuid(),
  merchant_id integer not null,
  sku text not null,
  quantity integer not null check (quantity > 0),
  account text not null,
  state text not null check (state in
    ('holding', 'reserved', 'accepting', 'accepted', 'shipped', 'delivered', 'cancelling', 'cancelled', 'failed')),
  -- Whether its pieces are taken from the stock; they go back once.
  takes_stock boolean not null,
  reason text,
  tracking text,
  connector_ref text,
  -- What the outside catalogue has said, or is still to be told; null without one.
  outside text check (outside in ('reserve', 'reserved', 'confirm', 'confirmed', 'cancel', 'cancelled')),
  outside_ref text,
  outside_problem text,
  outside_attempts integer not null default 0,
  outside_look_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index goods_redemption_customer on goods_redemption (merchant_id, sku, account, created_at);
create index goods_redemption_list on goods_redemption (merchant_id, hold_id);
create index goods_redemption_outside on goods_redemption (outside_look_at) where outside in ('reserve', 'confirm', 'cancel')
