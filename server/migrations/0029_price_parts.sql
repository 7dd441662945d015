-- A price has parts: the organiser's net price, the tax on the ticket, and a booking fee. docs/money.md has the rules.

-- { name, ratePercent, included } or null. price_minor is what a buyer pays for one ticket, and searches and sorts go by
-- it. list_minor is what the organiser wrote: without the booking fee, and without a tax that comes on top.
alter table ticket_types
  add column list_minor integer check (list_minor >= 0),
  add column tax jsonb check (tax ?& '{name,ratePercent,included}');
update ticket_types set list_minor = price_minor;
alter table ticket_types alter column list_minor set not null;

-- { perTicketMinor, perTicketPercent, perOrderMinor, paidBy, tax: { name, ratePercent } or null } or null.
alter table events add column booking_fee jsonb
  check (booking_fee ?& '{perTicketMinor,perTicketPercent,perOrderMinor,paidBy,tax}');

-- The booking fee of the order itself, which the buyer pays besides the tickets. The lines have everything else: each has
-- the parts of one place and, if there is a tax or a fee, `pricing`: { listMinor, tax, fee }, the terms of its price.
alter table orders add column fee_minor amount_minor not null default 0;

-- By whom earlier refunds were taken from, so that all refunds of an order together give back exactly each part. What is
-- none of these was the organiser's.
alter table orders
  add column refunded_tax_minor amount_minor not null default 0,
  add column refunded_fee_minor amount_minor not null default 0,
  add column refunded_fee_tax_minor amount_minor not null default 0,
  add constraint refunded_parts_are_of_the_refunds
    check (refunded_tax_minor::bigint + refunded_fee_minor + refunded_fee_tax_minor <= refunded_minor);
