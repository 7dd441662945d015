import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type Organiser, type TestEvent, type World } from '../../testing/world.ts';
import { ask, choice, question } from '../questions/testing/ask.ts';
import { buy } from '../tickets/testing/buy.ts';
import { lettersTo, offer, scan } from '../transfers/testing/offer.ts';
import { forgetMails } from './forget-mails.ts';
import { sendBroadcast } from './send-broadcast.ts';

/* The organiser writes to the people who hold tickets of an event. */
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

let organiser: Organiser;
let event: TestEvent;
beforeEach(async () => {
  organiser = await world.organiser();
  event = await world.event({
    organiser,
    priceMinor: 0,
    fields: {
      pools: [{ key: 'floor', name: 'Floor', capacity: 100 }],
      ticketTypes: ['Floor', 'Balcony'].map((name) => ({ name, priceMinor: 0, pools: ['floor'] })),
    },
  });
});

let people = 0;
/** Somebody with an address of their own buys a ticket of a type. */
async function bought({
  type = 0,
  email = `reader-${++people}@example.com`,
  languages = 'en',
  quantity = 1,
} = {}) {
  const buyer = await world.guest();
  const wanted = event.ticketTypes[type] as (typeof event.ticketTypes)[number];
  const of = { ...event, ticketTypeId: wanted.id, ticketTypes: [wanted] };
  const order = await buy(world, buyer, of, { buyer: { name: 'Ada', email }, languages, quantity });
  return { buyer, email, ...order };
}

const texts = [
  { language: 'en', subject: 'Doors open earlier', text: 'The doors open at 18:00.\n\nPlease come early.' },
  { language: 'de', subject: 'Früher Einlass', text: 'Einlass ist um 18:00 Uhr.' },
];
const path = () => `/api/events/${event.id}/broadcasts`;
const write = (fields: Record<string, unknown> = {}, by = organiser) =>
  by.client.post(path(), { about: 'event', texts, ...fields });
const listed = async () => (await organiser.client.get(path())).body.items;
const count = async (to: Record<string, unknown>) => {
  const { body } = await organiser.client.post(`/api/events/${event.id}/broadcast-previews`, {
    about: 'event',
    to,
  });
  return body.recipients ?? body.code;
};
/** The subjects of the organiser's messages to an address. */
const got = async (email: string) =>
  (await lettersTo(world, email))
    .map(({ subject }) => subject)
    .filter((subject) => /open earlier|Einlass|News/.test(subject));

describe('who gets a message', () => {
  test('each address one mail in its language, however many orders and tickets; a report for each person', async () => {
    const [one, two] = [await bought({ quantity: 3 }), await bought({ languages: 'de' })];
    await bought({ email: one.email.toUpperCase() });
    const left = await bought();
    await left.buyer.client.post(`/api/orders/${left.orderId}/cancellation`, {});
    await bought({ email: 'fr@example.com', languages: 'fr' });
    expect(await count({})).toBe(3);
    const written = await write();
    expect(written.status, JSON.stringify(written.body)).toBe(201);
    expect(await got(one.email)).toEqual(['Doors open earlier']);
    expect(await got(two.email)).toEqual(['Früher Einlass']);
    // There is no French text, so the first one goes out.
    expect(await got('fr@example.com')).toEqual(['Doors open earlier']);
    expect(await got(left.email)).toEqual([]);
    const mail = (await lettersTo(world, one.email)).find(({ subject }) => subject === 'Doors open earlier');
    expect(mail?.text).toContain('The doors open at 18:00.\n\nPlease come early.');
    expect(mail?.text).toMatch(/\/orders\/ord_\w+#/);

    expect(await listed()).toMatchObject([{ state: 'sent', counts: { sent: 3, failed: 0, waiting: 0 } }]);
    const messages = await organiser.client.get(
      `/api/events/${event.id}/messages?broadcastId=${written.body.id}`,
    );
    expect(messages.body.items.map(({ recipient }: { recipient: string }) => recipient).toSorted()).toEqual(
      [one.email, two.email, 'fr@example.com'].toSorted(),
    );
    expect(messages.body.items[0]).toMatchObject({ kind: 'broadcast', state: 'sent', channel: 'email' });
  });

  test('a job that runs again, and one that died between two portions, send nothing twice', async () => {
    const readers = [];
    for (let index = 0; index < 5; index++) readers.push(await bought());
    await bought({ email: readers[0]?.email as string });
    const { body } = await write({ sendAt: new Date(world.clock.now().getTime() + hours(1)).toISOString() });
    world.clock.advance(hours(1));
    await Promise.all([
      sendBroadcast(world.app, { broadcastId: body.id }, 2),
      sendBroadcast(world.app, { broadcastId: body.id }, 2),
    ]);
    await world.app.db.run(
      `update broadcasts set state = 'sending', told_to = null, finished_at = null where id = $1`,
      [body.id],
    );
    await sendBroadcast(world.app, { broadcastId: body.id }, 2);
    for (const { email } of readers) expect(await got(email)).toEqual(['Doors open earlier']);
    expect(await listed()).toMatchObject([{ state: 'sent', counts: { sent: 5 } }]);
  });

  test('the filter chooses by ticket type, and by who is in', async () => {
    const [floor, balcony] = [await bought(), await bought({ type: 1 })];
    const [floorType, balconyType] = event.ticketTypes.map(({ id }) => id);
    await scan(event, balcony.tickets[0]?.code as string);
    expect(await count({})).toBe(2);
    expect(await count({ checkedIn: true })).toBe(1);
    expect(await count({ checkedIn: false, ticketTypeIds: [balconyType] })).toBe(0);
    expect(await count({ checkedIn: false, ticketTypeIds: [floorType] })).toBe(1);
    expect(await count({ zones: ['stalls'] })).toBe('unknown_zone');
    const foreign = await world.event({ organiser });
    expect(await count({ ticketTypeIds: [foreign.ticketTypeId] })).toBe('unknown_ticket_type');
    await write({ to: { checkedIn: true } });
    expect(await got(balcony.email)).toEqual(['Doors open earlier']);
    expect(await got(floor.email)).toEqual([]);
    const nobody = await write({ to: { checkedIn: true, ticketTypeIds: [floorType] } });
    expect([nobody.status, nobody.body.code]).toEqual([409, 'broadcast_without_recipients']);
  });

  test('the filter chooses by what was answered, and the answer of an earlier holder does not count', async () => {
    await ask(event, [
      choice('diet', ['vegan', 'fish']),
      question('extras', { kind: 'choices', choices: ['a', 'b'].map((key) => ({ key, label: key })) }),
      question('company', { scope: 'order' }),
    ]);
    const give = async (extras: string[], diet: string | null, company: string | null) => {
      const order = await bought({ quantity: 2 });
      const answers = { extras, ...(diet && { diet }) };
      const ticket = `/api/tickets/${order.tickets[0]?.id}/answers`;
      const version = (await order.buyer.client.get(ticket)).body.form.version;
      expect((await order.buyer.client.put(ticket, { version, answers })).status).toBe(200);
      const own = { version, answers: company ? { company } : {} };
      expect((await order.buyer.client.put(`/api/orders/${order.orderId}/answers`, own)).status).toBe(200);
      return order;
    };
    const vegan = await give(['a', 'b'], 'vegan', 'Ünal Ltd');
    await give(['b'], 'fish', null);
    const silent = await bought();
    const by = (question: string, answer?: string | null) => count({ answered: { question, answer } });
    expect([await by('diet'), await by('diet', 'vegan'), await by('diet', 'Fish')]).toEqual([2, 1, 1]);
    expect([await by('extras', 'a'), await by('extras', 'b'), await by('extras', 'c')]).toEqual([1, 2, 0]);
    expect(await by('company', 'ÜNAL ltd')).toBe(1);
    // Of the two tickets of each order one has no answer.
    expect([await by('diet', null), await by('company', null)]).toEqual([3, 2]);
    expect(await by('colour')).toBe('unknown_question');
    expect((await write({ to: { answered: { question: 'colour' } } })).body.code).toBe('unknown_question');

    await write({ to: { answered: { question: 'diet', answer: 'vegan' } } });
    expect([await got(vegan.email), await got(silent.email)]).toEqual([['Doors open earlier'], []]);

    const email = 'eats-anything@example.com';
    const { id, secret } = await offer(world, vegan.buyer, vegan.tickets[0]?.id as string, { email });
    await (await world.guest()).client.post(`/api/transfers/${id}/acceptance`, { secret, name: 'Ben' });
    expect(await by('diet', 'vegan')).toBe(0);
  });

  test('the filter chooses by zone', async () => {
    event = await world.event({
      organiser,
      seats: ['stalls', 'circle'].map((zone) => ({ zone, rows: 2, perRow: 5, priceMinor: 0 })),
    });
    const [stalls, circle] = [await bought(), await bought({ type: 1 })];
    await write({ to: { zones: ['circle'] } });
    expect(await got(circle.email)).toEqual(['Doors open earlier']);
    expect(await got(stalls.email)).toEqual([]);
  });

  test('whoever accepted a ticket gets the message, and the buyer only for tickets that are left', async () => {
    const sold = await bought();
    const two = await bought({ quantity: 2 });
    const email = 'new-holder@example.com';
    const other = 'second-holder@example.com';
    const { id, secret } = await offer(world, sold.buyer, sold.tickets[0]?.id as string, { email });
    const holder = await world.guest();
    const accepted = await holder.client.post(`/api/transfers/${id}/acceptance`, { secret, name: 'Ben' });
    expect(accepted.status, JSON.stringify(accepted.body)).toBeLessThan(300);
    const given = await offer(world, two.buyer, two.tickets[0]?.id as string, { email: other });
    const acceptance = { secret: given.secret, name: 'Cleo' };
    await (await world.guest()).client.post(`/api/transfers/${given.id}/acceptance`, acceptance);
    expect(await count({})).toBe(3);
    await write();
    for (const holder of [email, other, two.email]) expect(await got(holder)).toEqual(['Doors open earlier']);
    expect(await got(sold.email)).toEqual([]);
    const mail = (await lettersTo(world, email)).find(({ subject }) => subject === 'Doors open earlier');
    expect(mail?.text).toContain(`/t/${id}#`);
  });
});

describe('when it goes out', () => {
  test('at the time that was chosen, to those who hold tickets then; until then it can be withdrawn', async () => {
    const sendAt = new Date(world.clock.now().getTime() + hours(5)).toISOString();
    const planned = (await write({ sendAt })).body;
    const other = (await write({ sendAt })).body;
    const late = await bought();
    expect(await got(late.email)).toEqual([]);
    const withdrawn = await organiser.client.delete(`${path()}/${other.id}`);
    expect(withdrawn.body).toMatchObject({ state: 'withdrawn' });
    expect((await organiser.client.delete(`${path()}/${other.id}`)).body).toMatchObject({
      state: 'withdrawn',
    });
    world.clock.advance(hours(5));
    expect(await got(late.email)).toEqual(['Doors open earlier']);
    expect((await listed()).map(({ state }: { state: string }) => state).toSorted()).toEqual([
      'sent',
      'withdrawn',
    ]);
    expect((await organiser.client.delete(`${path()}/${planned.id}`)).body.code).toBe('broadcast_started');
  });

  test('a time that is over, or more than a year away, is refused', async () => {
    for (const ms of [-hours(1), days(400)]) {
      const sendAt = new Date(world.clock.now().getTime() + ms).toISOString();
      expect((await write({ sendAt })).body.code).toBe('broadcast_time_over');
    }
  });
});

test('news can be switched off with one press, and messages about the event cannot', async () => {
  const { email, buyer } = await bought();
  await write({ about: 'news', texts: [{ language: 'en', subject: 'News', text: 'We play again in May.' }] });
  expect(await got(email)).toEqual(['News']);
  const url = world.app.unsubscribeLinks.pathOf(buyer.userId, 'news');
  expect((await world.client().send('POST', url)).status).toBe(204);
  await write({ about: 'news', texts: [{ language: 'en', subject: 'News again', text: 'And in June.' }] });
  await write();
  expect((await got(email)).toSorted()).toEqual(['Doors open earlier', 'News']);
});

test('a test goes to the organiser alone, who must have confirmed the address', async () => {
  const { email } = await bought();
  const tests = `/api/events/${event.id}/broadcast-tests`;
  const sent = await organiser.client.post(tests, { about: 'event', texts });
  expect([sent.status, sent.body]).toEqual([202, { to: organiser.email }]);
  expect((await got(organiser.email)).toSorted()).toEqual(['Doors open earlier', 'Früher Einlass']);
  expect(await got(email)).toEqual([]);
  expect(await listed()).toEqual([]);
  await world.app.db.run('update users set email_verified = false where id = $1', [organiser.userId]);
  expect((await organiser.client.post(tests, { about: 'event', texts })).body.code).toBe(
    'email_not_verified',
  );
});

test('the preview shows the mail as it will be, with the words of the organiser as text and not as HTML', async () => {
  const { body } = await organiser.client.post(`/api/events/${event.id}/broadcast-previews`, {
    about: 'event',
    texts: [{ language: 'ar', subject: 'مبكرًا', text: '<b>x</b>\nsecond line' }],
  });
  expect(body.mails).toMatchObject([{ language: 'ar', subject: 'مبكرًا' }]);
  expect(body.mails[0].html).toContain('dir="rtl"');
  expect(body.mails[0].text).toContain(`/e/${event.slug}`);
  expect(body.mails[0].html).toContain('\u2068&#60;b&#62;x&#60;/b&#62;\u2069<br>\u2068second line\u2069');
});

test('two texts in one language are refused; an event gets six messages a day', async () => {
  const twice = await write({ texts: [texts[0], texts[0]] });
  expect([twice.status, twice.body.code]).toEqual([400, 'invalid_request']);
  const limited = await createWorld({ RATE_LIMIT_FACTOR: '1' });
  try {
    const theirs = await limited.event();
    const sendAt = new Date(limited.clock.now().getTime() + days(1)).toISOString();
    const answers = [];
    for (let index = 0; index < 7; index++)
      answers.push(
        await theirs.organiser.client.post(`/api/events/${theirs.id}/broadcasts`, {
          about: 'event',
          texts,
          sendAt,
        }),
      );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 201, 429]);
    expect(answers.at(-1)?.body.code).toBe('rate_limited');
  } finally {
    await limited.close();
  }
});

test('what organisers wrote goes 400 days after it was sent or withdrawn, and never before it is sent', async () => {
  const now = world.clock.now();
  const ago = (count: number) => new Date(now.getTime() - days(count));
  const rows = [
    ['bct_old', 'sent', ago(401)],
    ['bct_gone', 'withdrawn', ago(401)],
    ['bct_young', 'sent', ago(399)],
    ['bct_later', 'scheduled', null],
  ] as const;
  for (const [id, state, finishedAt] of rows)
    await world.app.db.run(
      `insert into broadcasts (id, event_id, created_by, about, texts, filter, state, send_at, created_at, finished_at)
       values ($1, 'evt_x', 'usr_x', 'event', '[]', '{}', $2, $3, $4, $5)`,
      [id, state, ago(401), ago(500), finishedAt],
    );
  await forgetMails(world.app, now);
  const left = await world.app.db.query<{ id: string }>(
    `select id from broadcasts where event_id = 'evt_x' order by id`,
  );
  expect(left.map(({ id }) => id)).toEqual(['bct_later', 'bct_young']);
});
