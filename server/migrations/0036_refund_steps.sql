-- A refund policy is a list of steps: 100% until 30 days before the start, 50% until 7 days before it, then nothing.
-- { steps: [{ hoursBefore, refundPercent }], feePercent, feePerTicketMinor, refundsBookingFee }; docs/refunds.md has the
-- rules. Before, a policy had one step of 100% and a fee.
create function with_steps(kind text, hours_before integer, fee_percent integer) returns jsonb language sql immutable as $$
  select jsonb_build_object(
    'steps', case when kind = 'until'
      then jsonb_build_array(jsonb_build_object('hoursBefore', hours_before, 'refundPercent', 100))
      else '[]'::jsonb end,
    'feePercent', case when kind = 'until' then fee_percent else 0 end, 'feePerTicketMinor', 0, 'refundsBookingFee', true)
$$;
alter table events add column refund_policy jsonb
  check (refund_policy ?& '{steps,feePercent,feePerTicketMinor,refundsBookingFee}');
update events set refund_policy = with_steps(refund_kind, refund_hours_before, refund_fee_percent);
alter table events
  alter column refund_policy set not null,
  drop column refund_kind,
  drop column refund_hours_before,
  drop column refund_fee_percent;
update orders set sold_as = jsonb_set(sold_as, '{refundPolicy}', with_steps(
  sold_as #>> '{refundPolicy,kind}', (sold_as #>> '{refundPolicy,hoursBefore}')::int,
  (sold_as #>> '{refundPolicy,feePercent}')::int));
drop function with_steps;
