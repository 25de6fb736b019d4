-- Shops and what points buy there. Neither is on the chain: they are words of the merchant, and anybody may read them.
create table merchant_store (
  merchant_id integer not null,
  ref text not null,
  name_zh text not null,
  name_en text not null,
  address text not null,
  latitude double precision not null,
  longitude double precision not null,
  -- Mercator metres (loyalty/places.ts): there the nearest by the plane is the nearest on the street, and GiST knows planes.
  place point not null,
  -- As given, and as minutes of the shop's local week, Monday 0:00 = 0.
  hours jsonb not null,
  open_minutes int4multirange not null,
  updated_at timestamptz not null,
  primary key (merchant_id, ref)
);
create index merchant_store_place on merchant_store using gist (place);

create table offer (
  merchant_id integer not null,
  ref text not null,
  title_zh text not null,
  title_en text not null,
  sku text,
  points numeric(20) not null,
  cash_fen bigint not null,
  worth_fen bigint not null,
  starts_at bigint not null,
  ends_at bigint not null,
  hours jsonb not null,
  open_minutes int4multirange not null,
  -- In every store of the merchant; otherwise in those of offer_store.
  is_everywhere boolean not null,
  updated_at timestamptz not null,
  primary key (merchant_id, ref)
);

create table offer_store (
  merchant_id integer not null,
  offer_ref text not null,
  store_ref text not null,
  primary key (merchant_id, offer_ref, store_ref),
  foreign key (merchant_id, offer_ref) references offer (merchant_id, ref) on delete cascade,
  foreign key (merchant_id, store_ref) references merchant_store (merchant_id, ref) on delete cascade
);
create index offer_store_store on offer_store (merchant_id, store_ref);
