-- Messages have types with a version (`admit.order.confirmed.v1`) and payloads that contract/messages.ts declares. Existing
-- messages have neither, so no sink could read them, and this migration deletes them. Nothing is released, and only the
-- trending list would have used them. `outbox_kept` says from when on the outbox is complete.
insert into outbox_kept (since, tx)
select now(), pg_current_xact_id() where exists (select from outbox)
on conflict (one) do update set since = excluded.since, tx = excluded.tx;
delete from outbox;
delete from outbox_parked;
