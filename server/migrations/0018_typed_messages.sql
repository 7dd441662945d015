-- Messages have types with a version (`admit.order.confirmed.v1`) and payloads that contract/messages.ts declares. Those
-- that are here have neither, so no sink could read them. They are deleted: nothing is released, and nobody but the
-- list of what is trending waits for them. `outbox_kept` says since when the outbox is whole again.
insert into outbox_kept (since, tx)
select now(), pg_current_xact_id() where exists (select from outbox)
on conflict (one) do update set since = excluded.since, tx = excluded.tx;
delete from outbox;
delete from outbox_parked;
