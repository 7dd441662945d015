import { afterAll, beforeAll, expect, test } from 'vitest';
import { days } from '../../testing/clock.ts';
import { createWorld, type Organiser, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { offer } from '../transfers/testing/offer.ts';

let world: World;
let house: Organiser;
beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
});
afterAll(() => world.close());

const link = 'https://video.example.com/room/only-for-holders';
const note = 'The code is 4711-secret';

const put = (event: TestEvent, version: number, body: Record<string, unknown>, by: Person = house) =>
  by.client.put(`/api/events/${event.id}/online-access`, body, { 'if-match': `"${version}"` });
async function online(fields: Record<string, unknown> = {}, body: Record<string, unknown> = {}) {
  const event = await world.event({ organiser: house, fields });
  const done = await put(event, 0, { attendance: 'online', url: link, note, ...body });
  expect([done.status, done.body.version, done.body.told]).toEqual([200, 1, 0]);
  return event;
}
const mailsTo = async (address: string) => {
  const { items } = (await world.client().get(`/api/mailbox?to=${encodeURIComponent(address)}`)).body;
  return Promise.all(
    items.map(async ({ id }: { id: string }) => (await world.client().get(`/api/mailbox/${id}`)).body),
  );
};

test('a holder is told the link on ticket, order, mail and calendar, and nobody else anywhere', async () => {
  const event = await online();
  const ada = await world.guest();
  const bought = await buy(world, ada, event);
  const ticket = `/api/tickets/${bought.tickets[0]?.id}`;
  const order = `/api/orders/${bought.orderId}`;
  expect((await ada.client.get(ticket)).body.join).toEqual({ url: link, note });
  expect((await ada.client.get(order)).body.join).toEqual({ url: link, note });
  expect((await ada.client.get('/api/orders')).body.items[0].join).toEqual({ url: link, note });
  for (const path of [`${order}/event.ics`, `${ticket}/event.ics`]) {
    const { status, bytes } = await ada.client.get(path);
    expect([status, bytes.toString().replaceAll('\r\n ', '').includes(link)], path).toEqual([200, true]);
  }
  const [mail] = await mailsTo('ada@example.com');
  expect(JSON.stringify(mail)).toContain(link);

  const read = await house.client.get(`/api/events/${event.id}/management`);
  expect(read.body.attendance).toBe('online');
  const support = await world.member(house, 'support');
  const reader = await world.member(house, 'read-only');
  const admin = await world.admin();
  const public_ = [
    `/api/events/${event.id}`,
    '/api/events',
    `/api/events/${event.id}/calendar`,
    `/api/events/${event.id}/availability`,
    `/api/events/${event.id}/similar`,
    `/e/${read.body.slug}`,
    `/e/${read.body.slug}/buy`,
    '/sitemap.xml',
  ];
  const ofTeam = [
    `/api/events/${event.id}/management`,
    order,
    ticket,
    `/api/organisations/${house.organisationId}/orders`,
    `/api/events/${event.id}/dashboard`,
    `/api/organisations/${house.organisationId}/events`,
    `/api/organisations/${house.organisationId}/audit-log`,
    `/api/events/${event.id}/broadcasts`,
    `/api/events/${event.id}/messages`,
  ];
  for (const table of ['attendees', 'orders', 'payments', 'check-ins'])
    ofTeam.push(`/api/events/${event.id}/exports/${table}.json`);
  const callers: [string, Person | { client: ReturnType<World['client']> }][] = [
    ['nobody', { client: world.client() }],
    ['a stranger', await world.user()],
    ['support', support],
    ['read-only', reader],
    ['the owner', house],
    ['an admin', admin],
  ];
  let answers = 0;
  for (const [name, { client }] of callers)
    for (const path of [...public_, ...ofTeam]) {
      const { status, bytes } = await client.get(path);
      if (status === 200) answers++;
      expect([name, path, bytes.includes('only-for-holders'), bytes.includes('4711-secret')]).toEqual([
        name,
        path,
        false,
        false,
      ]);
    }
  // If the paths were wrong, nothing would have been searched.
  expect(answers).toBeGreaterThan(40);
  // Roles: only those who edit events.
  const path = `/api/events/${event.id}/online-access`;
  expect((await house.client.get(path)).body).toEqual({ attendance: 'online', url: link, note, version: 1 });
  for (const each of [
    support,
    reader,
    await world.member(house, 'door'),
    await world.member(house, 'finance'),
  ])
    expect((await each.client.get(path)).status).toBe(403);
  // No message on its way to other programs has it.
  const messages = await world.app.db.query<{ row: string }>('select outbox::text as row from outbox');
  expect(messages.length).toBeGreaterThan(0);
  expect(messages.some(({ row }) => row.includes('only-for-holders'))).toBe(false);
});

test('a retry gets its first answer, which is kept without the link', async () => {
  const event = await online();
  const body = { attendance: 'online', url: `${link}-anew`, note };
  const headers = { 'if-match': '"1"', 'idempotency-key': 'new-link-once' };
  const send = () => house.client.put(`/api/events/${event.id}/online-access`, body, headers);
  const answers = [await send(), await send()];
  expect(answers.map((answer) => answer.body)).toEqual(Array(2).fill({ ...body, version: 2, told: 0 }));
  const kept = await world.app.db.query<{ reply: string }>('select reply::text from idempotency_keys');
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.filter(({ reply }) => reply?.includes('only-for-holders') || reply?.includes('4711'))).toEqual(
    [],
  );
});

test('a ticket that waits, is cancelled or is passed on tells nothing, and its new holder learns the link', async () => {
  const event = await online();
  const ada = await world.user();
  const address = { name: 'Ada Osei', email: 'ada.two@example.com' };
  const bought = await buy(world, ada, event, { quantity: 2, buyer: address });
  const [first, second] = bought.tickets.map(({ id }) => `/api/tickets/${id}`) as [string, string];
  const until = new Date(world.clock.now().getTime() + days(1));
  const hold = (value: Date | null) =>
    world.app.db.run('update tickets set held_until = $2 where order_id = $1', [bought.orderId, value]);
  await hold(until);
  const order = `/api/orders/${bought.orderId}`;
  expect((await ada.client.get(first)).body).toMatchObject({ isHeld: true, join: null });
  expect((await ada.client.get(order)).body.join).toBe(null);
  expect((await ada.client.get(`${order}/event.ics`)).bytes.toString()).not.toContain('video.example');
  expect((await ada.client.get(`${first}/event.ics`)).bytes.toString()).not.toContain('video.example');
  await hold(null);
  expect((await ada.client.get(first)).body.join).toEqual({ url: link, note });

  const bea = await world.user();
  const offered = await offer(world, ada, bought.tickets[0]?.id ?? '', { email: bea.email });
  expect(JSON.stringify(await mailsTo(bea.email))).not.toContain('only-for-holders');
  const path = `/api/transfers/${offered.id}/acceptance`;
  const accepted = await bea.client.post(path, { secret: offered.secret, name: 'Bea Kern' });
  expect(accepted.status).toBe(200);
  await world.drain();
  expect((await ada.client.get(first)).body).toMatchObject({ isTransferred: true, join: null });
  expect((await bea.client.get(first)).body.join).toEqual({ url: link, note });
  expect(JSON.stringify(await mailsTo(bea.email))).toContain('only-for-holders');
  // Ada still holds the second one.
  expect((await ada.client.get(order)).body.join).toEqual({ url: link, note });
  await world.app.db.run(`update tickets set status = 'cancelled', cancelled_at = issued_at where id = $1`, [
    second.split('/').at(-1),
  ]);
  expect((await ada.client.get(second)).body.join).toBe(null);
  expect((await ada.client.get(order)).body.join).toBe(null);
});

test('a new link is told at once, by a mail that does not have it, and as often as messages may be sent', async () => {
  const event = await online({}, { attendance: 'mixed', url: null, note: '' });
  const cem = await world.guest();
  const bought = await buy(world, cem, event, {
    buyer: { name: 'Cem', email: 'cem@example.com' },
    languages: 'de',
  });
  const ticket = `/api/tickets/${bought.tickets[0]?.id}`;
  expect((await cem.client.get(ticket)).body.join).toEqual({ url: null, note: '' });
  const before = await mailsTo('cem@example.com');
  const told = await put(event, 1, { attendance: 'mixed', url: link, note, tellHolders: true });
  expect([told.status, told.body.told]).toEqual([200, 1]);
  expect((await cem.client.get(ticket)).body.join).toEqual({ url: link, note });
  await world.drain();
  const after = await mailsTo('cem@example.com');
  expect(after).toHaveLength(before.length + 1);
  const news = after.find(({ id }) => !before.some((each) => each.id === id));
  expect(news.subject).toBe(`Neuer Link für Night Shift`);
  expect(JSON.stringify(news)).not.toContain('only-for-holders');
  expect(JSON.stringify(news)).toContain(`/orders/${bought.orderId}`);
  // Nobody is told if nobody asks for it, and nobody holds a ticket of a new event.
  expect((await put(event, 2, { attendance: 'mixed', url: `${link}/2`, note })).body.told).toBe(0);
  await world.drain();
  expect(await mailsTo('cem@example.com')).toHaveLength(after.length);
  expect((await put(await online(), 1, { attendance: 'online', tellHolders: true })).body.told).toBe(0);
});

test('of two editors with one version, one wins and nothing of the other is kept; the log does not show the link', async () => {
  const event = await online();
  const [one, two] = await Promise.all([
    put(event, 1, { attendance: 'online', url: `${link}/a` }),
    put(event, 1, { attendance: 'online', url: `${link}/b` }),
  ]);
  const lost = one.status === 200 ? two : one;
  expect([one.status, two.status].sort()).toEqual([200, 412]);
  expect(lost.body).toMatchObject({ code: 'version_mismatch', version: 2 });
  const version = (await house.client.get(`/api/events/${event.id}/online-access`)).body.version;
  expect(version).toBe(2);
  // In person again: the link is forgotten.
  const back = await put(event, 2, { attendance: 'in-person', url: link, note });
  expect(back.body).toEqual({ attendance: 'in-person', url: null, note: '', version: 3, told: 0 });
  expect((await world.client().get(`/api/events/${event.id}`)).body.attendance).toBe('in-person');
  const log = (await house.client.get(`/api/organisations/${house.organisationId}/audit-log`)).body.items;
  const entries = log.filter(
    ({ act, subject }: { act: string; subject: { id: string } }) =>
      act === 'event.online_changed' && subject.id === event.id,
  );
  expect(entries).toHaveLength(3);
  expect(JSON.stringify(entries)).toContain('in-person');
});

test.each([
  'http://video.example.com/',
  'javascript:alert(1)',
  'https://ada:secret@video.example.com/',
  'video.example.com',
  `https://video.example.com/${'x'.repeat(2000)}`,
])('%s is no link', async (url) => {
  const event = await world.event({ organiser: house });
  const refused = await put(event, 0, { attendance: 'online', url });
  expect([refused.status, refused.body.issues?.[0]?.path]).toEqual([400, 'body.url']);
});

test('a cancelled event tells its link to nobody any more', async () => {
  const event = await online();
  const eve = await world.guest();
  const bought = await buy(world, eve, event, { buyer: { name: 'Eve', email: 'eve@example.com' } });
  await house.client.post(`/api/events/${event.id}/cancellation`, { reason: 'Ill.', refund: 'none' });
  expect((await put(event, 1, { attendance: 'online', url: link })).body.code).toBe('event_cancelled');
  expect((await eve.client.get(`/api/tickets/${bought.tickets[0]?.id}`)).body.join).toBe(null);
  expect((await eve.client.get(`/api/orders/${bought.orderId}`)).body.join).toBe(null);
});
