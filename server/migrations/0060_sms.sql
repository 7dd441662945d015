-- SMS to people who have confirmed their number and agreed to get them (docs/tickets.md, "SMS").
create table phone_numbers (
  user_id text collate "C" primary key references users (id) on delete cascade,
  -- E.164, like +4915112345678. Null until the first code was typed.
  number text,
  -- When the person typed the code, and so agreed.
  consented_at timestamptz,
  -- A number that waits for its code. `code` is sealed (server/seal.ts).
  new_number text,
  code text,
  code_expires_at timestamptz,
  code_tries integer not null default 0,
  check ((number is null) = (consented_at is null)),
  check (num_nulls(new_number, code, code_expires_at) in (0, 3))
);
create index phone_numbers_by_number on phone_numbers (number) where number is not null;

-- Numbers whose owners have answered STOP. They get no SMS from anybody here until they answer START.
create table stopped_numbers (
  number text primary key,
  stopped_at timestamptz not null
);

-- How many parts of SMS were paid for on a day in UTC: for an event, or for codes that confirm numbers (`codes`).
create table sms_spending (
  purpose text collate "C" not null,
  day date not null,
  segments integer not null check (segments >= 0),
  primary key (purpose, day)
);
create index sms_spending_by_day on sms_spending (day);

-- Kinds of messages that a person does not want as SMS.
alter table message_choices add column sms_off text[] not null default '{}';
