-- Passes for several dates (docs/passes.md). A pass is an event whose tickets open others. So its sale, refunds and transfers are those of
-- any event. Each date keeps places for the pass in a hold of its own ledger.
create table passes (
  event_id text collate "C" primary key references events (id) on delete cascade,
  -- Rises with each change of its places. A date refuses a command of an earlier change, so two changes never mix.
  turn integer not null default 0,
  -- The number of places that a change is going to; null if none is under way. A job finishes a change that a crash has interrupted.
  changing_to integer check (changing_to >= 0)
);

create table pass_dates (
  pass_id text collate "C" not null references passes (event_id) on delete cascade,
  -- A date that a pass opens is not deleted.
  event_id text collate "C" not null references events (id),
  -- The type whose places the pass takes.
  ticket_type_id text collate "C" not null,
  -- The hold that keeps the places, in the ledger of the date.
  hold_id text collate "C" not null,
  primary key (pass_id, event_id)
);
create index pass_dates_of_event on pass_dates (event_id);

-- The tickets of passes whose dates have followed: each date has its ticket, or has ended it.
create table pass_settled (
  ticket_id text collate "C" primary key,
  pass_id text collate "C" not null references passes (event_id) on delete cascade,
  issue integer not null,
  ended boolean not null
);
create index pass_settled_of_pass on pass_settled (pass_id);

-- A ticket of a date that came with a pass is an order without a price. The pass has the money.
alter table orders drop constraint orders_origin_check;
alter table orders add constraint orders_origin_check check (origin in ('online', 'complimentary', 'box_office', 'pass'));
alter table orders add constraint pass_is_free check (origin <> 'pass' or total_minor = 0);
