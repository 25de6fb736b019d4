-- What tools of other explorers ask for: the transactions of an account, and contracts whose sources were checked.

create index transaction_sender on transaction (sender, position);
create index transaction_receiver on transaction (receiver, position);
-- Deployments: a handful among millions.
create index transaction_creation on transaction (position) where receiver is null;

-- Contracts whose deployed code was found to come from the sources that somebody handed in. A row says something about
-- the code, not about the address alone: another chain may hold other code there.
create table verified_contract (
  address text primary key check (address ~ '^0x[0-9a-f]{40}$'),
  -- keccak256 of the runtime code as it stands on the chain.
  code_hash text not null,
  -- keccak256 of the runtime code with its immutable values blanked: the same for every contract of that build.
  kin_hash text not null,
  name text not null,
  compiler text not null,
  -- Standard JSON input: the sources that the contract is made of, and the settings.
  input text not null,
  abi text not null,
  constructor_arguments text not null,
  verified_at timestamptz not null default now()
);
create index verified_contract_kin on verified_contract (kin_hash);

-- Outcomes of checks, for tools that hand in first and ask afterwards. Kept for a day.
create table source_check (
  id uuid primary key default gen_random_uuid(),
  outcome text not null,
  checked_at timestamptz not null default now()
);
create index source_check_time on source_check (checked_at);
