-- The money ledger tells apart whose money it is. A movement (a charge, a refund) is a set of transfers with one id,
-- numbered by `part`. Each transfer moves an amount from one account to another, so every set balances. docs/money.md
-- lists the accounts and has worked examples.
alter table transfers add column part smallint not null default 0;
alter table transfers drop constraint transfers_pkey;
alter table transfers add primary key (id, event_id, part);

alter table transfers drop constraint transfers_kind_check;
alter table transfers add constraint transfers_kind_check check (kind in (
  'charge', 'late_charge',
  'refund', 'refund_sent', 'refund_reversal', 'refund_outside',
  'dispute', 'dispute_won', 'dispute_lost', 'dispute_fee',
  'payout', 'payout_sent', 'payout_reversal',
  'provider_fee', 'adjustment',
  'unmatched_in', 'unmatched_out', 'review_refund', 'review_refund_reversal', 'review_write_off'));

-- The type of an account is the part of its name before the colon. `dispute`, `payout` and `cost` have no entries yet.
alter table transfers add constraint transfers_accounts_have_types check (
  split_part(debit, ':', 1) in ('provider', 'buyer', 'organiser', 'tax', 'fee', 'refunds', 'dispute', 'payout', 'cost', 'review', 'platform')
  and split_part(credit, ':', 1) in ('provider', 'buyer', 'organiser', 'tax', 'fee', 'refunds', 'dispute', 'payout', 'cost', 'review', 'platform'));

-- Before, a refund left the provider's account in the books when Admit opened it. Now it leaves when the provider has sent
-- it, and refunds:<order> has the money in between. So the provider's account equals the provider's own books at any time.
insert into transfers (id, part, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
select transfers.id, 9, transfers.event_id, transfers.order_id, 'refund_sent', 'refunds:' || transfers.order_id,
  transfers.credit, transfers.amount_minor, transfers.currency, coalesce(refunds.settled_at, transfers.created_at)
from transfers join refunds on 'trf_' || substr(refunds.id, 5) = transfers.id and refunds.event_id = transfers.event_id
where transfers.kind = 'refund' and refunds.status = 'succeeded';
update transfers set credit = 'refunds:' || order_id where kind = 'refund';
update transfers set debit = 'refunds:' || order_id where kind = 'refund_reversal';

-- Entries are never changed and never deleted; a mistake is corrected by another entry. Only the deletion of old records
-- (retention) may delete, after `select set_config('admit.retention', 'on', true)` in its transaction.
create function transfers_are_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('admit.retention', true) = 'on' then
    return null;
  end if;
  raise exception 'entries of the money ledger are never changed or deleted' using errcode = 'check_violation';
end $$;
create trigger transfers_append_only before update or delete or truncate on transfers
  for each statement execute function transfers_are_append_only();
