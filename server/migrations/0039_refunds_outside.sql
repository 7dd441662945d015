-- Somebody may refund a payment at the provider, in its dashboard, and not here. The sandbox can do the same. Its books say
-- what became of each refund, and which tickets somebody named for it.
alter table sandbox.refunds
  add column status text not null default 'succeeded' check (status in ('succeeded', 'failed')),
  -- Ids with commas.
  add column tickets text not null default '';
create index sandbox_refunds_of_payment on sandbox.refunds (intent_ref);
