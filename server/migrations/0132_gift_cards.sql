-- Gift cards (docs/gift-cards.md). A card belongs to one organisation and pays for its events, in one currency.
create table gift_cards (
  id text collate "C" primary key,
  organisation_id text collate "C" not null references organisations (id),
  currency text not null,
  -- SHA-256 of the code. A code has 90 random bits, so nobody finds one from its hash. The last four characters are for people.
  code_hash text collate "C" not null unique,
  last4 text not null,
  -- issued: the team made the card, and the organisation has the money for it, or gives it away. bought: somebody paid online.
  source text not null check (source in ('issued', 'bought')),
  reason text check (reason in ('sold_elsewhere', 'goodwill')),
  note text,
  amount_minor amount_minor not null check (amount_minor > 0),
  balance_minor amount_minor not null check (balance_minor >= 0),
  expires_at timestamptz,
  blocked_at timestamptz,
  made_by text collate "C",
  created_at timestamptz not null,
  constraint gift_cards_issued_for_a_reason check ((source = 'issued') = (reason is not null))
);
create index gift_cards_of_organisation on gift_cards (organisation_id, id);
create index gift_cards_by_last4 on gift_cards (organisation_id, last4);
-- The nightly job books what has expired.
create index gift_cards_expiring on gift_cards (expires_at) where balance_minor > 0;

-- What each card pays of each order. reserved: the order waits for the rest of its price. captured: the order is confirmed.
-- released: the order ended unpaid, and the balance is back. A row goes with its order; the entries of the card stay.
create table gift_card_uses (
  order_id text collate "C" not null,
  event_id text collate "C" not null,
  gift_card_id text collate "C" not null references gift_cards (id),
  position smallint not null,
  amount_minor amount_minor not null check (amount_minor > 0),
  returned_minor amount_minor not null default 0,
  state text not null check (state in ('reserved', 'captured', 'released')),
  primary key (order_id, event_id, gift_card_id),
  foreign key (order_id, event_id) references orders (id, event_id) on delete cascade,
  constraint gift_card_returns_no_more_than_it_paid
    check (returned_minor between 0 and case state when 'captured' then amount_minor else 0 end)
);
create index gift_card_uses_of_card on gift_card_uses (gift_card_id);

-- The history of a card. The amounts of a card add up to its balance. Rows are never changed, and stay when an order is deleted.
create table gift_card_entries (
  id bigint generated always as identity primary key,
  gift_card_id text collate "C" not null references gift_cards (id),
  kind text not null check (kind in ('issued', 'bought', 'reserved', 'released', 'returned', 'expired', 'refunded')),
  amount_minor bigint not null check (amount_minor <> 0),
  order_id text collate "C",
  event_id text collate "C",
  at timestamptz not null
);
create index gift_card_entries_of_card on gift_card_entries (gift_card_id, id);

-- A gift card is a provider of payments, and its money has accounts of its own: gift:<organisation> is what is owed to the
-- holders of cards, gift_issued:<organisation> what the organisation has to pay itself of that. The lists get more values in
-- place, so that it does not matter which migration has changed them before.
create function pg_temp.allow(relation text, name text, more text[]) returns void language plpgsql as $$
declare definition text;
begin
  select pg_get_constraintdef(oid) into strict definition from pg_constraint
  where conrelid = relation::regclass and conname = name;
  select replace(definition, 'ARRAY[', 'ARRAY[' || string_agg(quote_literal(value) || '::text, ', '')) into definition
  from unnest(more) as value;
  execute format('alter table %I drop constraint %I, add constraint %I %s', relation, name, name, definition);
end $$;
select pg_temp.allow('payments', 'payments_provider_check', '{gift_card}');
select pg_temp.allow('transfers', 'transfers_kind_check', '{gift_issued,gift_bought,gift_funded,gift_expired,gift_refunded}');
select pg_temp.allow('transfers', 'transfers_accounts_have_types', '{gift,gift_issued}');
