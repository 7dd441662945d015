import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const password = 'correct horse battery';

test('an account is made and opened by any address that mail servers know', async () => {
  const email = 'r&d/#1@example.com';
  const made = await world.client().post('/api/auth/sign-up/email', { name: 'Ada', email, password });
  expect(made.status).toBe(200);
  const entered = await world.client().post('/api/auth/sign-in/email', { email, password });
  expect(entered).toMatchObject({ status: 200, body: { user: { email } } });
});

test('a domain in other letters is one and the same in all its spellings, and mail goes to its ASCII form', async () => {
  const kept = 'ada@xn--bcher-kva.example';
  const client = world.client();
  const made = await client.post('/api/auth/sign-up/email', {
    name: 'Ada',
    email: 'ada@bücher.example',
    password,
  });
  expect(made).toMatchObject({ status: 200, body: { user: { email: kept } } });
  for (const email of ['ada@BÜCHER.example', 'ada@bu\u0308cher.example', kept])
    expect((await world.client().post('/api/auth/sign-in/email', { email, password })).status).toBe(200);

  const guest = await world.guest();
  const event = await world.event({ priceMinor: 0 });
  const email = 'bob@bücher.example';
  await buy(world, guest, event, { buyer: { name: 'Bob', email } });
  const { body } = await world.client().get('/api/mailbox?to=bob%40xn--bcher-kva.example');
  expect(body.items).toHaveLength(1);
});

test('a local part in other letters is refused with the reason', async () => {
  const body = { name: 'Jörg', email: 'jörg@example.com', password };
  const { status, body: problem } = await world.client().post('/api/auth/sign-up/email', body);
  expect(status).toBe(400);
  expect(problem.issues).toEqual([
    {
      path: 'body.email',
      message: expect.stringContaining('without accents, digits and signs before the @'),
    },
  ]);
});
