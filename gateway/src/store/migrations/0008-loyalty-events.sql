-- What happened to a merchant's loyalty. Written in the transaction that made it happen; webhooks are fed from it.
create table loyalty_event (
  seq bigint generated always as identity primary key,
  id uuid not null unique default gen_random_uuid(),
  merchant_id integer not null,
  name text not null,
  key text not null unique,
  data jsonb not null,
  at timestamptz not null
);
create index loyalty_event_merchant on loyalty_event (merchant_id, seq);
