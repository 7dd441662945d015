-- Words that make the tickets of an event cheaper. The tickets that are bought with one are counted by the inventory
-- ledger in a pool of the code's own, which a hold's lines name beside those of the ticket type: so a code that is
-- good for fifty tickets is never used for fifty-one, by the same constraint that keeps a pool from being oversold.
create table promo_codes (
  event_id text collate "C" not null references events (id) on delete cascade,
  -- In upper case: what people type is brought into it.
  code text not null,
  position integer not null,
  percent_off integer check (percent_off between 1 and 100),
  amount_off_minor integer check (amount_off_minor > 0),
  -- Null for as many as there are.
  max_tickets integer check (max_tickets > 0),
  valid_until timestamptz,
  pool_id text collate "C" not null,
  primary key (event_id, code),
  constraint promo_code_takes_off_one_or_the_other check ((percent_off is null) <> (amount_off_minor is null))
);
