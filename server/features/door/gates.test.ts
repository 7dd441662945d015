import { afterAll, beforeAll, expect, test } from 'vitest';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

let world: World;
let buyer: Person;
let event: TestEvent;
let gates: Person[];

beforeAll(async () => {
  world = await createWorld();
  buyer = await world.guest();
  event = await world.event({ priceMinor: 0, capacity: 500, fields: { maxPerBuyer: 500 } });
  gates = await Promise.all([1, 2, 3, 4].map(() => world.member(event.organiser, 'door')));
});
afterAll(() => world?.close());

let nonces = 0;
const scan = (person: Person, code: string, at = event) =>
  person.client.post(`/api/events/${at.id}/check-ins`, { code, nonce: `gate-scan-${++nonces}` });

test('scans of several events and people that come together are each decided as if alone', async () => {
  const other = await world.event({ priceMinor: 0 });
  const orders = await Promise.all([1, 2, 3, 4].map(() => buy(world, buyer, event, { quantity: 10 })));
  const tickets = orders.flatMap((order) => order.tickets);
  const { tickets: others } = await buy(world, buyer, other, { quantity: 4 });
  const wanted = [
    ...tickets.map((ticket, i) => ({ person: gates[i % 4]!, code: ticket.code, at: event })),
    ...tickets.map((ticket, i) => ({ person: gates[(i + 1) % 4]!, code: ticket.code, at: event })),
    ...others.map((ticket) => ({ person: other.organiser, code: ticket.code, at: other })),
    { person: gates[0]!, code: others[0]!.code, at: event },
    { person: gates[0]!, code: 'ADMIT1.NONSENSE', at: event },
  ];
  const answers = await Promise.all(wanted.map(({ person, code, at }) => scan(person, code, at)));
  const codes = answers.map(({ status, body }) => (status === 201 ? 'admitted' : body.code));
  const count = (of: string) => codes.filter((code) => code === of).length;
  expect([count('admitted'), count('already_used'), count('wrong_event'), count('bad_signature')]).toEqual([
    44, 40, 1, 1,
  ]);
  const admitted = answers.filter(({ status }) => status === 201).map(({ body }) => body.ticketId);
  expect(admitted.toSorted()).toEqual([...tickets, ...others].map(({ id }) => id).toSorted());
  // The scans did share transactions: separately there would have been one for each.
  const [written] = await world.app.db.query<{ transactions: number }>(
    `select count(distinct xmin::text)::int as transactions from check_ins where event_id = $1`,
    [event.id],
  );
  expect(written?.transactions).toBeLessThan(40);
});

test('one that fails does not take its neighbours down', async () => {
  const { tickets } = await buy(world, buyer, event, { quantity: 5 });
  const [broken, ...good] = tickets;
  // Simulates a failure that the code can't foresee: the row refuses the update.
  await world.app.db.run(`
    create function refuse_one() returns trigger language plpgsql as $$
    begin
      if new.gate = 'Broken' then raise exception 'this gate is broken'; end if;
      return new;
    end $$`);
  await world.app.db.run(
    `create trigger refuse_one before insert on check_ins for each row execute function refuse_one()`,
  );
  const body = { code: broken!.code, nonce: 'gate-scan-broken', gate: 'Broken' };
  // The first scan runs at once. The broken one is among those that wait for it.
  const answers = await Promise.all([
    scan(gates[1]!, good[0]!.code),
    gates[0]!.client.post(`/api/events/${event.id}/check-ins`, body),
    ...good.slice(1).map(({ code }, i) => scan(gates[i]!, code)),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([201, 500, 201, 201, 201]);
});

test('someone who is taken off the team scans no more', async () => {
  const leaving = await world.member(event.organiser, 'door');
  const { tickets } = await buy(world, buyer, event, { quantity: 2 });
  expect((await scan(leaving, tickets[0]!.code)).status).toBe(201);
  const path = `/api/organisations/${event.organiser.organisationId}/members/${leaving.userId}`;
  expect((await event.organiser.client.delete(path)).status).toBe(204);
  expect((await scan(leaving, tickets[1]!.code)).status).toBe(404);
  expect((await scan(gates[0]!, tickets[1]!.code)).status).toBe(201);
});

test('a scan long before the doors or after the end admits with a warning and the date, and on the day without', async () => {
  const startsAt = new Date(world.clock.now().getTime() + days(90));
  const fields = {
    startsAt: startsAt.toISOString(),
    doorsAt: new Date(startsAt.getTime() - hours(1)).toISOString(),
    endsAt: new Date(startsAt.getTime() + hours(3)).toISOString(),
  };
  const far = await world.event({ priceMinor: 0, fields });
  const { tickets } = await buy(world, buyer, far, { quantity: 4 });
  const [one, two, three, four] = tickets.map(({ code }) => code);
  const early = await scan(far.organiser, one!, far);
  expect(early).toMatchObject({
    status: 201,
    body: { warning: { code: 'long_before_doors', at: fields.doorsAt } },
  });
  // The organiser moves the event to today. The same process knows at once.
  const soon = new Date(world.clock.now().getTime() + hours(5));
  const version = (await far.organiser.client.get(`/api/events/${far.id}/management`)).body.version;
  const moved = await far.organiser.client.patch(
    `/api/events/${far.id}`,
    {
      startsAt: soon.toISOString(),
      doorsAt: null,
      endsAt: new Date(soon.getTime() + hours(3)).toISOString(),
    },
    { 'if-match': `"${version}"` },
  );
  expect(moved.status).toBe(200);
  expect((await scan(far.organiser, two!, far)).body.warning).toBeNull();
  // An offline device scanned on the day and hands its scan in later.
  const scannedAt = new Date(world.clock.now().getTime() + hours(6)).toISOString();
  world.clock.advance(days(4));
  const scans = [{ code: three!, nonce: `gate-scan-${++nonces}`, scannedAt }];
  const { body } = await far.organiser.client.post(`/api/events/${far.id}/check-ins/batch`, { scans });
  expect(body.results[0]).toMatchObject({ outcome: 'admitted', checkIn: { warning: null } });
  const endedAt = new Date(soon.getTime() + hours(3)).toISOString();
  expect((await scan(far.organiser, four!, far)).body.warning).toEqual({
    code: 'long_after_end',
    at: endedAt,
  });
});
