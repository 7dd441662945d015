import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

/* A published event gets another time or place: who is told what, and who may have their money back. */
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

const soon = (ms: number) => new Date(world.clock.now().getTime() + ms).toISOString();
const noRefunds = { refundPolicy: { steps: [] } };

async function bought(event: TestEvent, languages?: string) {
  const buyer = await world.guest();
  const email = `${buyer.userId.toLowerCase()}@example.com`;
  const order = await buy(world, buyer, event, {
    buyer: { name: 'Ada Osei', email },
    ...(languages !== undefined && { languages }),
  });
  return { buyer, email, ...order };
}
type Bought = Awaited<ReturnType<typeof bought>>;

async function change(event: TestEvent, fields: Record<string, unknown>) {
  const { client } = event.organiser;
  const { version } = (await client.get(`/api/events/${event.id}/management`)).body;
  return client.patch(`/api/events/${event.id}`, fields, { 'if-match': `"${version}"` });
}
const move = async (event: TestEvent, startMs: number, more: Record<string, unknown> = {}) => {
  const answer = await change(event, { startsAt: soon(startMs), endsAt: soon(startMs + hours(4)), ...more });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer;
};

interface Letter {
  id: string;
  subject: string;
  text: string;
}
async function letters({ email }: { email: string }, subject: RegExp): Promise<Letter[]> {
  const { items } = (await world.client().get(`/api/mailbox?to=${encodeURIComponent(email)}`)).body;
  const found = items.filter((item: Letter) => subject.test(item.subject));
  return Promise.all(
    found.map(async ({ id, subject }: Letter) => {
      const { body } = await world.client().get(`/api/mailbox/${id}`);
      return { id, subject, text: body.text };
    }),
  );
}
const moved = /^New time or place/;
const calendarOf = async ({ id }: Letter) =>
  (await world.client().get(`/api/mailbox/${id}/attachments/0`)).body.replaceAll('\r\n ', '');
const line = (file: string, name: string) => new RegExp(`^${name}[:;](.*?)\r?$`, 'm').exec(file)?.[1];
const read = async ({ buyer, orderId }: Bought) => (await buyer.client.get(`/api/orders/${orderId}`)).body;
const cancel = ({ buyer, orderId }: { buyer: Person; orderId: string }) =>
  buyer.client.post(`/api/orders/${orderId}/cancellation`);

describe('a moved event', () => {
  test('tells each buyer once, with the old and the new time, and raises the calendar entry', async () => {
    const event = await world.event();
    const of = await bought(event);
    const before = (await of.buyer.client.get(`/api/orders/${of.orderId}/event.ics`)).body;
    const from = (await read(of)).event;
    await move(event, days(60), { venue: { name: 'Gasteig', city: 'Munich', country: 'DE' } });
    await world.drain();
    const [letter, ...others] = await letters(of, moved);
    expect(others).toEqual([]);
    const day = (at: string) =>
      new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'Europe/Berlin' })
        .format(new Date(at))
        .replace(/^(\w+),? /, '$1 ');
    const now = (await read(of)).event;
    for (const text of [day(from.startsAt), day(now.startsAt), 'Kesselhaus', 'Gasteig']) {
      expect(letter?.text.replaceAll(',', '')).toContain(text.replaceAll(',', ''));
    }
    const calendar = await calendarOf(letter as Letter);
    expect(line(calendar, 'METHOD')).toBe('PUBLISH');
    expect(line(calendar, 'UID')).toBe(line(before, 'UID'));
    expect(Number(line(calendar, 'SEQUENCE'))).toBeGreaterThan(Number(line(before, 'SEQUENCE')));
    expect(line(calendar, 'DTSTART')).toBe(`${now.startsAt.replaceAll(/[-:]|\.\d+/g, '')}`);
    // The order stays as it was sold.
    expect((await read(of)).soldAs).toMatchObject({ startsAt: from.startsAt, venueName: 'Kesselhaus' });
  });

  test('tells several moves before the mail in one, and an undone move not at all', async () => {
    const event = await world.event();
    const of = await bought(event);
    const { startsAt, endsAt } = (await read(of)).event;
    await move(event, days(40));
    await move(event, days(50));
    await world.drain();
    const [only, ...others] = await letters(of, moved);
    expect(others).toEqual([]);
    expect(only?.text).toContain('When, before');
    await move(event, days(70));
    expect(
      (await change(event, { startsAt: soon(days(50)), endsAt: soon(days(50) + hours(4)) })).status,
    ).toBe(200);
    await world.drain();
    expect(await letters(of, moved)).toHaveLength(1);
    expect((await change(event, { startsAt, endsAt })).status).toBe(200);
    await world.drain();
    expect(await letters(of, moved)).toHaveLength(2);
  });

  test('says nothing to those who bought after the move, and nothing of a change of other fields', async () => {
    const event = await world.event();
    const early = await bought(event);
    expect((await change(event, { summary: 'With a support act.' })).status).toBe(200);
    await world.drain();
    expect(await letters(early, moved)).toEqual([]);
    await move(event, days(45));
    const late = await bought(event);
    await world.drain();
    expect(await letters(early, moved)).toHaveLength(1);
    expect(await letters(late, moved)).toEqual([]);
  });

  test('writes in the language of the order', async () => {
    const event = await world.event();
    const of = await bought(event, 'de');
    await move(event, days(45), { refundUntil: soon(days(10)) });
    await world.drain();
    const [letter] = await letters(of, /^Neue Zeit oder neuer Ort/);
    expect(letter?.text).toContain('storniere deine Bestellung bis');
  });

  test('reminds by the new day, also those who were reminded of the old one', async () => {
    const event = await world.event();
    const of = await bought(event);
    world.clock.advance(days(30) - hours(20));
    await world.app.db.run(`select graphile_worker.add_job('remind-of-events', '{}'::json)`);
    await world.drain();
    expect(await letters(of, /^Soon/)).toHaveLength(1);
    await move(event, days(10));
    await world.drain();
    world.clock.advance(days(9) + hours(4));
    await world.app.db.run(`select graphile_worker.add_job('remind-of-events', '{}'::json)`);
    await world.drain();
    expect(await letters(of, /^Soon/)).toHaveLength(2);
  });
});

describe('an offer to have the money back after a move', () => {
  test('gives everything back until its date, whatever policy was bought, and only to those who bought before', async () => {
    const event = await world.event({ fields: noRefunds });
    const [one, two] = [await bought(event), await bought(event)];
    expect(await read(one)).toMatchObject({ refundOffer: null, cancellation: null });
    const until = soon(days(7));
    await move(event, days(45), { refundUntil: until });
    const late = await bought(event);
    expect(await read(one)).toMatchObject({
      refundOffer: { until },
      cancellation: { refund: { amount: 2500 } },
    });
    expect(await read(late)).toMatchObject({ refundOffer: null, cancellation: null });
    expect((await cancel(late)).body.code).toBe('refund_not_allowed');
    await world.drain();
    expect((await letters(one, moved))[0]?.text).toContain('you get back everything that you paid');
    expect((await cancel(one)).body).toMatchObject({ status: 'refunded', refunded: { amount: 2500 } });
    world.clock.advance(days(7) + 1000);
    expect((await cancel(two)).body.code).toBe('refund_not_allowed');
    expect(await read(two)).toMatchObject({ refundOffer: null, cancellation: null });
  });

  test('holds when the event is moved again without an offer, or back', async () => {
    const event = await world.event({ fields: noRefunds });
    const of = await bought(event);
    const { startsAt, endsAt } = (await read(of)).event;
    await move(event, days(45), { refundUntil: soon(days(7)) });
    await move(event, days(50));
    expect((await change(event, { startsAt, endsAt })).status).toBe(200);
    expect((await cancel(of)).body).toMatchObject({ status: 'refunded' });
  });

  test.each([
    ['without a move', { title: 'Late Shift', refundUntil: days(3) }, 'needs a new time or place'],
    ['in the past', { startsAt: days(40), endsAt: days(41), refundUntil: -1000 }, 'must be in the future'],
    [
      'after the start',
      { startsAt: days(40), endsAt: days(41), refundUntil: days(40) + 1 },
      'must not be after',
    ],
  ])('is refused %s', async (_, fields, message) => {
    const event = await world.event();
    const body = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, typeof value === 'number' ? soon(value) : value]),
    );
    const answer = await change(event, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(answer.body.issues).toMatchObject([{ path: 'body.refundUntil' }]);
    expect(answer.body.issues[0].message).toContain(message);
  });

  test('is refused for a draft, because nobody has bought', async () => {
    const event = await world.event({ publish: false });
    const answer = await change(event, { startsAt: soon(days(9)), refundUntil: soon(days(3)) });
    expect(answer.body.issues).toMatchObject([{ path: 'body.refundUntil' }]);
  });
});
