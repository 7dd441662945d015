-- Messages that an organiser writes to the people who hold tickets of an event.
create table broadcasts (
  id text collate "C" primary key,
  event_id text collate "C" not null,
  created_by text collate "C" not null,
  -- event: what people with a ticket must know. news: everything else; a person can switch it off.
  about text not null check (about in ('event', 'news')),
  -- [{ language, subject, text }]
  texts jsonb not null,
  -- { ticketTypeIds?, zones?, checkedIn? }
  filter jsonb not null,
  state text not null check (state in ('scheduled', 'sending', 'sent', 'withdrawn')),
  send_at timestamptz not null,
  created_at timestamptz not null,
  -- The last order whose mails were enqueued. The job commits after every portion and continues here after an interruption.
  told_to text collate "C",
  finished_at timestamptz,
  check ((state in ('sent', 'withdrawn')) = (finished_at is not null))
);
create index broadcasts_of_event on broadcasts (event_id, id);

-- The mails of one broadcast, for its counts and the list of messages.
create index deliveries_of_broadcast on deliveries ((job ->> 'broadcastId')) where job ->> 'broadcastId' is not null;

-- Whether a person wants news of organisers whose events they have tickets for.
alter table users add column mail_news boolean not null default true;
