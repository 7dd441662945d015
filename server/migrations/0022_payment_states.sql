-- No command ever set a payment to `failed`. A declined card leaves the payment open for another attempt, and a payment
-- that nobody can complete any more is cancelled.
alter table payments drop constraint payments_status_check;
alter table payments add constraint payments_status_check
  check (status in ('open', 'succeeded', 'cancelled', 'refunded'));
