import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { days, hours, minutes } from '../../testing/clock.ts';
import { startSmsService, type TestSmsService } from '../../testing/sms-service.ts';
import { createWorld, type Person, type TestEvent, testPassword, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { sendMail } from './send-mail.ts';

const path = '/api/me/phone-number';

let world: World;
let service: TestSmsService;
let buyer: Person;
let number: string;
let event: TestEvent;
let numbers = 0;
beforeAll(async () => {
  service = await startSmsService();
  world = await createWorld({ ...service.env, SMS_PER_EVENT_DAY: '12', SMS_PREFIXES: '+49' });
  service.now = () => world.clock.now();
});
afterAll(async () => {
  await world.close();
  await service.close();
});
beforeEach(async () => {
  Object.assign(service, { requests: 0, answer: () => null });
  buyer = await world.user();
  number = `+4915100000${++numbers}`.padEnd(14, '7');
  event = await world.event({ priceMinor: 0, fields: { title: 'Night Shift' } });
  await skipNight();
});

/** Moves the clock to the next noon in Berlin, where the test's events are: SMS rest at night. */
async function skipNight(): Promise<void> {
  const now = world.clock.now();
  const noon = new Date(`${now.toISOString().slice(0, 10)}T11:00:00Z`);
  world.clock.advance(noon.getTime() - now.getTime() + (noon < now ? days(1) : 0));
}

const put = (person = buyer, to = number) => person.client.put(path, { number: to, consents: true });
const codeTo = (to = number) => /^\d{6}/.exec(service.textsTo(to).at(-1) ?? '')?.[0] ?? 'none';
const confirm = (code: string, person = buyer) => person.client.post(`${path}/confirmation`, { code });
async function getsSms(person = buyer, to = number): Promise<void> {
  expect((await put(person, to)).status).toBe(200);
  const confirmed = await confirm(codeTo(to), person);
  expect(confirmed.body, JSON.stringify(confirmed.body)).toMatchObject({ number: to, unconfirmed: null });
}
/** The texts that the number got after its code. */
const texts = (to = number) => service.textsTo(to).filter((text) => !/^\d{6} /.test(text));
const order = (person = buyer) => buy(world, person, event, { buyer: { name: 'Ada', email: person.email } });
const deliveries = async () =>
  (await event.organiser.client.get(`/api/events/${event.id}/messages`)).body.items
    .filter(({ channel }: { channel: string }) => channel === 'sms')
    .map(({ kind, state, error, recipient }: Record<string, unknown>) => ({ kind, state, error, recipient }));
async function cancelEvent(): Promise<void> {
  const reason = { reason: 'The singer is ill.', refund: 'none' };
  expect((await event.organiser.client.post(`/api/events/${event.id}/cancellation`, reason)).status).toBe(
    202,
  );
  await world.drain();
}
async function moveTo(venue: string): Promise<void> {
  const { client } = event.organiser;
  const { body } = await client.get(`/api/events/${event.id}/management`);
  const headers = { 'if-match': `"${body.version}"` };
  const moved = { venue: { ...body.venue, name: venue } };
  expect((await client.patch(`/api/events/${event.id}`, moved, headers)).status).toBe(200);
  await world.drain();
}

describe('a number', () => {
  test('gets SMS after its owner has typed the code, and none before', async () => {
    expect((await buyer.client.get(path)).body).toMatchObject({
      isOffered: true,
      number: null,
      sender: '+4930901820',
    });
    expect(
      (await put(buyer, ` 00${number.slice(1, 5)} (${number.slice(5, 8)}) ${number.slice(8)}`)).body,
    ).toMatchObject({
      number: null,
      unconfirmed: number,
    });
    expect(service.textsTo(number)).toEqual([
      expect.stringMatching(/^\d{6} is your code .* Reply STOP to end them\.$/),
    ]);
    await order();
    await moveTo('The Other Hall');
    expect(texts()).toEqual([]);
    expect((await confirm(codeTo())).body).toMatchObject({ number, unconfirmed: null });
    await moveTo('A Third Hall');
    expect(texts()).toHaveLength(1);
  });

  test('is not confirmed by a wrong code, by a sixth attempt, too late, or by the code of another number', async () => {
    await put();
    const wrong = codeTo() === '123456' ? '654321' : '123456';
    for (const left of [4, 3, 2, 1, 0])
      expect((await confirm(wrong)).body).toMatchObject({
        code: 'sms_code_wrong',
        detail: `This is not the code. You have ${left} attempts left.`,
      });
    expect((await confirm(codeTo())).body.code).toBe('sms_code_ended');
    await put();
    const first = codeTo();
    world.clock.advance(minutes(10));
    expect((await confirm(first)).body.code).toBe('sms_code_ended');
    await put();
    const old = codeTo();
    await put(buyer, `${number}1`);
    if (old !== codeTo(`${number}1`)) expect((await confirm(old)).body.code).toBe('sms_code_wrong');
  });

  test('stays beside a new one until the new one is confirmed, and goes when it is deleted', async () => {
    await getsSms();
    const other = `${number}9`;
    expect((await put(buyer, other)).body).toMatchObject({ number, unconfirmed: other });
    expect((await confirm(codeTo(other))).body).toMatchObject({ number: other, unconfirmed: null });
    expect((await buyer.client.delete(path)).status).toBe(204);
    expect((await buyer.client.get(path)).body.number).toBeNull();
    await order();
    await cancelEvent();
    expect([...texts(), ...texts(other)]).toEqual([]);
  });

  test('is asked for consent and for an account with a confirmed address, in a country that the operator allows', async () => {
    expect((await buyer.client.put(path, { number })).body.code).toBe('invalid_request');
    expect((await buyer.client.put(path, { number, consents: false })).body.code).toBe('invalid_request');
    for (const bad of ['12345', '+0151234567', 'call me', '+49123', `+49${'1'.repeat(20)}`])
      expect((await put(buyer, bad)).body.code).toBe('invalid_request');
    expect((await put(await world.guest())).body.code).toBe('email_not_verified');
    expect((await put(await world.user({ verified: false }))).body.code).toBe('email_not_verified');
    expect((await put(buyer, '+8801711223344')).body).toMatchObject({
      code: 'phone_number_refused',
      detail: 'This site sends no SMS to this country.',
    });
    expect(service.requests).toBe(0);
  });

  test.each([
    ['is no number', { status: 400, code: 21_211 }, 'phone_number_refused'],
    ['has answered STOP before', { status: 400, code: 21_610 }, 'phone_number_stopped'],
    [
      'comes to a busy provider',
      { status: 429, code: 20_429, headers: { 'retry-after': '7' } },
      'sms_unavailable',
    ],
    ['comes to a provider that fails', { status: 500 }, 'sms_unavailable'],
    ['comes with a wrong login', { status: 401, code: 20_003 }, 'sms_unavailable'],
  ])('that %s is refused at once, and costs the day nothing', async (_, answer, code) => {
    service.answer = () => answer;
    const before = await spent('codes');
    expect((await put()).body.code).toBe(code);
    expect(await spent('codes')).toBe(before);
  });

  test('cannot be flooded with codes, not even by many accounts', async () => {
    const { config } = world.app;
    world.app.config = { ...config, rateLimitFactor: 1 };
    for (const _ of [1, 2, 3, 4]) expect((await put()).status).toBe(200);
    for (const person of [buyer, await world.user()])
      expect((await put(person)).body).toMatchObject({ code: 'rate_limited' });
    expect((await put(buyer, `${number}1`)).body).toMatchObject({ code: 'rate_limited' });
    expect(service.textsTo(number)).toHaveLength(4);
    world.app.config = config;
  });

  test('is in the export of its owner, and goes with the account', async () => {
    await getsSms();
    const exported = await buyer.client.get('/api/me/export');
    expect(exported.body.phoneNumber).toMatchObject({ number });
    const deleted = await buyer.client.post('/api/me/deletion', { password: testPassword });
    expect(deleted.status, JSON.stringify(deleted.body)).toBe(204);
    expect(await world.app.db.query('select from phone_numbers where user_id = $1', [buyer.userId])).toEqual(
      [],
    );
  });
});

const spent = async (purpose: string): Promise<number> =>
  (
    await world.app.db.query<{ segments: number }>(
      'select coalesce(sum(segments), 0)::int as segments from sms_spending where purpose = $1',
      [purpose],
    )
  )[0]?.segments ?? 0;

describe('an SMS', () => {
  test('tells that the event was moved, and that it was cancelled, each once, in the language of the order', async () => {
    await getsSms();
    await buy(world, buyer, event, { buyer: { name: 'Ada', email: buyer.email }, languages: 'de' });
    await moveTo('The Other Hall');
    await cancelEvent();
    expect(texts()).toEqual([
      expect.stringMatching(
        /^Night Shift hat eine neue Zeit oder einen neuen Ort: .*, The Other Hall\. http/,
      ),
      expect.stringMatching(/^Night Shift am .* ist abgesagt\. http/),
    ]);
    const orderId = (await buyer.client.get('/api/orders')).body.items[0].id;
    const job = {
      kind: 'event-cancelled' as const,
      orderId,
      refund: { amount: 0, currency: 'EUR' as const },
    };
    await Promise.allSettled([1, 2, 3].map(() => sendMail(world.app, job)));
    await world.drain();
    expect(texts()).toHaveLength(2);
    const recipient = `+49 ••• ${number.slice(-3)}`;
    expect(await deliveries()).toContainEqual({ kind: 'event-moved', state: 'sent', error: null, recipient });
    expect(await deliveries()).toContainEqual({
      kind: 'event-cancelled',
      state: 'sent',
      error: null,
      recipient,
    });
  });

  test('brings an offer of the waitlist with its link, once', async () => {
    await getsSms();
    event = await world.event({ capacity: 1, priceMinor: 0, fields: { title: 'Night Shift' } });
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    const holder = await world.user();
    const hold = await holder.client.post(`/api/events/${event.id}/holds`, { items });
    const joined = await buyer.client.post(`/api/events/${event.id}/waitlist`, items[0]);
    await holder.client.delete(`/api/holds/${hold.body.id}`);
    await world.drain();
    const { id } = joined.body;
    expect(texts()).toEqual([
      expect.stringMatching(new RegExp(`^Night Shift: a place is kept .*/offers/${id}#[\\w-]{32}$`)),
    ]);
    await sendMail(world.app, { kind: 'waitlist-offer', entryId: id });
    await world.drain();
    expect(texts()).toHaveLength(1);
  });

  test('goes to nobody who has switched its kind off', async () => {
    await getsSms();
    const off = { kind: 'event-moved', channel: 'sms', wanted: false };
    const { body } = await buyer.client.patch('/api/me/message-choices', { choices: [off] });
    expect(body.choices).toContainEqual(off);
    expect(body.choices).toContainEqual({ kind: 'event-moved', channel: 'push', wanted: true });
    expect(body.choices).toContainEqual({ kind: 'event-cancelled', channel: 'sms', wanted: true });
    const other = { kind: 'order-confirmed', channel: 'sms', wanted: false };
    const refused = await buyer.client.patch('/api/me/message-choices', { choices: [other] });
    expect(refused.body.code).toBe('message_not_optional');
    await order();
    await moveTo('The Other Hall');
    await cancelEvent();
    expect(texts()).toEqual([expect.stringContaining('is cancelled')]);
  });

  test('waits until the quiet hours end: at night in the zone of the event, or as the person has set them', async () => {
    await getsSms();
    await order();
    world.clock.advance(hours(12));
    await moveTo('The Other Hall');
    expect(texts()).toEqual([]);
    world.clock.advance(hours(8));
    await world.drain();
    expect(texts()).toHaveLength(1);
    const quietHours = { from: '08:00', until: '18:00', timeZone: 'Europe/Berlin' };
    await buyer.client.patch('/api/me/message-choices', { quietHours });
    await moveTo('A Third Hall');
    expect(texts()).toHaveLength(1);
    world.clock.advance(hours(12));
    await world.drain();
    expect(texts()).toHaveLength(2);
  });

  test('ends with STOP for everybody who has the number, and begins again with START', async () => {
    const sister = await world.user();
    await getsSms();
    await getsSms(sister);
    await order();
    await order(sister);
    expect(await service.reply(world.url, { From: number, Body: ' stop. ' })).toBe(204);
    expect((await sister.client.get(path)).body).toMatchObject({ number, isStopped: true });
    await moveTo('The Other Hall');
    expect(texts()).toEqual([]);
    expect((await put(await world.user())).body.code).toBe('phone_number_stopped');
    expect(await service.reply(world.url, { From: number, Body: 'Thanks!' })).toBe(204);
    await moveTo('A Third Hall');
    expect(texts()).toEqual([]);
    expect(await service.reply(world.url, { From: number, Body: 'Start' })).toBe(204);
    await moveTo('A Fourth Hall');
    expect(texts()).toHaveLength(2);
  });

  test('learns from the provider that the owner has answered STOP', async () => {
    await getsSms();
    await order();
    service.answer = () => ({ status: 400, code: 21_610 });
    await moveTo('The Other Hall');
    expect(await deliveries()).toMatchObject([
      { kind: 'event-moved', state: 'failed', error: 'The owner of this number has answered STOP.' },
    ]);
    expect((await buyer.client.get(path)).body.isStopped).toBe(true);
    service.requests = 0;
    await cancelEvent();
    expect(service.requests).toBe(0);
  });

  test('shows the organiser what the network has told: not arrived, and why', async () => {
    await getsSms();
    await order();
    await moveTo('The Other Hall');
    const sms = service.taken.at(-1)!;
    expect(await service.report(sms, 'delivered')).toBe(204);
    expect(await deliveries()).toMatchObject([{ state: 'sent' }]);
    expect(await service.report(sms, 'undelivered', 30_005)).toBe(204);
    expect(await deliveries()).toMatchObject([
      { state: 'bounced', error: 'There is no such number. (30005)' },
    ]);
  });

  test('a busy provider gets it later, and a failing one again', async () => {
    await getsSms();
    await order();
    service.answer = () => ({ status: 429, headers: { 'retry-after': '40' } });
    await moveTo('The Other Hall');
    expect(await deliveries()).toMatchObject([{ state: 'waiting' }]);
    service.answer = () => ({ status: 503 });
    world.clock.advance(41_000);
    await world.drain();
    expect(texts()).toEqual([]);
    service.answer = () => null;
    world.clock.advance(hours(1));
    await world.drain();
    expect(texts()).toHaveLength(1);
    expect(await spent(event.id)).toBe(1);
  });

  test('is sent once, although the connection broke before the provider answered', async () => {
    await getsSms();
    await order();
    service.answer = () => ({ hangsUp: true });
    await moveTo('The Other Hall');
    expect(texts()).toHaveLength(1);
    service.answer = () => null;
    world.clock.advance(hours(1));
    await world.drain();
    expect(texts()).toHaveLength(1);
    expect(await deliveries()).toMatchObject([{ state: 'sent' }]);
  });
});

describe('the cost', () => {
  test('of an event in a day is bounded, also with many people at once, and begins again on the next day', async () => {
    const people = await Promise.all(Array.from({ length: 15 }, () => world.user()));
    const their = people.map((_, i) => `+4917000000${numbers}${String(i).padStart(2, '0')}`);
    await world.app.db.run(
      `insert into phone_numbers (user_id, number, consented_at) select user_id, number, now()
       from unnest($1::text[], $2::text[]) as given (user_id, number)`,
      [people.map(({ userId }) => userId), their],
    );
    for (const person of people) await order(person);
    await moveTo('The Other Hall');
    const got = () => their.reduce((sum, to) => sum + texts(to).length, 0);
    expect(await spent(event.id)).toBeLessThanOrEqual(12);
    expect(got()).toBe(12);
    const rows = await deliveries();
    expect(rows.filter(({ state }: { state: string }) => state === 'withheld')).toHaveLength(3);
    expect(rows.find(({ state }: { state: string }) => state === 'withheld')?.error).toContain('12 parts');
    world.clock.advance(days(1));
    await moveTo('A Third Hall');
    expect(got()).toBe(24);
  });
});

describe('a webhook', () => {
  test('counts only with the signature of the provider, over its address and its form', async () => {
    await getsSms();
    await order();
    await moveTo('The Other Hall');
    const sms = service.taken.at(-1)!;
    expect(await service.reply(world.url, { From: number, Body: 'STOP' }, 'another-token-0123456789')).toBe(
      400,
    );
    const other = { ...sms, statusUrl: sms.statusUrl.replace('event-moved', 'event-other') };
    expect(await service.report(other, 'failed')).toBe(204);
    const forged = await fetch(sms.statusUrl, {
      method: 'POST',
      body: new URLSearchParams({ MessageStatus: 'failed' }),
      headers: { 'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' },
    });
    expect(forged.status).toBe(400);
    const unsigned = await fetch(sms.statusUrl, {
      method: 'POST',
      body: new URLSearchParams({ MessageStatus: 'failed' }),
    });
    expect(unsigned.status).toBe(400);
    expect(await deliveries()).toMatchObject([{ state: 'sent' }]);
  });
});

test('without a provider nobody is asked for a number, and nobody gets SMS', async () => {
  const { url } = await world.another(undefined, { sms: null });
  expect(await service.reply(url, { From: number, Body: 'STOP' })).toBe(400);
});
