-- The team also sells tickets itself, for cash or with a card reader of its own (docs/door-sales.md).
alter table orders drop constraint orders_origin_check;
alter table orders add constraint orders_origin_check check (origin in ('online', 'complimentary', 'box_office'));

-- Such money never reaches a payment provider, so no provider is asked about it. `taken_by` is the member who sold, for the
-- cash-up of their day.
alter table payments drop constraint payments_provider_check;
alter table payments add constraint payments_provider_check check (provider in ('sandbox', 'stripe', 'cash', 'card_terminal'));
alter table payments add column taken_by text collate "C";
alter table payments add constraint payments_taken_by_check check ((taken_by is not null) = (provider in ('cash', 'card_terminal')));
create index payments_of_door_sales on payments (event_id) where taken_by is not null;

-- The member who gave the money back by hand.
alter table refunds add column handed_by text collate "C";

-- till:<organisation> has the money that the organiser took itself.
alter table transfers drop constraint transfers_accounts_have_types;
alter table transfers add constraint transfers_accounts_have_types check (
  split_part(debit, ':', 1) in ('provider', 'till', 'buyer', 'organiser', 'tax', 'fee', 'refunds', 'dispute', 'dispute_fee', 'payout',
    'cost', 'review', 'platform')
  and split_part(credit, ':', 1) in ('provider', 'till', 'buyer', 'organiser', 'tax', 'fee', 'refunds', 'dispute', 'dispute_fee', 'payout',
    'cost', 'review', 'platform'));
