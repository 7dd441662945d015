-- No command ever made a payment `failed`: a declined card leaves it open for another try, and one that will not be paid
-- any more is cancelled.
alter table payments drop constraint payments_status_check;
alter table payments add constraint payments_status_check
  check (status in ('open', 'succeeded', 'cancelled', 'refunded'));
