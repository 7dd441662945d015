import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetExpired } from '../features/accounts/forget-expired.ts';
import { days } from '../testing/clock.ts';
import { createWorld, type World } from '../testing/world.ts';
import { forgetOld } from './forget-old.ts';

/*
 * What is deleted at night because it is old may be in use by somebody else. The job skips such rows: it waits for nobody,
 * so it can be part of no deadlock. Its connections give up on any lock after two seconds, which fails the job.
 */
let world: World;
let impatient: Awaited<ReturnType<World['another']>>;
let user: pg.Client;
beforeAll(async () => {
  world = await createWorld();
  const url = new URL(world.connectionString);
  url.searchParams.set('options', '-c lock_timeout=2s');
  impatient = await world.another(url.href);
  user = new pg.Client({ connectionString: world.connectionString });
  await user.connect();
});
afterAll(async () => {
  await user?.end();
  await world.close();
});

/** Each makes two rows that are old enough to go. */
const rows: Record<string, string> = {
  outbox: `insert into outbox (topic, type, event_id, payload, created_at)
    select 'door_events', 'admit.ticket.admitted.v2', 'evt_x', '{}', to_timestamp(0) from generate_series(1, 2)`,
  messages: `insert into messages (id, key, recipient, sender, subject, html, body_text, sent_at)
    select 'msg_' || i, 'key ' || i, 'a@example.com', 'b@example.com', '', '', '', to_timestamp(0) from generate_series(1, 2) as i`,
  deliveries: `insert into deliveries (key, id, kind, channel, recipient, language, state, attempts, created_at, sent_at)
    select 'sent ' || i, 'msg_' || i, 'audit', 'email', 'a@example.com', 'en', 'sent', 1, to_timestamp(0), to_timestamp(0)
    from generate_series(1, 2) as i`,
  invitation_mails: `insert into invitation_mails (organisation_id, email, sent_by, sent_at)
    select (select id from organisations limit 1), 'a@example.com', 'usr_x', to_timestamp(0) from generate_series(1, 2)`,
  webhook_events: `insert into webhook_events (provider, id, type, payload, received_at)
    select 'sandbox', 'evt_' || i, 'x', '{}', to_timestamp(0) from generate_series(1, 2) as i`,
  verifications: `insert into verifications (id, identifier, value, expires_at, created_at, updated_at)
    select 'ver_' || i, 'old ' || i, 'x', to_timestamp(0), to_timestamp(0), to_timestamp(0) from generate_series(1, 2) as i`,
  revocations: `insert into revocations (session_id, revoked_at) select 'ses ' || i, to_timestamp(0) from generate_series(1, 2) as i`,
  idempotency_keys: `insert into idempotency_keys (user_id, key, operation, fingerprint, created_at)
    select 'usr_x', 'key ' || i, 'x', 'x', to_timestamp(0) from generate_series(1, 2) as i`,
  budgets: `insert into budgets (name, key, full_at) select 'x', ('key ' || i)::bytea, to_timestamp(0) from generate_series(1, 2) as i`,
  'graphile_worker._private_jobs': `
    with added as (
      select (graphile_worker.add_job('send-mail', '{}', job_key := 'old ' || i)).id from generate_series(1, 2) as i)
    select count(*) from added`,
};

test('rows that somebody has locked are left to the next night, and nobody is waited for', async () => {
  await world.organiser();
  await world.app.db.run('delete from outbox');
  await world.app.db.run('delete from revocations');
  await world.app.db.run('delete from outbox_cursors');
  await world.app.db.run(`insert into outbox_cursors (sink, id) values ('test', 1000000)`);
  for (const make of Object.values(rows)) await world.app.db.query(make);
  await world.app.db.run(
    `update graphile_worker._private_jobs set attempts = max_attempts, updated_at = to_timestamp(0) where key like 'old %'`,
  );
  world.clock.advance(days(500));
  const counts = async () =>
    Object.fromEntries(
      await Promise.all(
        Object.keys(rows).map(async (table) => {
          const [row] = await world.app.db.query<{ count: number }>(`select count(*)::int from ${table}`);
          return [table, row?.count] as const;
        }),
      ),
    );
  const each = (count: number) => Object.fromEntries(Object.keys(rows).map((table) => [table, count]));
  await user.query('begin');
  for (const table of Object.keys(rows))
    await user.query(`select from ${table} where ctid = (select max(ctid) from ${table}) for update`);
  const night = async () => {
    await forgetExpired(impatient.app);
    await forgetOld(impatient.app);
  };
  await night();
  expect(await counts()).toEqual(each(1));
  await user.query('rollback');
  await night();
  expect(await counts()).toEqual(each(0));
});
