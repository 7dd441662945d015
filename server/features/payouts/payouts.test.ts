import { afterAll, beforeAll, expect, test } from 'vitest';
import { languages } from '../../../contract/languages.ts';
import { payoutColumns } from '../../../contract/payouts.ts';
import { audit } from '../../audit/audit.ts';
import { findAfter } from '../../audit/testing/break-promise.ts';
import { days } from '../../testing/clock.ts';
import { createWorld, type Organiser, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { forgetRecords } from '../../work/forget-records.ts';
import { csvRows, parseCsv, xlsxRows } from '../exports/testing/parsers.ts';
import { buy } from '../tickets/testing/buy.ts';
import { readPdfText } from '../tickets/testing/read-pdf.ts';

let world: World;
let admin: Person;
beforeAll(async () => {
  world = await createWorld();
  admin = await world.admin();
});
afterAll(() => world.close());

/** Events with a tax of 19% and a booking fee of 1.00 for each ticket of 25.00. */
const open = (organiser: Organiser, more: Parameters<World['event']>[0] = {}): Promise<TestEvent> =>
  world.event({
    organiser,
    tax: { name: 'VAT', ratePercent: 19, included: true },
    ...more,
    fields: { bookingFee: { perTicketMinor: 100, perTicketPercent: 0, perOrderMinor: 0 }, ...more.fields },
  });

async function overview({ client, organisationId }: Organiser, query = '') {
  const answer = await client.get(`/api/organisations/${organisationId}/payouts${query}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

const euros = (amount: number) => ({ amount, currency: 'EUR' });
async function balanceOf(organiser: Organiser) {
  const [balance] = (await overview(organiser)).balances;
  return balance && [balance.owed.amount, balance.due.amount, balance.later.amount, balance.paid.amount];
}

const pay = (
  { organisationId }: Organiser,
  amount: number,
  reference: string,
  { by = admin, key }: { by?: Person; key?: string } = {},
) =>
  by.client.post(
    `/api/admin/organisations/${organisationId}/payouts`,
    { amount: euros(amount), reference },
    key === undefined ? {} : { 'idempotency-key': key },
  );

const isSound = async () => expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);

/** After the end of the events and the days until their money is due. */
const becomeDue = () => world.clock.advance(days(38));

test('money is owed after a sale, due some days after the event, and paid once', async () => {
  const organiser = await world.organiser();
  expect(await balanceOf(organiser)).toBeUndefined();
  const event = await open(organiser);
  await buy(world, await world.guest(), event, { quantity: 2 });
  expect(await balanceOf(organiser)).toEqual([5000, 0, 5000, 0]);
  expect((await pay(organiser, 5000, 'too early')).body).toMatchObject({
    code: 'payout_changed',
    due: euros(0),
  });
  const [listed] = (await overview(organiser)).events;
  expect(listed).toMatchObject({ eventId: event.id, owed: euros(5000) });
  world.clock.advance(Date.parse(listed.dueAt) - world.clock.now().getTime() - 1000);
  expect(await balanceOf(organiser)).toEqual([5000, 0, 5000, 0]);
  world.clock.advance(1000);
  expect(await balanceOf(organiser)).toEqual([5000, 5000, 0, 0]);

  expect((await pay(organiser, 4999, 'SEPA 1')).body.code).toBe('payout_changed');
  const paid = await pay(organiser, 5000, 'SEPA 1');
  expect(paid.status, JSON.stringify(paid.body)).toBe(201);
  expect(paid.body).toMatchObject({
    amount: euros(5000),
    reference: 'SEPA 1',
    lines: [{ eventId: event.id, title: 'Night Shift', amount: 5000 }],
  });
  const after = await overview(organiser);
  expect(after.items).toEqual([paid.body]);
  expect(after.events).toEqual([]);
  expect(await balanceOf(organiser)).toEqual([0, 0, 0, 5000]);

  const { accounts } = (await organiser.client.get(`/api/organisations/${organiser.organisationId}/books`))
    .body;
  const on = Object.fromEntries(
    accounts.map(({ type, balance }: { type: string; balance: number }) => [type, balance]),
  );
  expect(on).toMatchObject({ payout: 5000, organiser: -798, tax: 798, fee: 200, provider: 5200 });
  const { items } = (await admin.client.get('/api/admin/audit-log?limit=1')).body;
  expect(items[0]).toMatchObject({
    act: 'payout.paid',
    subject: { type: 'organisation', id: organiser.organisationId },
    after: { amount: euros(5000), reference: 'SEPA 1' },
  });
  await isSound();
});

test('a retry, a second press and a second admin pay nothing more', async () => {
  const organiser = await world.organiser();
  await buy(world, await world.guest(), await open(organiser));
  becomeDue();
  const twice = await Promise.all([
    pay(organiser, 2500, 'once', { key: 'payout-key-1' }),
    pay(organiser, 2500, 'once', { key: 'payout-key-1' }),
  ]);
  expect(twice.map(({ status }) => status)).toEqual([201, 201]);
  const pressed = await pay(organiser, 2500, 'once');
  expect(new Set([...twice, pressed].map(({ body }) => body.id)).size).toBe(1);
  expect((await pay(organiser, 2400, 'once')).body.code).toBe('payout_reference_used');

  await buy(world, await world.guest(), await open(organiser));
  becomeDue();
  const other = await world.admin();
  const raced = await Promise.all(
    Array.from({ length: 6 }, (_, i) => pay(organiser, 2500, `race ${i}`, { by: i % 2 ? other : admin })),
  );
  expect(raced.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  for (const { status, body } of raced)
    if (status === 409) expect(body).toMatchObject({ code: 'payout_changed', due: euros(0) });
  expect(await balanceOf(organiser)).toEqual([0, 0, 0, 5000]);
  await isSound();
});

test('a refund after the payout is owed by the organiser and set off against the next one', async () => {
  const organiser = await world.organiser();
  const first = await open(organiser);
  const bought = await buy(world, await world.guest(), first, { quantity: 2 });
  becomeDue();
  expect((await pay(organiser, 5000, 'first')).status).toBe(201);
  const ticket = bought.tickets[0]?.id;
  const refunded = await organiser.client.post(`/api/orders/${bought.orderId}/refunds`, {
    reason: 'Ill',
    tickets: [ticket],
  });
  expect(refunded.status, JSON.stringify(refunded.body)).toBe(201);
  await world.drain();
  expect(await balanceOf(organiser)).toEqual([-2500, 0, 0, 5000]);
  const list = async () => (await admin.client.get('/api/admin/payouts?limit=100')).body.items;
  const mine = ({ organisationId }: { organisationId: string }) =>
    organisationId === organiser.organisationId;
  expect((await list()).find(mine)).toMatchObject({ owed: euros(-2500), due: euros(0) });

  const second = await open(organiser);
  await buy(world, await world.guest(), second, { quantity: 3 });
  expect(await balanceOf(organiser)).toEqual([5000, 0, 5000, 5000]);
  becomeDue();
  expect((await list()).find(mine)).toMatchObject({ owed: euros(5000), due: euros(5000) });
  const paid = await pay(organiser, 5000, 'second');
  const lines = Object.fromEntries(
    paid.body.lines.map(({ eventId, amount }: { eventId: string; amount: number }) => [eventId, amount]),
  );
  expect(lines).toEqual({ [first.id]: -2500, [second.id]: 7500 });
  expect(await balanceOf(organiser)).toEqual([0, 0, 0, 10_000]);
  await isSound();
});

test('of what the team took itself only the booking fee is owed, by the organiser', async () => {
  const organiser = await world.organiser();
  const event = await open(organiser);
  const sold = await organiser.client.post(`/api/events/${event.id}/door-sales`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
    payment: { method: 'cash', amount: euros(2600) },
  });
  expect(sold.status, JSON.stringify(sold.body)).toBe(201);
  expect(await balanceOf(organiser)).toEqual([-100, 0, 0, 0]);
  await buy(world, await world.guest(), event);
  expect(await balanceOf(organiser)).toEqual([2400, 0, 2400, 0]);
  await isSound();
});

test('the list of the platform comes in pages that name each organisation once', async () => {
  const names = new Set<string>();
  let cursor = '';
  let pages = 0;
  do {
    const { body } = await admin.client.get(`/api/admin/payouts?limit=1${cursor}`);
    for (const { organisationId } of body.items) {
      expect(names.has(organisationId)).toBe(false);
      names.add(organisationId);
    }
    cursor = body.nextCursor && `&cursor=${body.nextCursor}`;
    pages++;
  } while (cursor);
  expect(pages).toBeGreaterThan(2);
});

test('a file has a row for each event of each payout, and a statement is drawn in each language', async () => {
  const organiser = await world.organiser();
  const event = await open(organiser, { fields: { title: '=1+1 "Gala"' } });
  await buy(world, await world.guest(), event, { quantity: 2 });
  becomeDue();
  const { body: payout } = await pay(organiser, 5000, 'SEPA 7');
  const at = `/api/organisations/${organiser.organisationId}`;
  const names = Object.keys(payoutColumns);
  const json = (await organiser.client.get(`${at}/exports/payouts.json`)).body;
  expect(json).toEqual([
    {
      payout_id: payout.id,
      paid_at: payout.paidAt,
      reference: 'SEPA 7',
      event_id: event.id,
      event: '=1+1 "Gala"',
      sold: euros(5200),
      refunded: euros(0),
      disputed: euros(0),
      fees: euros(200),
      earned: euros(5000),
      in_till: euros(0),
      paid_before: euros(0),
      amount: euros(5000),
      payout_amount: euros(5000),
      currency: 'EUR',
    },
  ]);
  const csv = (await organiser.client.get(`${at}/exports/payouts.csv`)).bytes;
  expect(parseCsv(csv)[0]).toEqual(names);
  expect(csvRows(csv)).toMatchObject([{ event: `'=1+1 "Gala"`, amount: '50.00', fees: '2.00' }]);
  const xlsx = (await organiser.client.get(`${at}/exports/payouts.xlsx`)).bytes;
  expect(xlsxRows(xlsx)).toMatchObject([{ event: '=1+1 "Gala"', amount: 50, sold: 52 }]);

  const texts: string[] = [];
  for (const language of Object.keys(languages)) {
    const answer = await organiser.client.get(
      `${at}/payouts/${payout.id}/statement.pdf?language=${language}`,
    );
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    texts.push(readPdfText(answer.bytes).replaceAll(/\s+/g, ' '));
  }
  expect(new Set(texts).size).toBe(texts.length);
  for (const wanted of [
    'Statement of a payout',
    'SEPA 7',
    'Sales €52.00',
    'Booking fees -€2.00',
    'Paid out €50.00',
  ])
    expect(texts[0]).toContain(wanted);
  expect(texts[1]).toContain('Auszahlungsbeleg');

  const stranger = await world.organiser();
  const other = `/api/organisations/${stranger.organisationId}/payouts/${payout.id}/statement.pdf`;
  expect((await stranger.client.get(other)).status).toBe(404);
  expect((await stranger.client.get(`${at}/payouts`)).status).toBe(404);
  for (const [role, status] of [
    ['finance', 200],
    ['manager', 200],
    ['support', 403],
    ['read-only', 403],
  ] as const)
    expect((await (await world.member(organiser, role)).client.get(`${at}/payouts`)).status).toBe(status);
  expect((await pay(organiser, 1, 'x', { by: organiser })).status).toBe(403);
});

test('payouts come in pages, the latest first', async () => {
  const organiser = await world.organiser();
  for (const reference of ['a', 'b', 'c']) {
    await buy(world, await world.guest(), await open(organiser));
    becomeDue();
    expect((await pay(organiser, 2500, reference)).status).toBe(201);
  }
  const first = await overview(organiser, '?limit=2');
  const rest = await overview(organiser, `?limit=2&cursor=${first.nextCursor}`);
  expect([...first.items, ...rest.items].map(({ reference }) => reference)).toEqual(['c', 'b', 'a']);
  expect(rest.nextCursor).toBeNull();
});

test('when the records of an event are deleted, in portions, nothing looks owed and the payout stays', async () => {
  const organiser = await world.organiser();
  const event = await open(organiser);
  for (let i = 0; i < 3; i++) await buy(world, await world.guest(), event);
  becomeDue();
  const { body: payout } = await pay(organiser, 7500, 'old');
  const sound = async () =>
    expect(await audit(world.app.db, { only: [ofEvents, entered, brought, balances] })).toEqual([]);
  const { id } = (
    await world.app.db.query<{ id: string }>(
      'select id from orders where event_id = $1 order by id desc limit 1',
      [event.id],
    )
  )[0] as { id: string };
  // One payment is not settled, so its order and its event stay.
  await world.app.db.run(`update payments set status = 'open' where order_id = $1`, [id]);
  // Names of buyers go first.
  await world.app.db.run('insert into event_retention (event_id, buyers_erased_at) values ($1, $2)', [
    event.id,
    world.clock.now(),
  ]);
  const future = new Date(world.clock.now().getTime() + days(366 * 12));
  await forgetRecords(world.app, future, 1);
  const left = 'select count(*)::int as n from orders where event_id = $1';
  expect(await world.app.db.query(left, [event.id])).toEqual([{ n: 1 }]);
  expect(await balanceOf(organiser)).toEqual([0, 0, 0, 7500]);
  await world.app.db.run(`update payments set status = 'succeeded' where order_id = $1`, [id]);
  await sound();
  await forgetRecords(world.app, future, 1);
  expect(await world.app.db.query('select from events where id = $1', [event.id])).toEqual([]);
  expect(await world.app.db.query('select from transfers where event_id = $1', [event.id])).toEqual([]);
  expect(await balanceOf(organiser)).toEqual([0, 0, 0, 7500]);
  expect((await overview(organiser)).items).toEqual([payout]);
  await sound();
});

const balances = 'the money of each order balances';
const ofEvents = 'each payout is the sum of its events';
const entered = 'each event of a payout has its entry, on the accounts of its organisation';
const brought = 'what is owed for an event and what was paid for it add up to what its orders brought';
const counts = 'the lines of a payout count unless it failed';
const kept = 'the sums that are kept of an event are those of its entries until then';
test.each([
  [kept, 'update payout_sums set earned_minor = earned_minor + 1'],
  [kept, 'update payout_sums set fees_minor = fees_minor + 1'],
  [kept, `update payout_sums set until = now() + interval '99 years', till_minor = 1`],
  [counts, 'update payout_lines set is_returned = true'],
  [entered, `update payouts set account_ref = 'acct_x'`],
  [ofEvents, 'update payouts set amount_minor = amount_minor + 1'],
  [ofEvents, 'delete from payout_lines where amount_minor < 0'],
  [entered, `delete from transfers where kind = 'payout'`],
  [entered, `update transfers set amount_minor = amount_minor + 1 where kind = 'payout'`],
  [
    entered,
    `update transfers set credit = 'payout:org_other' where kind = 'payout' and credit like 'payout:%'`,
  ],
  [entered, `update transfers set debit = 'fee:platform' where kind = 'payout' and debit like 'organiser:%'`],
  [
    brought,
    `update transfers set amount_minor = amount_minor - 1 where kind = 'payout' and amount_minor > 1`,
  ],
])('the audit finds that it is not so: %s: %s', async (promise, sql) => {
  const found = await findAfter(world.app.db, [sql], { now: world.clock.now(), settled: false });
  expect(
    found.some((text) => text.startsWith(promise)),
    found.join('\n'),
  ).toBe(true);
});
