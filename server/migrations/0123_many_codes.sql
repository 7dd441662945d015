-- A batch of codes is made in portions, so that no transaction makes buyers wait (docs/codes.md). The first portion writes the batch
-- with the number of all its codes (`made`), which count against the most codes of an event at once. `written` is how many exist.
-- A retry goes on from there.
alter table voucher_batches add column written integer;
-- The page of codes lists the batches by their time, and finds the codes of one.
alter table voucher_batches add column made_at timestamptz;
update voucher_batches set written = made,
  made_at = (select min(made_at) from vouchers where vouchers.event_id = voucher_batches.event_id and batch_id = voucher_batches.id);
delete from voucher_batches where made_at is null;
alter table voucher_batches alter column written set not null, alter column made_at set not null;
alter table voucher_batches add constraint batch_never_overfull check (written between 0 and made);

-- The pages of one tag or batch, the latest code first, and the sums by tag.
create index vouchers_of_tag on vouchers (event_id, tag, id);
drop index vouchers_of_batch;
create index vouchers_of_batch on vouchers (event_id, batch_id, id);
