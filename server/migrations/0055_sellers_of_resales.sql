-- Finds the offers for resale of a person: for the export of their data, and when a guest signs in to an account.
create index resales_of_seller on resales (seller_id);

-- disputed: a bank has money that was paid for the ticket, so it can neither be resold nor refunded until the bank decides.
alter table resales drop constraint resales_ended_because_check;
alter table resales add constraint resales_ended_because_check
  check (ended_because in ('used', 'cancelled', 'refunded', 'disputed', 'unsold', 'off'));
