import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ RATE_LIMIT_FACTOR: '1', TRUST_PROXY: 'loopback' });
});
afterAll(() => world.close());

/** A caller with a hold, and the caller's network. */
interface Guesser {
  person: Person;
  holdId: string;
  from: Record<string, string>;
}

const fromAddress = (address: string) => ({ 'x-forwarded-for': address });
const createEvent = () =>
  world.event({ capacity: 500, fields: { promoCodes: [{ code: 'RIGHT', percentOff: 10 }] } });

async function guesser(event: TestEvent, address: string, kind: 'user' | 'guest'): Promise<Guesser> {
  const from = fromAddress(address);
  const person =
    kind === 'user' ? await world.user() : { client: world.client(), userId: 'usr_' as const, email: '' };
  if (kind === 'guest') await person.client.post('/api/auth/sign-in/anonymous', {}, from);
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const held = await person.client.post(`/api/events/${event.id}/holds`, { items }, from);
  expect(held.status, JSON.stringify(held.body)).toBe(201);
  return { person: person as Person, holdId: held.body.id, from };
}

async function guess({ person, holdId, from }: Guesser, code: string) {
  const answer = await person.client.put(`/api/holds/${holdId}/promo-code`, { code }, from);
  return { ...answer, code: answer.status === 200 ? 'right' : (answer.body.code as string) };
}

const guesses = (of: Guesser, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => guess(of, `WRONG${index}`)));
const count = (answers: { code: string }[], code: string) =>
  answers.filter((each) => each.code === code).length;

test('who mistypes three times goes on; who guesses ten times waits, and is told for how long', {
  timeout: 120_000,
}, async () => {
  const ann = await guesser(await createEvent(), '192.0.2.1', 'guest');
  expect(count(await guesses(ann, 3), 'unknown_promo_code')).toBe(3);
  expect((await guess(ann, 'right')).status).toBe(200);
  expect(count(await guesses(ann, 6), 'unknown_promo_code')).toBe(6);
  const refused = await guess(ann, 'WRONG');
  expect(refused).toMatchObject({ status: 429, code: 'too_many_promo_codes' });
  const wait = refused.body.retryAfterSeconds;
  expect(refused.headers.get('retry-after')).toBe(String(wait));
  expect(refused.body.detail).toBe('You entered too many wrong promo codes. Try again in 1 minute.');
  expect((await guess(ann, 'RIGHT')).code).toBe('too_many_promo_codes');
  world.clock.advance(wait * 1000);
  expect((await guess(ann, 'RIGHT')).status).toBe(200);
});

test('accounts do not multiply the guesses of one network, also not all at once', {
  timeout: 120_000,
}, async () => {
  const event = await createEvent();
  const all: Guesser[] = [];
  for (let index = 0; index < 16; index++) all.push(await guesser(event, `2001:db8:5:5::${index}`, 'user'));
  const answers = (await Promise.all(all.map((each) => guesses(each, 10)))).flat();
  expect(count(answers, 'unknown_promo_code') + count(answers, 'too_many_promo_codes')).toBe(160);
  expect(count(answers, 'unknown_promo_code')).toBe(60);
  const elsewhere = await guesser(event, '2001:db8:5:6::1', 'user');
  expect((await guess(elsewhere, 'WRONG')).code).toBe('unknown_promo_code');
});

test('an office behind one address redeems its code', { timeout: 120_000 }, async () => {
  const event = await createEvent();
  const office = await Promise.all(Array.from({ length: 25 }, () => guesser(event, '192.0.2.9', 'user')));
  const answers = await Promise.all(office.map((each) => guess(each, 'RIGHT')));
  expect(count(answers, 'right')).toBe(25);
});

test('many networks share what one event bears; an account with a proved address goes on', {
  timeout: 120_000,
}, async () => {
  const event = await createEvent();
  const answers: { code: string }[] = [];
  for (let index = 0; index < 34; index++) {
    answers.push(...(await guesses(await guesser(event, `198.51.100.${index}`, 'guest'), 10)));
  }
  expect(count(answers, 'unknown_promo_code')).toBeGreaterThanOrEqual(300);
  // Of the last ten concurrent guesses, each may pass before the first is known to be wrong.
  expect(count(answers, 'unknown_promo_code')).toBeLessThanOrEqual(310);
  const known = await guesser(event, '203.0.113.5', 'user');
  expect((await guess(known, 'RIGHT')).status).toBe(200);
  const other = await guesser(await createEvent(), '203.0.113.6', 'guest');
  expect((await guess(other, 'RIGHT')).status).toBe(200);
});

test('guests with a random code get in, however many codes others guess', { timeout: 120_000 }, async () => {
  const event = await createEvent();
  const { client } = event.organiser;
  const made = await client.post(`/api/events/${event.id}/vouchers`, { count: 1, percentOff: 50 });
  expect(made.status).toBe(201);
  const [{ code }] = (await client.get(`/api/events/${event.id}/vouchers`)).body.items;
  for (let index = 0; index < 34; index++)
    await guesses(await guesser(event, `198.51.101.${index}`, 'guest'), 10);
  const invited = await guesser(event, '203.0.113.90', 'guest');
  // The event's budget is spent, so a short code has to wait.
  expect((await guess(invited, 'RIGHT')).code).toBe('too_many_promo_codes');
  const checked = await invited.person.client.post(
    `/api/events/${event.id}/code-checks`,
    { code },
    invited.from,
  );
  expect(checked.body).toMatchObject({ code, percentOff: 50 });
  expect((await guess(invited, code)).code).toBe('right');
  // Guesses of the same shape cost their account as ever.
  const other = await guesser(event, '203.0.113.91', 'guest');
  const answers = await Promise.all(Array.from({ length: 11 }, () => guess(other, 'ABCDEFGH2345')));
  expect(count(answers, 'unknown_promo_code')).toBe(10);
});

test('a wrong code that comes with a hold, or is only checked, costs the same', async () => {
  const event = await createEvent();
  const { person, from } = await guesser(event, '203.0.113.77', 'guest');
  const place = (code: string) => {
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    return person.client.post(`/api/events/${event.id}/holds`, { items, code }, from);
  };
  const check = (code: string) => person.client.post(`/api/events/${event.id}/code-checks`, { code }, from);
  const answers = [];
  for (let i = 0; i < 6; i++) answers.push(await place(`WRONG-${i}`), await check(`WRONG-${i}`));
  const codes = answers.map(({ body }) => body.code);
  expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'unknown_promo_code'));
  expect(codes.slice(10)).toEqual(['too_many_promo_codes', 'too_many_promo_codes']);
  // Without a code places are held as ever.
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  expect((await person.client.post(`/api/events/${event.id}/holds`, { items }, from)).status).toBe(201);
});
