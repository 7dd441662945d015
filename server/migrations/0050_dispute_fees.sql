-- A payment provider takes a fee for a dispute, in the currency of its account with us. The fee is on an account of its own,
-- so that nobody takes it for money of the order, and it comes back if the provider returns it (docs/disputes.md).
alter table disputes
  -- What the provider took in fees for the dispute, and what it returned of them.
  add column fee_minor amount_minor not null default 0,
  add column fee_returned_minor amount_minor not null default 0,
  -- Null until the provider takes a fee.
  add column fee_currency text check (fee_currency is not null or (fee_minor = 0 and fee_returned_minor = 0));

alter table transfers drop constraint transfers_kind_check;
alter table transfers add constraint transfers_kind_check check (kind in (
  'charge', 'late_charge',
  'refund', 'refund_sent', 'refund_reversal',
  'dispute', 'dispute_released', 'dispute_withdrawn', 'dispute_reinstated', 'dispute_fee', 'dispute_fee_returned',
  'payout', 'payout_sent', 'payout_reversal',
  'provider_fee', 'adjustment',
  'unmatched_in', 'unmatched_out', 'review_refund', 'review_refund_reversal', 'review_write_off'));

alter table transfers drop constraint transfers_accounts_have_types;
alter table transfers add constraint transfers_accounts_have_types check (
  split_part(debit, ':', 1) in ('provider', 'buyer', 'organiser', 'tax', 'fee', 'refunds', 'dispute', 'dispute_fee', 'payout',
    'cost', 'review', 'platform')
  and split_part(credit, ':', 1) in ('provider', 'buyer', 'organiser', 'tax', 'fee', 'refunds', 'dispute', 'dispute_fee', 'payout',
    'cost', 'review', 'platform'));
