-- Members of the alliance act through the gateway: an API key may speak for one member, and the member's representative
-- key may be kept here, as may the regulator's. Which key represents a member now is the chain's to say; `member_id` of
-- a signer key only tells whose it was made or imported for.
alter table access_key add column member_id integer;

alter table signer_key add column member_id integer;
alter table signer_key drop constraint signer_key_purpose_check;
alter table signer_key add constraint signer_key_purpose_check
  check (purpose in ('platform', 'relayer', 'controller', 'till', 'customer', 'representative', 'regulator'));
