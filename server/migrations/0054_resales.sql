-- A holder offers a ticket for resale: it goes to the people in the waitlist at the price that was paid (docs/transfers.md).

-- { allowed, until, feePercent, feePerTicketMinor }: contract/event-fields.ts.
alter table events add column resale jsonb not null
  default '{"allowed": false, "until": null, "feePercent": 0, "feePerTicketMinor": 0}';

-- `resales` counts the open offers of an event. The ledger reads it in the row that it locks anyway, so an event without
-- offers pays nothing.
alter table ledgers add column resales integer not null default 0 check (resales >= 0);

-- An offer of a ticket. The ledger of the event makes, reserves and ends it. The place stays sold to the seller until the new
-- buyer has paid.
create table resales (
  id text collate "C" not null,
  event_id text collate "C" not null references ledgers (event_id) on delete cascade,
  ticket_id text collate "C" not null,
  -- The hold of the order that has the ticket, and which ticket of that order.
  hold_id text collate "C" not null,
  position integer not null,
  -- The transfer by which the holder has the ticket; null for the buyer of the order.
  transfer_id text collate "C",
  -- Who offers it. No foreign key, as in holds.
  seller_id text collate "C" not null,
  ticket_type_id text collate "C" not null,
  -- The line that a buyer gets: names, price and its parts, pools, seat. It is frozen when the ticket is offered.
  line jsonb not null,
  -- What the buyer pays, and what goes back to whoever paid for the ticket. The organiser keeps the difference.
  price_minor amount_minor not null,
  back_minor amount_minor not null check (back_minor <= price_minor),
  currency text not null,
  -- offered → sold | withdrawn | ended.
  status text not null check (status in ('offered', 'sold', 'withdrawn', 'ended')),
  ended_because text check (ended_because in ('used', 'cancelled', 'refunded', 'unsold', 'off')),
  -- The hold of the person who may buy it now, or who has bought it.
  buyer_hold_id text collate "C",
  idempotency_key text,
  fingerprint text,
  offered_at timestamptz not null,
  ended_at timestamptz,
  primary key (id, event_id),
  foreign key (ticket_id, event_id) references tickets (id, event_id) on delete cascade,
  constraint resales_ended check ((status = 'offered') = (ended_at is null)),
  constraint resales_reason check ((status = 'ended') = (ended_because is not null)),
  constraint resales_bought check (status <> 'sold' or buyer_hold_id is not null)
);
-- A ticket is offered once at a time.
create unique index resales_one_open on resales (ticket_id, event_id) where status = 'offered';
create index resales_open on resales (event_id, ticket_type_id, offered_at, id) where status = 'offered';
create index resales_of_hold on resales (hold_id, event_id);
create index resales_of_ticket on resales (ticket_id, event_id);

-- The open offer of the ticket. Transfers, exchanges and the door read it in the row that they lock anyway.
alter table tickets add column resale_id text collate "C";

-- The hold of an entry's present or latest offer; null if it is the first one, which has the entry's own id. Another offer
-- follows if the seller of a resale keeps the ticket after all: then the person waits again with the same number.
alter table waitlist_entries add column hold_id text collate "C";

create or replace function waitlist_only_moves_forward() returns trigger language plpgsql as $$
begin
  if not (
    (old.status = 'waiting' and new.status in ('offered', 'left', 'ended', 'accepted', 'declined'))
    or (old.status = 'offered' and new.status in ('accepted', 'declined', 'expired'))
    or (old.status = 'offered' and new.status = 'waiting' and old.hold_id is distinct from new.hold_id)
    or (old.status = 'expired' and new.status = 'accepted')
  ) then
    raise exception 'entry % can not go from % to %', old.id, old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
