-- How guests show their tickets (docs/tickets.md): fixed, rotating or rotating-or-paper.
alter table events add column ticket_codes text not null default 'fixed'
  check (ticket_codes in ('fixed', 'rotating', 'rotating-or-paper'));

-- Only of tickets whose codes turn. So a purchase writes nothing here.
create table ticket_wallets (
  event_id text collate "C" not null references events (id) on delete cascade,
  ticket_id text collate "C" not null,
  -- How many wallets have opened the ticket. The last three of them show codes that count.
  devices int not null default 0 check (devices between 0 and 65535),
  -- The guest has a ticket on paper, so the door takes the fixed code too.
  paper boolean not null default false,
  primary key (ticket_id, event_id)
);

-- The doors of all processes know how the tickets of an event are shown, so a change of it is announced as well.
drop trigger announce_changed_event on events;
create trigger announce_changed_event after update on events
  for each row when (
    (old.status <> 'draft' or new.status <> 'draft')
    and (old.status, old.title, old.category, old.city, old.currency, old.cover_url, old.starts_at, old.ends_at, old.ticket_codes)
      is distinct from
      (new.status, new.title, new.category, new.city, new.currency, new.cover_url, new.starts_at, new.ends_at, new.ticket_codes))
  execute function announce_listed_event();
