-- A mail that its recipient's budget does not pay for has a row too: it waits, or it is withheld for good. So the organiser sees
-- why somebody got no mail.
alter table deliveries drop constraint deliveries_state_check;
alter table deliveries add constraint deliveries_state_check
  check (state in ('waiting', 'withheld', 'sent', 'failed', 'bounced'));
