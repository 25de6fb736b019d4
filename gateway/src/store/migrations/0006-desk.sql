-- The regulator's desk: what its rules found, the cases that came of it, and the report bundles it made. Nothing here
-- comes back from the chain, so the indexer's rebuild leaves it alone.

-- How far the rules have looked. A chain that was set back has another hash at this block: then they begin again.
create table desk_cursor (
  id smallint primary key default 1 check (id = 1),
  block_number integer not null,
  block_hash text not null
);

create table desk_alert (
  seq bigint generated always as identity primary key,
  -- The same happening has the same key: looking again, or at a chain that was indexed anew, raises nothing twice.
  key text not null unique,
  rule text not null,
  merchant_id integer,
  token text,
  account text,
  facts jsonb not null,
  block_number integer not null,
  transaction_hash text,
  -- Unix seconds of the block.
  time bigint not null,
  raised_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'inCase', 'dismissed')),
  case_number text,
  -- Who took it into a case or dismissed it, when, and why it was dismissed.
  settled_by text,
  settled_at timestamptz,
  dismissed_because text
);
create index desk_alert_state on desk_alert (state, seq);
create index desk_alert_case on desk_alert (case_number, seq) where case_number is not null;

-- Last case number given out in a year; a regulator may also bring numbers of its own register.
create table desk_case_year (
  year integer primary key,
  last_number integer not null
);

create table desk_case (
  seq bigint generated always as identity primary key,
  number text not null unique,
  title text not null,
  state text not null check (state in ('open', 'underReview', 'acted', 'dismissed')),
  merchant_id integer,
  token text,
  account text,
  opened_at timestamptz not null,
  updated_at timestamptz not null
);
create index desk_case_state on desk_case (state, seq);

-- What happened in a case, who did it and when. Append-only.
create table desk_case_entry (
  seq bigint generated always as identity primary key,
  case_number text not null references desk_case (number),
  kind text not null check (kind in ('opened', 'note', 'alert', 'review', 'act', 'outcome')),
  text text not null,
  -- Of an outcome or review: the state it led to.
  state text,
  alert_seq bigint references desk_alert (seq),
  command_id uuid,
  organisation text not null,
  key_id text not null,
  at timestamptz not null
);
create index desk_case_entry_case on desk_case_entry (case_number, seq);
create unique index desk_case_entry_act on desk_case_entry (command_id) where command_id is not null;

create function desk_case_entry_refuse() returns trigger language plpgsql as $$ begin raise exception 'the history of a case is append-only'; end $$;

create trigger desk_case_entry_append_only before update or delete on desk_case_entry for each row execute function desk_case_entry_refuse();

-- Writes at the desk happen once a key, like commands.
create table desk_write (
  organisation text not null,
  idempotency_key text not null,
  request_hash text not null,
  -- What it made: a case number, an alert, a report.
  made text not null,
  at timestamptz not null,
  primary key (organisation, idempotency_key)
);

create table desk_report (
  id uuid primary key,
  state text not null check (state in ('making', 'ready', 'failed')),
  from_block integer not null,
  to_block integer not null,
  to_hash text not null,
  manifest_sha256 text,
  -- [{name, bytes, sha256}], the manifest first.
  files jsonb,
  error_code text,
  error_facts jsonb,
  organisation text not null,
  requested_at timestamptz not null,
  made_at timestamptz
);
create index desk_report_page on desk_report (requested_at, id);
