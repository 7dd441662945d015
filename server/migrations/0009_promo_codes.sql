-- Promo codes reduce the prices of an event's tickets. The inventory ledger counts the uses of a code in a pool of the
-- code, which the lines of a hold name besides the pools of the ticket type. So the constraint that keeps a pool from being
-- oversold also ensures that a code for fifty tickets is never used for fifty-one.
create table promo_codes (
  event_id text collate "C" not null references events (id) on delete cascade,
  -- In upper case. The server converts the buyer's input.
  code text not null,
  position integer not null,
  percent_off integer check (percent_off between 1 and 100),
  amount_off_minor integer check (amount_off_minor > 0),
  -- Null means no limit.
  max_tickets integer check (max_tickets > 0),
  valid_until timestamptz,
  pool_id text collate "C" not null,
  primary key (event_id, code),
  constraint promo_code_takes_off_one_or_the_other check ((percent_off is null) <> (amount_off_minor is null))
);
