import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import type { Answer } from '../../testing/client.ts';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { forgetReports } from './reports-of-person.ts';

/* Reports of events, decisions with their reasons, and appeals. */
let world: World;
let admin: Person;
let other: Person;
beforeAll(async () => {
  world = await createWorld();
  [admin, other] = [await world.admin(), await world.admin()];
});
afterAll(() => world?.close());

let event: TestEvent;
beforeEach(async () => {
  event = await world.event({ organiser: await world.organiser(), capacity: 20 });
});

let reporters = 0;
const address = () => `reporter-${++reporters}@example.com`;
const because = { ground: 'terms', statement: 'The band says that it does not play there.' };
const report = (body: Record<string, unknown> = {}, client = world.client()) =>
  client.post(`/api/events/${event.id}/reports`, {
    category: 'fraud',
    text: 'This is a scam.',
    goodFaith: true,
    ...body,
  });
const ok = async (answer: Promise<Answer>) => {
  const { status, body } = await answer;
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body;
};
const cases = async (state = 'open') =>
  (await ok(admin.client.get(`/api/admin/reports?limit=50&state=${state}`))).items.filter(
    (item: { event: { id: string } }) => item.event.id === event.id,
  );
const remove = (refund: string, by = admin) =>
  by.client.post(`/api/admin/events/${event.id}/removal`, { ...because, refund });
const suspend = (by = admin) =>
  by.client.post(`/api/admin/organisations/${event.organiser.organisationId}/suspension`, because);
const lift = () =>
  admin.client.delete(`/api/admin/organisations/${event.organiser.organisationId}/suspension`);
const page = async () => (await world.client().get(`/api/events/${event.id}`)).status;
const hold = async () => {
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const { status, body } = await (await world.guest()).client.post(`/api/events/${event.id}/holds`, {
    items,
  });
  return status === 201 ? 'held' : body.code;
};
const mailsTo = async (email: string): Promise<{ subject: string; text: string }[]> => {
  await world.drain();
  const { items } = await ok(world.client().get(`/api/mailbox?to=${encodeURIComponent(email)}`));
  return Promise.all(items.map(({ id }: { id: string }) => ok(world.client().get(`/api/mailbox/${id}`))));
};
/** The decision and the secret in a link of a mail. */
const linkIn = (text: string) => {
  const [, id, secret, reportId] = /\/reports\/(mdc_\w+)#([\w-]{32})(?:\.(rpt_\w+))?/.exec(text) ?? [];
  return { path: `/api/decisions/${id}`, body: { secret, ...(reportId && { report: reportId }) } };
};
const acts = async (subject: string): Promise<string[]> =>
  (await ok(admin.client.get(`/api/admin/audit-log?limit=100&subject=${subject}`))).items.map(
    ({ act }: { act: string }) => act,
  );
const isSound = async () =>
  expect(await audit(world.app.db, { now: world.clock.now(), eventIds: [event.id] })).toEqual([]);

test('reports of one event are one case, with who sent them if they said so', async () => {
  const email = address();
  const answers = await Promise.all([report({ email, name: 'Ada' }), report(), report({ category: 'hate' })]);
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
  const [found, ...more] = await cases();
  expect(more).toEqual([]);
  expect(found).toMatchObject({ count: 3, event: { isRemoved: false }, decision: null });
  expect(found.reports.map(({ category }: { category: string }) => category).toSorted()).toEqual([
    'fraud',
    'fraud',
    'hate',
  ]);
  expect(found.reports.filter((each: { email: string | null }) => each.email === email)).toHaveLength(1);
  expect((await mailsTo(email)).map(({ subject }) => subject)).toEqual([
    'Your report has arrived: Night Shift',
  ]);
  // Good faith is asked for, and an event that nobody can see cannot be reported.
  expect((await report({ goodFaith: false })).status).toBe(400);
  const draft = await world.event({ publish: false });
  const path = `/api/events/${draft.id}/reports`;
  expect(
    (await world.client().post(path, { category: 'fraud', text: 'A scam', goodFaith: true })).status,
  ).toBe(404);
});

test('a network sends sixty reports at once and no more', async () => {
  const { budgets } = world.app;
  budgets.charge('reportsPerNetwork', '127.0.0.1', 1e6);
  const refused = await report();
  expect([refused.status, refused.body.code]).toEqual([429, 'rate_limited']);
  budgets.giveBack('reportsPerNetwork', '127.0.0.1', 1e6);
  expect((await report()).status).toBe(202);
});

test('a dismissal is told to whoever reported; their appeal is answered by another admin and opens the case again', async () => {
  const email = address();
  await report({ email });
  const [{ id }] = await cases();
  const dismissed = await ok(admin.client.post(`/api/admin/reports/${id}/dismissal`, because));
  expect(dismissed.kind).toBe('dismissed');
  const again = await admin.client.post(`/api/admin/reports/${id}/dismissal`, because);
  expect(again.body.code).toBe('reports_decided');
  expect(await page()).toBe(200);
  const [mail] = (await mailsTo(email)).filter(({ subject }) => subject.startsWith('Decision'));
  expect(mail?.text).toContain(because.statement);
  const { path, body } = linkIn(mail?.text ?? '');
  const client = world.client();
  expect((await client.post(path, { ...body, secret: `${'x'.repeat(32)}` })).status).toBe(404);
  expect((await client.post(path, { secret: body.secret })).status).toBe(404);
  expect(await ok(client.post(path, body))).toMatchObject({ kind: 'dismissed', appeal: null });
  const appeal = () => client.post(`${path}/appeals`, { ...body, text: 'Please look once more.' });
  const made = await Promise.all([appeal(), appeal()]);
  expect(made.map(({ status }) => status)).toEqual([200, 200]);
  const second = await client.post(`${path}/appeals`, { ...body, text: 'Something else' });
  expect(second.body.code).toBe('decision_appealed');

  const { items } = await ok(admin.client.get('/api/admin/appeals'));
  expect(items).toMatchObject([{ by: 'reporter', decidedByMe: true, outcome: null }]);
  const answer = (by: Person) =>
    by.client.post(`/api/admin/appeals/${items[0].id}/answer`, {
      outcome: 'reversed',
      statement: 'There is new evidence now.',
    });
  expect((await answer(admin)).body.code).toBe('appeal_of_own_decision');
  expect((await ok(answer(other))).outcome).toBe('reversed');
  expect((await answer(other)).body.code).toBe('appeal_answered');
  expect(await cases()).toMatchObject([{ id, count: 1, decision: null }]);
  expect((await mailsTo(email)).map(({ subject }) => subject)).toContain(
    'Your appeal was successful: Night Shift',
  );
  expect(await ok(client.post(path, body))).toMatchObject({
    appeal: { outcome: 'reversed', answer: 'There is new evidence now.' },
  });
  expect(await acts(id)).toEqual(['report.dismissed']);
  expect(await acts(items[0].id)).toEqual(['appeal.answered']);
});

test('an appeal whose event was reported again joins its reports to the new case', async () => {
  const email = address();
  await report({ email });
  const [{ id }] = await cases();
  await ok(admin.client.post(`/api/admin/reports/${id}/dismissal`, because));
  const [mail] = (await mailsTo(email)).filter(({ subject }) => subject.startsWith('Decision'));
  await report();
  const { path, body } = linkIn(mail?.text ?? '');
  await ok(world.client().post(`${path}/appeals`, { ...body, text: 'Once more, please.' }));
  const { items } = await ok(admin.client.get('/api/admin/appeals'));
  const answer = { outcome: 'reversed', statement: 'There is new evidence now.' };
  await ok(other.client.post(`/api/admin/appeals/${items[0].id}/answer`, answer));
  expect(await cases()).toMatchObject([{ count: 2 }]);
});

test('a removed event with refunds is gone for the public, its orders are refunded, and both sides learn why', async () => {
  const email = address();
  const buyer = await world.guest();
  const { orderId } = await buy(world, buyer, event);
  await report({ email });
  const held = await hold();
  expect(held).toBe('held');
  const decision = await ok(remove('full'));
  expect(decision).toMatchObject({ kind: 'event_removed', refund: 'full', ...because });
  expect((await remove('full')).body.code).toBe('event_removed');
  expect([await page(), await hold()]).toEqual([404, 'event_not_on_sale']);
  const { items } = await ok(world.client().get('/api/events?limit=50'));
  expect(items.map(({ id }: { id: string }) => id)).not.toContain(event.id);
  expect((await world.client().get(`/api/events/${event.id}/calendar.ics`)).status).toBe(404);
  const feed = await world.client().get(`/api/organisations/${event.organiser.organisationId}/feed.json`);
  expect(feed.bytes.toString()).not.toContain(event.id);
  await world.drain();
  expect((await ok(buyer.client.get(`/api/orders/${orderId}`))).status).toBe('refunded');
  expect(await cases()).toEqual([]);
  expect(await cases('decided')).toMatchObject([
    { decision: { id: decision.id }, event: { isRemoved: true } },
  ]);
  expect((await mailsTo(email)).map(({ subject }) => subject)).toContain(
    'Decision about your report: Night Shift',
  );
  const [mail] = (await mailsTo(event.organiser.email)).filter(({ subject }) => subject.includes('removed'));
  expect(mail?.text).toContain(because.statement);
  expect(await acts(event.id)).toEqual(expect.arrayContaining(['event.removed', 'event.cancelled']));
  // Cancelled for good: restored, the public sees the event as cancelled.
  const restored = await ok(admin.client.delete(`/api/admin/events/${event.id}/removal`));
  expect([restored.status, await page()]).toEqual(['cancelled', 200]);
  await isSound();
});

test('a removed event without refunds keeps its tickets, cannot be published, and is restored by the appeal of its team', async () => {
  const buyer = await world.guest();
  const { orderId } = await buy(world, buyer, event);
  await ok(remove('none'));
  expect([await page(), await hold()]).toEqual([404, 'event_not_on_sale']);
  const order = await ok(buyer.client.get(`/api/orders/${orderId}`));
  expect(order.status).toBe('confirmed');
  const ticket = await ok(buyer.client.get(`/api/tickets/${order.tickets[0].id}`));
  const scan = { code: ticket.code, nonce: `n-${ticket.id}`, gate: 'North' };
  await ok(event.organiser.client.post(`/api/events/${event.id}/check-ins`, scan));
  const managed = await ok(event.organiser.client.get(`/api/events/${event.id}/management`));
  const publish = await event.organiser.client.post(`/api/events/${event.id}/publication`, undefined, {
    'if-match': `"${managed.version}"`,
  });
  expect(publish.body.code).toBe('event_removed');

  const [mail] = (await mailsTo(event.organiser.email)).filter(({ subject }) => subject.includes('removed'));
  const { path, body } = linkIn(mail?.text ?? '');
  await ok(world.client().post(`${path}/appeals`, { ...body, text: 'Here is the contract.' }));
  const { items } = await ok(other.client.get('/api/admin/appeals'));
  const answer = { outcome: 'reversed', statement: 'The contract is real.' };
  await ok(other.client.post(`/api/admin/appeals/${items[0].id}/answer`, answer));
  expect([await page(), await hold()]).toEqual([200, 'held']);
  const [back] = (await mailsTo(event.organiser.email)).filter(({ subject }) => subject.includes('is back'));
  expect(back?.text).toContain('The contract is real.');
  expect((await admin.client.delete(`/api/admin/events/${event.id}/removal`)).body.code).toBe(
    'event_not_removed',
  );
  expect(await acts(event.id)).toContain('event.restored');
  await isSound();
});

test('after six months nobody can appeal', async () => {
  await ok(remove('none'));
  const [mail] = (await mailsTo(event.organiser.email)).filter(({ subject }) => subject.includes('removed'));
  const { path, body } = linkIn(mail?.text ?? '');
  const before = world.clock.now();
  world.clock.advance(days(185));
  const late = await world.client().post(`${path}/appeals`, { ...body, text: 'Here is the contract.' });
  expect(late.body.code).toBe('appeal_too_late');
  world.clock.set(before);
});

test('a suspended organisation sells and publishes nothing and is paid nothing; its door goes on, and the lift undoes it', async () => {
  const { organiser } = event;
  const buyer = await world.guest();
  const { orderId } = await buy(world, buyer, event);
  const stopped = await world.event({ organiser });
  const draft = await world.event({ organiser, publish: false });
  const stop = await organiser.client.put(`/api/events/${stopped.id}/sale-stop`, undefined, {
    'if-match': `"${stopped.version}"`,
  });
  expect(stop.status, JSON.stringify(stop.body)).toBe(200);

  await ok(suspend());
  expect((await suspend()).body.code).toBe('organisation_suspended');
  expect([await page(), await hold()]).toEqual([200, 'sale_ended']);
  const version = async (id: string) =>
    `"${(await ok(organiser.client.get(`/api/events/${id}/management`))).version}"`;
  for (const [id, method, path] of [
    [draft.id, 'POST', 'publication'],
    [event.id, 'DELETE', 'sale-stop'],
  ] as const) {
    const { body } = await organiser.client.send(method, `/api/events/${id}/${path}`, {
      headers: { 'if-match': await version(id) },
    });
    expect(body.code, path).toBe('organisation_suspended');
  }
  const order = await ok(buyer.client.get(`/api/orders/${orderId}`));
  const ticket = await ok(buyer.client.get(`/api/tickets/${order.tickets[0].id}`));
  const scan = { code: ticket.code, nonce: `n-${ticket.id}`, gate: 'North' };
  await ok(organiser.client.post(`/api/events/${event.id}/check-ins`, scan));
  const payout = await admin.client.post(`/api/admin/organisations/${organiser.organisationId}/payouts`, {
    amount: { amount: 1, currency: 'EUR' },
    reference: 'none',
  });
  expect(payout.body.code).toBe('payouts_held');
  const [mail] = (await mailsTo(organiser.email)).filter(({ subject }) => subject.includes('suspended'));
  expect(mail?.text).toContain(because.statement);

  expect((await ok(lift())).suspendedAt).toBeNull();
  expect((await lift()).body.code).toBe('organisation_not_suspended');
  expect(await hold()).toBe('held');
  // What the team had stopped itself stays stopped.
  const shown = await ok(organiser.client.get(`/api/events/${stopped.id}/management`));
  expect(shown.takenOffSaleAt).not.toBeNull();
  expect(await acts(organiser.organisationId)).toEqual(
    expect.arrayContaining(['organisation.suspended', 'organisation.suspension_lifted']),
  );
  await isSound();
});

test('a publication waits for a suspension and is refused, and a suspension waits for a publication', async () => {
  const { organiser } = event;
  const draft = await world.event({ organiser, publish: false });
  const publish = () =>
    organiser.client.post(`/api/events/${draft.id}/publication`, undefined, {
      'if-match': `"${draft.version}"`,
    });
  const key = `hashtextextended('admit standing ' || $1, 0)`;
  const waiting = async () =>
    (await world.app.db.query(`select from pg_locks where locktype = 'advisory' and not granted`)).length;
  const other = world.app.db.openClient('moderation.test');
  await other.connect();
  try {
    await other.query('begin');
    await other.query(`select pg_advisory_xact_lock_shared(${key})`, [organiser.organisationId]);
    const suspended = suspend();
    await expect.poll(waiting).toBe(1);
    await other.query('rollback');
    expect((await suspended).status).toBe(200);
    await ok(lift());

    await other.query('begin');
    await other.query(`select pg_advisory_xact_lock(${key})`, [organiser.organisationId]);
    await other.query(
      `update organisation_standings set suspended_at = now(), suspended_by_decision = 'mdc_1' where organisation_id = $1`,
      [organiser.organisationId],
    );
    const published = publish();
    await expect.poll(waiting).toBe(1);
    await other.query('commit');
    expect((await published).body.code).toBe('organisation_suspended');
  } finally {
    await other.end();
  }
});

test('no schedule and no preview link gets around a removal and a suspension', async () => {
  const { organiser } = event;
  const { client } = organiser;
  const draft = await world.event({ organiser, publish: false });
  const at = new Date(world.clock.now().getTime() + hours(1)).toISOString();
  const path = `/api/events/${draft.id}`;
  await ok(client.put(`${path}/scheduled-publication`, { at }, { 'if-match': `"${draft.version}"` }));
  const link = await ok(client.post(`/api/events/${event.id}/preview-links`, { label: 'Press' }));
  const secret = link.url.split('#')[1];
  const preview = () => world.client().post(`/api/preview-links/${link.link.id}`, { secret });
  expect((await preview()).status).toBe(200);
  await ok(remove('none'));
  expect((await preview()).status).toBe(404);
  await ok(suspend());
  world.clock.advance(hours(2));
  await world.drain();
  const shown = await ok(client.get(`${path}/management`));
  expect([shown.status, shown.scheduledPublication.failedAt]).toEqual(['draft', expect.any(String)]);
});

test('payouts are held and released', async () => {
  const path = `/api/admin/organisations/${event.organiser.organisationId}`;
  const reason = 'The account belongs to somebody else.';
  expect(await ok(admin.client.put(`${path}/payout-hold`, { reason }))).toMatchObject({
    payoutsHeld: { reason },
  });
  const amount = { amount: 1, currency: 'EUR' };
  expect((await admin.client.post(`${path}/payout-transfers`, { amount })).body.code).toBe('payouts_held');
  expect(await hold()).toBe('held');
  expect((await ok(admin.client.delete(`${path}/payout-hold`))).payoutsHeld).toBeNull();
  expect((await admin.client.post(`${path}/payouts`, { amount, reference: 'none' })).body.code).toBe(
    'payout_changed',
  );
});

test('the export has what a person reported, a deletion erases who it was, and old cases are forgotten', async () => {
  const person = await world.user();
  await report({ email: person.email, name: 'Ada' }, person.client);
  expect((await person.client.get('/api/me/export')).body.reports).toMatchObject([
    { category: 'fraud', email: person.email },
  ]);
  expect((await person.client.post('/api/me/deletion', {})).status).toBe(204);
  const [{ id, reports }] = await cases();
  expect(reports).toMatchObject([{ name: null, email: null, text: 'This is a scam.' }]);
  await ok(admin.client.post(`/api/admin/reports/${id}/dismissal`, because));
  const later = (count: number) => new Date(world.clock.now().getTime() + days(count) + hours(1));
  await forgetReports(world.app, later(399));
  expect(await cases('decided')).toHaveLength(1);
  await forgetReports(world.app, later(400));
  expect(await cases('decided')).toEqual([]);
});
