-- What the web reads page by page: accounts by their last movement, movements by kind and by time, and the days of the
-- alliance as a whole. Every page is one range of an index, whatever stands behind it.

-- The last movement of points; 0 while there was none (an account may be frozen before it ever held a point).
alter table account add column last_position bigint not null default 0;
alter table account add column last_at bigint;
create index account_latest on account (last_position desc, address);

-- The same for one token.
alter table holding add column last_position bigint not null default 0;
create index holding_latest on holding (token, last_position desc, account);

create index transfer_token_kind on transfer (token, kind, position);
create index transfer_token_from on transfer (token, from_account, position);
create index transfer_token_to on transfer (token, to_account, position);

-- From a second to the blocks of its time.
create index block_time on block (time, number);

create index flow_day_in on flow_day (token_in, day);
create index flow_day_out on flow_day (token_out, day);

-- What happened on a day, over all tokens; days of the alliance (kernel/calendar.ts), not of a merchant.
create table ledger_day (
  day integer primary key,
  transactions bigint not null,
  transfers bigint not null,
  swaps bigint not null,
  -- That moved points on this day; that appeared on it.
  active_accounts integer not null,
  new_accounts integer not null
);

-- The read side comes back from the chain, now with these.
truncate ledger_cursor, block, transaction, transfer, account, merchant, point_token, holding, issue, redemption, till,
  pool, price_post, swap, collateral, coverage, member, alp_balance, token_day, flow_day, lapse, member_change,
  council_rules, reward_schedule, proposal, vote, role_grant, role_function, inflation_change, alp_supply, reward_year,
  reward_record, frozen_account, pause_change, measure, transfer_order, seizure, merchant_exit, payout, business_event,
  draw, draw_prize, draw_purchase, sharing_program, sharing_merchant, sharing_account, sharing_sale, sharing_day;
