import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seatId } from '../../../contract/ids.ts';
import type { PlanObject, SeatPlanDocument } from '../../../contract/plan-fields.ts';
import { applyCommand } from '../../../seat-map/edit-plan.ts';
import { newRows } from '../../../seat-map/make-objects.ts';
import type { PlanCommand } from '../../../seat-map/plan-command.ts';
import { smallHall } from '../../../seat-map/testing/plans.ts';
import { audit } from '../../audit/audit.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
// After all edits of plans, every count and every owner must be right.
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

/** Two rows of four seats in the zone `gold`: A1 is the first of the first row. */
const hall = (): SeatPlanDocument => ({
  format: 1,
  width: 200,
  height: 200,
  zones: [{ key: 'gold', name: 'Gold', color: '#aa8800' }],
  sections: [{ key: 'stalls', name: 'Stalls' }],
  objects: [newRows({ id: 'block1', section: 'stalls', zone: 'gold', x: 100, y: 80, rows: 2, seats: 4 })],
});

const path = (event: { id: string }, rest = '') => `/api/events/${event.id}/seat-plan${rest}`;
const quoted = (version: number) => ({ 'if-match': `"${version}"` });

async function must(answer: Promise<{ status: number; body: any }>, status = 200) {
  const got = await answer;
  expect([got.status, got.body?.code, got.body?.detail]).toEqual([status, undefined, undefined]);
  return got.body;
}

async function save(event: TestEvent, plan: unknown) {
  const { client } = event.organiser;
  const { version } = await must(client.get(path(event)));
  return must(client.put(path(event), { plan }, quoted(version)));
}

async function apply(event: TestEvent, more: { tellMoved?: boolean } = {}) {
  const { client } = event.organiser;
  const { version, eventVersion } = await must(client.get(path(event)));
  return client.post(path(event, '/applications'), { version, tellMoved: false, ...more }, quoted(eventVersion));
}

const edit = (plan: SeatPlanDocument, ...commands: PlanCommand[]): SeatPlanDocument =>
  commands.reduce(applyCommand, plan);

/** A published event whose seat map is a drawing. */
async function drawn(plan = hall()): Promise<TestEvent> {
  const event = await world.event({
    fields: { seatLayout: layout(), pools: [], ticketTypes: [{ name: 'Gold', priceMinor: 2000, zone: 'gold' }] },
  });
  await save(event, plan);
  await must(apply(event));
  return event;
}

/** A layout of the API, without keys. */
const layout = () => ({
  width: 200,
  height: 200,
  zones: [{ key: 'gold', name: 'Gold', color: '#aa8800' }],
  sections: [
    {
      key: 'stalls',
      name: 'Stalls',
      rows: [{ label: 'A', zone: 'gold', labels: ['1', '2', '3', '4'], x: [85, 95, 105, 115], y: [80, 80, 80, 80] }],
    },
  ],
});

const hold = (person: Person, event: TestEvent, seats: number[]) =>
  person.client.post(`/api/events/${event.id}/holds`, {
    seats: seats.map((index) => ({ seatId: seatId(event.id as never, index) })),
  });
const mapOf = async (event: TestEvent) => must(world.client().get(`/api/events/${event.id}/seat-map`));
const seatsOf = async (event: TestEvent): Promise<{ id: string; name: string; x: number }[]> =>
  (await mapOf(event)).sections.flatMap((section: any) =>
    section.rows.flatMap((row: any) =>
      row.seats.map((seat: any) => ({ id: seat.id, name: `${section.name} ${row.label}${seat.label}`, x: seat.x })),
    ),
  );
const numberOf = (id: string) => Number(id.slice(id.lastIndexOf('_') + 1));
async function letters(kind: string, email: string): Promise<string[]> {
  await world.drain();
  const { items } = await must(world.client().get(`/api/mailbox?to=${email}`));
  const texts = [];
  for (const { id } of items) {
    const mail = await must(world.client().get(`/api/mailbox/${id}`));
    if (mail.kind === kind) texts.push(mail.text as string);
  }
  return texts;
}

describe('the drawing of an event', () => {
  test('begins as the seat map of the event, is saved unfinished, and sells nothing until it is applied', async () => {
    const event = await world.event({
      fields: { seatLayout: layout(), pools: [], ticketTypes: [{ name: 'Gold', priceMinor: 2000, zone: 'gold' }] },
    });
    const { client } = event.organiser;
    const first = await must(client.get(path(event)));
    expect(first).toMatchObject({ version: 0, appliedVersion: null, layoutChanged: false, savedBy: null });
    expect(first.plan.objects).toMatchObject([{ kind: 'free', section: 'stalls', zone: 'gold' }]);
    const before = await mapOf(event);
    const unfinished = { ...first.plan, zones: [] };
    const saved = await must(client.put(path(event), { plan: unfinished }, quoted(0)));
    expect(saved).toMatchObject({ version: 1, appliedVersion: null });
    expect((await must(client.get(path(event)))).plan).toEqual(unfinished);
    expect(await mapOf(event)).toEqual(before);
    const refused = await apply(event);
    expect(refused.body).toMatchObject({ code: 'invalid_request', issues: expect.arrayContaining([
      { path: 'plan', message: 'has no price zone' },
    ]) });
    expect((await must(client.get(`${path(event)}?from=layout`))).plan).toEqual(first.plan);
  });

  test('an event without numbered seats begins with an empty plan, and gets its seats by it', async () => {
    const event = await world.event({ publish: false });
    const { client } = event.organiser;
    expect((await must(client.get(path(event)))).plan).toMatchObject({ objects: [], zones: [] });
    await save(event, hall());
    const applied = await must(apply(event));
    expect(applied.seatMapId ?? applied.id).toBeTruthy();
    const layoutNow = await must(client.get(`/api/events/${event.id}/seat-layout`));
    expect(layoutNow.sections[0].rows[0].keys).toEqual(['block1.r1.-2', 'block1.r1.-1', 'block1.r1.0', 'block1.r1.1']);
    expect(await must(client.get(path(event)))).toMatchObject({ appliedVersion: 1, layoutChanged: false });
  });

  test('two members who save at once: one is told, and reads the other’s', async () => {
    const event = await world.event();
    const { client } = event.organiser;
    const answers = await Promise.all([1, 2, 3].map(() => client.put(path(event), { plan: hall() }, quoted(0))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    expect(answers.find(({ status }) => status === 412)?.body).toMatchObject({ code: 'version_mismatch', version: 1 });
  });

  test('a drawing that was saved again is not applied unseen, and a retry applies it once', async () => {
    const event = await drawn();
    const { client } = event.organiser;
    const { version, eventVersion } = await must(client.get(path(event)));
    await save(event, edit(hall(), { do: 'move', objects: ['block1'], dx: 1, dy: 0 }));
    const stale = await client.post(path(event, '/applications'), { version, tellMoved: false }, quoted(eventVersion));
    expect(stale.body.code).toBe('seat_plan_changed');
    const retry = { ...quoted(eventVersion), 'idempotency-key': 'apply-the-plan-once' };
    const body = { version: version + 1, tellMoved: false };
    const [one, two] = await Promise.all([
      client.post(path(event, '/applications'), body, retry),
      client.post(path(event, '/applications'), body, retry),
    ]);
    expect([one.status, two.status, two.body.version]).toEqual([200, 200, one.body.version]);
    expect((await client.post(path(event, '/applications'), body, quoted(eventVersion))).body.code).toBe('version_mismatch');
  });

  test('says when the layout was changed in another way since', async () => {
    const event = await drawn();
    const { client } = event.organiser;
    const { eventVersion } = await must(client.get(path(event)));
    const other = layout();
    other.sections[0]!.name = 'Parterre';
    await must(client.patch(`/api/events/${event.id}`, { seatLayout: other }, quoted(eventVersion)));
    expect(await must(client.get(path(event)))).toMatchObject({ layoutChanged: true });
  });

  test.each<[string, unknown]>([
    ['another format', { ...hall(), format: 2 }],
    ['an unknown kind', { ...hall(), objects: [{ kind: 'sofa' }] }],
    ['a hundred million seats', { ...hall(), objects: Array.from({ length: 1000 }, (_, i) => ({ ...hall().objects[0], id: `block${i}`, rows: Array.from({ length: 1 }, () => ({ id: 'r1', from: 0, count: 500 })) })) }],
    ['a mark that is none', { ...hall(), objects: [{ ...(hall().objects[0] as object), rows: [{ id: 'r1', from: 0, count: 2, marks: { 0: { free: true } } }] }] }],
    ['a picture of somebody else', { ...hall(), background: { picture: 'pic_01K9ZC4V7R8W3T5XN2M6QHJDEF', x: 0, y: 0, width: 10, height: 10, opacity: 1 } }],
    ['no number', { ...hall(), width: '200' }],
  ])('refuses %s', async (_, plan) => {
    const event = await world.event({ publish: false });
    const refused = await event.organiser.client.put(path(event), { plan }, quoted(0));
    expect([refused.status, refused.body.code]).toEqual([400, 'invalid_request']);
  });
});

describe('an event on sale', () => {
  test('a sold seat that gets another name keeps its holder, who is told; what others hold and what they were sold stays', async () => {
    const event = await drawn();
    const seats = await seatsOf(event);
    const at = (name: string) => numberOf(seats.find((seat) => seat.name === name)!.id);
    const [ada, bob] = [await world.guest(), await world.guest()];
    const email = 'ada.plan@example.com';
    const bought = await buy(world, ada, event, { seats: [at('Stalls A1'), at('Stalls A2')], buyer: { name: 'Ada Osei', email } });
    const held = await must(hold(bob, event, [at('Stalls A3')]), 201);

    // The rows are called B and C now, and a new row A stands in front of them.
    const next = edit(
      hall(),
      { do: 'number', objects: ['block1'], rowNames: { scheme: 'letters', start: 2, from: 'front' } },
      { do: 'add', objects: [newRows({ id: 'block2', section: 'stalls', zone: 'gold', x: 100, y: 60, rows: 1, seats: 4 })] },
    );
    await save(event, next);
    const changes = await must(event.organiser.client.get(path(event, '/changes')));
    expect(changes).toMatchObject({ added: 4, removed: 0, vanishing: [], renamedTaken: 3, movedTaken: 0, issues: [] });
    expect(changes.renamed.filter(({ taken }: any) => taken).map(({ after }: any) => after.row)).toEqual(['B', 'B', 'B']);
    await must(apply(event));

    const order = await must(ada.client.get(`/api/orders/${bought.orderId}`));
    const names = order.lines.flatMap((line: any) => line.seats.map((seat: any) => `${seat.section} ${seat.row}${seat.seat}`));
    expect(names).toEqual(['Stalls B1', 'Stalls B2']);
    expect(order.tickets.map(({ place }: any) => `${place.row}${place.seat}`)).toEqual(['B1', 'B2']);
    const [letter, ...more] = await letters('seats-changed', email);
    expect(more).toEqual([]);
    expect(letter).toMatch(/Stalls, row B, seat 1/);
    expect(letter).toMatch(/Before: .*Stalls, row A, seat 1/);
    // The seat is the same: the new A1 is another one, and free.
    const now = await seatsOf(event);
    expect(now.find(({ name }) => name === 'Stalls B1')!.id).toBe(seats.find(({ name }) => name === 'Stalls A1')!.id);
    expect((await hold(bob, event, [at('Stalls A1')])).body.code).toBe('seats_taken');
    const free = numberOf(now.find(({ name }) => name === 'Stalls A1')!.id);
    await must(hold(await world.guest(), event, [free]), 201);

    // Whoever held a seat meanwhile buys it by its new name.
    const mine = await must(bob.client.get(`/api/holds/${held.id}`));
    expect(mine.lines[0].seats[0]).toMatchObject({ row: 'B', seat: '3' });
    const placed = await must(bob.client.post('/api/orders', { holdId: held.id, buyer: { name: 'Bob', email: 'bob.plan@example.com' } }), 201);
    const card = { clientSecret: placed.payment.clientSecret, card: { number: '4242424242424242' } };
    await must(bob.client.post(`/api/sandbox/payments/${placed.payment.id}/confirmation`, card));
    await world.drain();
    const theirs = await must(bob.client.get(`/api/orders/${placed.order.id}`));
    expect(theirs.tickets[0].place).toEqual({ section: 'Stalls', row: 'B', seat: '3' });
    expect(await letters('seats-changed', 'bob.plan@example.com')).toEqual([]);
    // The door knows the ticket by its new name.
    const scan = await event.organiser.client.post(`/api/events/${event.id}/check-ins`, { code: bought.tickets[0]?.code, nonce: 'nonce-plan-0001' });
    expect(scan.body).toMatchObject({ place: { row: 'B', seat: '1' } });
  });

  test('a ticket that was passed on: its holder is told, and the buyer is not', async () => {
    const event = await drawn();
    const ada = await world.user();
    const email = 'ada.passes@example.com';
    const bought = await buy(world, ada, event, { seats: [0], buyer: { name: 'Ada', email } });
    const friend = 'friend.plan@example.com';
    const offered = await must(ada.client.post(`/api/tickets/${bought.tickets[0]?.id}/transfers`, { email: friend }), 201);
    await world.drain();
    const { items } = await must(world.client().get(`/api/mailbox?to=${friend}`));
    const { text } = await must(world.client().get(`/api/mailbox/${items[0].id}`));
    const secret = /#([\w-]+)/.exec(text)?.[1];
    const receiver = await world.guest();
    await must(receiver.client.post(`/api/transfers/${offered.id}/acceptance`, { secret, name: 'Friend' }));
    await save(event, edit(hall(), { do: 'number', objects: ['block1'], seatNames: { scheme: 'even', start: 2, from: 'left' } }));
    await must(apply(event));
    expect(await letters('held-seats-changed', friend)).toHaveLength(1);
    expect(await letters('seats-changed', email)).toEqual([]);
  });

  test('a held, sold or blocked seat that the drawing does not have is refused by name, and nothing changes', async () => {
    const event = await drawn();
    const ada = await world.guest();
    const seats = await seatsOf(event);
    const at = (name: string) => numberOf(seats.find((seat) => seat.name === name)!.id);
    await buy(world, ada, event, { seats: [at('Stalls A2')], buyer: { name: 'Ada', email: 'ada.refused@example.com' } });
    await must(hold(ada, event, [at('Stalls B3')]), 201);
    await must(
      event.organiser.client.post(`/api/events/${event.id}/blocks`, {
        label: 'Camera',
        seats: [{ seatId: seats.find(({ name }) => name === 'Stalls B4')!.id }],
      }),
      201,
    );
    await save(event, { ...hall(), objects: [{ ...hall().objects[0], id: 'other1', rows: [] } as unknown as PlanObject].filter(() => false) });
    const gone = edit(hall(), { do: 'remove', objects: ['block1'] }, {
      do: 'add',
      objects: [newRows({ id: 'block9', section: 'stalls', zone: 'gold', x: 100, y: 80, rows: 1, seats: 2 })],
    });
    await save(event, gone);
    const { vanishing } = await must(event.organiser.client.get(path(event, '/changes')));
    // A1 and A2 are drawn anew under their old names, so they are the same seats.
    expect(vanishing.map(({ row, seat }: any) => `${row}${seat}`)).toEqual(['B3', 'B4']);
    const refused = await apply(event);
    expect(refused.body).toMatchObject({
      code: 'event_has_sales',
      seats: [
        { section: 'Stalls', row: 'B', seat: '3' },
        { section: 'Stalls', row: 'B', seat: '4' },
      ],
    });
    expect(await seatsOf(event)).toEqual(seats);
    const taken = await must(event.organiser.client.get(path(event, '/taken')));
    expect(taken).toEqual({ held: ['block1.r2.0'], sold: ['block1.r1.-1'], blocked: ['block1.r2.1'] });
  });

  test('two seats that exchange their names keep their holders', async () => {
    const event = await drawn();
    const ada = await world.guest();
    const bought = await buy(world, ada, event, { seats: [0], buyer: { name: 'Ada', email: 'ada.swap@example.com' } });
    const swap = (serial: number, label: string): PlanCommand => ({
      do: 'mark',
      seats: [{ object: 'block1', row: 'r1', seats: [serial] }],
      mark: { label },
    });
    const before = await seatsOf(event);
    await save(event, edit(hall(), swap(-2, '2'), swap(-1, '1')));
    await must(apply(event));
    const after = await seatsOf(event);
    expect(after.find(({ name }) => name === 'Stalls A2')!.id).toBe(before.find(({ name }) => name === 'Stalls A1')!.id);
    const order = await must(ada.client.get(`/api/orders/${bought.orderId}`));
    expect(order.tickets[0].place.seat).toBe('2');
  });

  test('seats that only stand elsewhere are told if the organiser says so', async () => {
    const event = await drawn();
    const ada = await world.guest();
    const email = 'ada.moved@example.com';
    await buy(world, ada, event, { seats: [0], buyer: { name: 'Ada', email } });
    const moved = (dx: number) => edit(hall(), { do: 'move', objects: ['block1'], dx, dy: 0 });
    await save(event, moved(40));
    expect(await must(event.organiser.client.get(path(event, '/changes')))).toMatchObject({ movedTaken: 1, renamedTaken: 0 });
    await must(apply(event));
    expect(await letters('seats-changed', email)).toEqual([]);
    await save(event, moved(-40));
    await must(apply(event, { tellMoved: true }));
    expect(await letters('seats-changed', email)).toHaveLength(1);
  });

  test('a seat map without keys: the drawing that is read from it renames a sold seat, and a drawing of another event cannot', async () => {
    const event = await world.event({
      fields: { seatLayout: layout(), pools: [], ticketTypes: [{ name: 'Gold', priceMinor: 2000, zone: 'gold' }] },
    });
    const ada = await world.guest();
    const bought = await buy(world, ada, event, { seats: [0], buyer: { name: 'Ada', email: 'ada.old@example.com' } });
    const { plan } = await must(event.organiser.client.get(path(event)));
    const [object] = plan.objects;
    const renamed = edit(plan, { do: 'change-row', object: object.id, row: object.rows[0].id, fields: { label: 'Z' } });
    const other = await world.event({
      organiser: event.organiser,
      fields: { seatLayout: layout(), pools: [], ticketTypes: [{ name: 'Gold', priceMinor: 2000, zone: 'gold' }] },
    });
    await buy(world, await world.guest(), other, { seats: [0], buyer: { name: 'Bob', email: 'bob.old@example.com' } });
    await save(other, renamed);
    expect((await apply(other)).body.code).toBe('event_has_sales');
    await save(event, renamed);
    await must(apply(event));
    const order = await must(ada.client.get(`/api/orders/${bought.orderId}`));
    expect(order.tickets[0].place.row).toBe('Z');
  });
});

describe('the library of an organisation', () => {
  const library = (organisationId: string) => `/api/organisations/${organisationId}/seat-plans`;

  test('keeps plans with their versions, and an event takes a copy', async () => {
    const house = await world.organiser();
    const at = library(house.organisationId);
    const created = await must(house.client.post(at, { name: 'Great hall', plan: smallHall() }), 201);
    expect(created).toMatchObject({ name: 'Great hall', version: 1, seatCount: 4 * 10 + 3 * 8 + 8 + 6 });
    const next = edit(smallHall(), { do: 'remove', objects: ['table1'] });
    const saved = await must(house.client.put(`${at}/${created.id}`, { name: 'Great hall', plan: next }, quoted(1)));
    expect(saved).toMatchObject({ version: 2, seatCount: 70 });
    expect((await house.client.put(`${at}/${created.id}`, { name: 'Hall', plan: next }, quoted(1))).body).toMatchObject({ code: 'version_mismatch', version: 2 });
    const read = await must(house.client.get(`${at}/${created.id}`));
    expect(read).toMatchObject({ plan: next, versions: [{ version: 2 }, { version: 1 }] });
    expect((await must(house.client.get(`${at}/${created.id}?version=1`))).plan).toEqual(smallHall());
    expect((await house.client.get(`${at}/${created.id}?version=7`)).status).toBe(404);
    expect((await house.client.post(at, { name: 'great HALL', plan: next })).body.code).toBe('plan_name_taken');
    const { items } = await must(house.client.get(at));
    expect(items).toMatchObject([{ id: created.id, version: 2 }]);

    const stranger = await world.organiser();
    expect((await stranger.client.get(`${at}/${created.id}`)).status).toBe(404);
    expect((await stranger.client.get(`${library(stranger.organisationId)}/${created.id}`)).status).toBe(404);
    expect((await stranger.client.put(`${library(stranger.organisationId)}/${created.id}`, { name: 'x', plan: next }, quoted(2))).status).toBe(404);
    expect((await house.client.delete(`${at}/${created.id}`)).status).toBe(204);
    expect((await house.client.get(`${at}/${created.id}`)).status).toBe(404);
  });

  test('keeps the last twenty versions, and fifty plans', async () => {
    const house = await world.organiser();
    const at = library(house.organisationId);
    const { id } = await must(house.client.post(at, { name: 'Hall', plan: hall() }), 201);
    for (let version = 1; version <= 21; version++)
      await must(house.client.put(`${at}/${id}`, { name: 'Hall', plan: hall() }, quoted(version)));
    const { versions } = await must(house.client.get(`${at}/${id}`));
    expect(versions.map(({ version }: any) => version)).toEqual(Array.from({ length: 20 }, (_, i) => 22 - i));
    await world.app.db.run(
      `insert into library_plans (id, organisation_id, name, version, created_at)
       select 'spl_filler_' || n, $1, 'Filler ' || n, 1, now() from generate_series(1, 48) as n`,
      [house.organisationId],
    );
    const answers = await Promise.all(['One', 'Two'].map((name) => house.client.post(at, { name, plan: hall() })));
    expect(answers.map(({ body }) => body.code).sort()).toEqual(['too_many_plans', undefined]);
  });
});
