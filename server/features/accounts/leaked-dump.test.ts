import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSeal, sealLink } from '../../seal.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { enqueueJobs } from '../../work/jobs.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test('what a dump of the database says opens nothing', async () => {
  const person = await world.user();
  await world.client().post('/api/auth/request-password-reset', { email: person.email });
  const sessions = await world.app.db.query<{ token_hash: string }>(
    'select token_hash from sessions where user_id = $1',
    [person.userId],
  );
  expect(sessions).toHaveLength(1);
  for (const { token_hash } of sessions) {
    expect((await world.client().get('/api/me', { authorization: `Bearer ${token_hash}` })).status).toBe(401);
    expect(person.client.cookie()).not.toContain(token_hash);
  }
  const token = decodeURIComponent(person.client.cookies.get('admit.session_token') ?? '').split('.')[0];
  expect((await world.client().get('/api/me', { authorization: `Bearer ${token}` })).status).toBe(200);

  const links = await world.app.db.query<{ identifier: string }>(
    'select identifier from verifications where value = $1',
    [person.userId],
  );
  expect(links).toHaveLength(1);
  for (const { identifier } of links)
    for (const guess of [identifier, identifier.split(':')[1] as string]) {
      const body = { token: guess.replace(/[^\w.-]/g, ''), newPassword: 'kite lamp river' };
      expect((await world.client().post('/api/auth/reset-password', body)).body.code).toBe('token_invalid');
    }
  const everywhere = `select count(*)::int as count from sessions where token_hash !~ '^[A-Za-z0-9_-]{43}$'`;
  expect(await world.app.db.query(everywhere)).toEqual([{ count: 0 }]);
});

const tablesSql = `
  select format('%I.%I', schemaname, tablename) as name from pg_tables
  where schemaname not in ('pg_catalog', 'information_schema')`;

/** Everything in a dump of the database, as text. */
async function dump(): Promise<string> {
  const { query } = world.app.db;
  const tables = await query<{ name: string }>(tablesSql);
  const rows = await Promise.all(
    tables.map(({ name }) => query<{ row: string }>(`select to_jsonb(each)::text as row from ${name} each`)),
  );
  return rows.flatMap((each) => each.map(({ row }) => row)).join('\n');
}

test('nor does what a dump says of mails that are still to be sent', async () => {
  const signedUp = `new-${randomUUID()}@example.com`;
  const stranger = `invited-${randomUUID()}@example.com`;
  const owner = await world.organiser();
  const person = await world.user();
  const account = { name: 'Ada', email: signedUp, password: 'kite lamp river' };
  expect((await world.client().post('/api/auth/sign-up/email', account)).status).toBe(200);
  await world.client().post('/api/auth/request-password-reset', { email: person.email });
  const invited = await owner.client.post(`/api/organisations/${owner.organisationId}/invitations`, {
    email: stranger,
    role: 'door',
  });
  expect(invited.status).toBe(201);
  const leaked = await dump();

  // The sealed link is still sent, and works.
  await world.drain();
  const { items } = (await world.client().get('/api/mailbox')).body as {
    items: { id: string; to: string }[];
  };
  const secrets: Record<string, RegExp> = {
    [signedUp]: /verify-email\?token=([\w-]{20,})/,
    [person.email]: /reset-password\?token=([\w-]{20,})/,
    [stranger]: /invitations\/\w+#([\w-]{20,})/,
  };
  for (const [to, link] of Object.entries(secrets)) {
    const mail = items.find((item) => item.to.includes(to));
    const { text } = (await world.client().get(`/api/mailbox/${mail?.id}`)).body;
    const secret = link.exec(text)?.[1] ?? '';
    expect(secret, text).not.toBe('');
    expect(leaked, 'the mail waited').toContain(to);
    expect(leaked).not.toContain(secret);
    expect(leaked).not.toContain(Buffer.from(secret).toString('base64'));
  }
});

test('a mail that was sealed with another secret is not sent, and stops no other', async () => {
  const email = `sealed-${randomUUID()}@example.com`;
  const job = { kind: 'reset-password' as const, to: email, name: 'Ada', url: 'https://admit.example/x' };
  const jobs = [createSeal('another secret'), world.app.seal].map((seal) => ({
    task: 'send-mail' as const,
    payload: { ...sealLink(seal, job) },
  }));
  await enqueueJobs(world.app.db, jobs);
  await world.drain();
  const { items } = (await world.client().get('/api/mailbox')).body as { items: { to: string }[] };
  expect(items.filter(({ to }) => to.includes(email))).toHaveLength(1);
  expect(await world.app.db.query('select from graphile_worker._private_jobs')).toEqual([]);
});
