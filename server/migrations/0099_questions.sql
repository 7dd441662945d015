-- What an event asks of its buyers, and the terms that they accept (docs/questions.md). Each edit is a row of its own and none is
-- changed later, so what a buyer was asked and what they accepted can be read for as long as the order is kept.
create table event_forms (
  event_id text collate "C" not null references events (id) on delete cascade,
  version integer not null check (version > 0),
  form jsonb not null,
  made_at timestamptz not null,
  primary key (event_id, version)
);

-- The form that an online order was placed with. Its buyer answered what that version requires and accepted its terms then.
create table order_forms (
  order_id text collate "C" not null,
  event_id text collate "C" not null,
  version integer not null,
  accepted_at timestamptz not null,
  primary key (order_id, event_id),
  foreign key (order_id, event_id) references orders (id, event_id),
  foreign key (event_id, version) references event_forms (event_id, version)
);

-- One answer, in the wording of the question and its choices at that time.
create table answers (
  order_id text collate "C" not null,
  event_id text collate "C" not null,
  -- The place within the order as in `tickets`; -1 for an answer of the whole order.
  position integer not null check (position >= -1),
  -- The ticket's issue: after the ticket has another holder, that person answers anew. 1 for an answer of the whole order.
  issue integer not null default 1,
  question text collate "C" not null,
  kind text not null,
  label text not null,
  value jsonb not null,
  -- The value as a person reads it.
  shown text not null,
  answered_at timestamptz not null,
  primary key (order_id, event_id, position, issue, question),
  foreign key (order_id, event_id) references orders (id, event_id)
);
create index answers_of_event on answers (event_id, question);
