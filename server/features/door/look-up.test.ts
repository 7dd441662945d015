import { afterAll, beforeAll, expect, test } from 'vitest';
import { groupNonce } from '../../../contract/group-nonce.ts';
import { checkCharacterOf, groupShortNumber, readShortNumber } from '../../../contract/short-number.ts';
import { hours, minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

let world: World;
let buyer: Person;
let event: TestEvent;
let gate: Person;
beforeAll(async () => {
  world = await createWorld({ RATE_LIMIT_FACTOR: '1' });
  buyer = await world.guest();
  event = await world.event({ priceMinor: 0, capacity: 200, fields: { maxPerBuyer: 200 } });
  gate = await world.member(event.organiser, 'door');
});
afterAll(() => world.close());

let nonces = 0;
const newNonce = () => `look-${String(++nonces).padStart(6, '0')}`;
const scan = (person: Person, code: string, more: Record<string, unknown> = {}) =>
  person.client.post(`/api/events/${event.id}/check-ins`, { code, nonce: newNonce(), ...more });
const find = async (q: string, headers = {}, client = gate.client) =>
  (await client.get(`/api/events/${event.id}/door-tickets?q=${encodeURIComponent(q)}`, headers)).body;
const numberOf = async (ticketId: string) =>
  (await buyer.client.get(`/api/tickets/${ticketId}`)).body.shortNumber as string;

test('a short number that somebody types admits its ticket, however it is typed', async () => {
  const { tickets } = await buy(world, buyer, event, { quantity: 3 });
  const [one, two, three] = await Promise.all(tickets.map(({ id }) => numberOf(id)));
  expect(one).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  expect((await scan(gate, one!)).body).toMatchObject({ ticketId: tickets[0]!.id });
  expect((await scan(gate, two!.toLowerCase().replace('-', ' '))).body.ticketId).toBe(tickets[1]!.id);
  expect((await scan(gate, two!)).body.code).toBe('already_used');
  // A ticket that was sold after the numbers were read, and one that was passed on.
  const later = await buy(world, buyer, event);
  expect((await scan(gate, await numberOf(later.tickets[0]!.id))).status).toBe(201);
  await world.app.db.run('update tickets set issue = 2 where id = $1', [tickets[2]!.id]);
  expect((await scan(gate, three!)).body.code).toBe('ticket_reissued');
  expect((await scan(gate, await numberOf(tickets[2]!.id))).status).toBe(201);
});

test('wrong numbers are refused by name, and after twenty the device waits while codes still work', async () => {
  const guesser = await world.member(event.organiser, 'door');
  const guess = (n: number) => {
    const nine = String(n).padStart(9, '0');
    return groupShortNumber(nine + checkCharacterOf(nine));
  };
  const { tickets } = await buy(world, buyer, event, { quantity: 2 });
  const number = await numberOf(tickets[0]!.id);
  const answers = [];
  for (let n = 0; n < 21; n++) answers.push(await scan(guesser, guess(n)));
  expect(answers.slice(0, 20).map(({ body }) => body.code)).toEqual(Array(20).fill('wrong_number'));
  expect(answers[20]).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
  expect(answers[20]!.body.retryAfterSeconds).toBeGreaterThan(0);
  expect((await scan(guesser, number)).body.code).toBe('too_many_attempts');
  expect((await scan(guesser, tickets[1]!.code)).status).toBe(201);
  // Another device is not held up. A number with a typing mistake is no number and costs nothing.
  expect((await scan(gate, number)).status).toBe(201);
  const mistyped = number.slice(0, -1) + (number.endsWith('0') ? '1' : '0');
  expect(readShortNumber(mistyped)).toBeNull();
  expect((await scan(gate, mistyped)).body.code).toBe('bad_signature');
  world.clock.advance(minutes(1));
  expect((await scan(guesser, guess(99))).body.code).toBe('wrong_number');
});

test('tickets are found by name, order number and the end of their number, and a link without names sees none', async () => {
  const { tickets, orderId } = await buy(world, buyer, event, {
    quantity: 2,
    attendees: ['Zoë Ångström', 'Per_cent %'],
  });
  const byName = await find('ångst');
  expect(byName.items).toMatchObject([
    { ticketId: tickets[0]!.id, attendeeName: 'Zoë Ångström', status: 'valid' },
  ]);
  expect((await find('per_cent %')).items).toHaveLength(1);
  expect((await find('%%')).items).toEqual([]);
  const byOrder = await find(orderId.slice(-8));
  expect(byOrder.items.map(({ ticketId }: { ticketId: string }) => ticketId).sort()).toEqual(
    tickets.map(({ id }) => id).sort(),
  );
  const { shortNumber } = byName.items[0];
  const [byEnd] = (await find(shortNumber.slice(-5))).items;
  expect(byEnd).toMatchObject({ ticketId: tickets[0]!.id });
  expect((await scan(gate, shortNumber)).status).toBe(201);
  expect((await find('ångst')).items[0]).toMatchObject({ status: 'used', isInside: true });

  const made = await event.organiser.client.post(`/api/events/${event.id}/door-links`, {
    label: 'North',
    seesNames: false,
    expiresAt: new Date(world.clock.now().getTime() + hours(5)).toISOString(),
  });
  const secret = made.body.url.split('#')[1];
  const client = world.client();
  const { token } = (await client.post('/api/door-devices', { secret, name: 'Phone' })).body;
  const asDevice = { authorization: `Door ${token}` };
  expect((await find('ångst', asDevice, client)).items).toEqual([]);
  const [found] = (await find(orderId.slice(-8), asDevice, client)).items;
  expect(found).toMatchObject({ attendeeName: null, buyerName: null, orderNumber: orderId.slice(-8) });
  // A number is as good as a code, and would still be one after the end of the link.
  expect(found.shortNumber).toBeNull();
  const number = (await numberOf(found.ticketId)).replace('-', '');
  const foundBy = async (end: number) => (await find(number.slice(-end), asDevice, client)).items.length;
  expect([await foundBy(4), await foundBy(5), await foundBy(6), await foundBy(10)]).toEqual([1, 1, 0, 0]);
  const body = { ticketId: tickets[1]!.id, nonce: newNonce() };
  const admit = (more = {}) =>
    client.post(`/api/events/${event.id}/check-ins`, { ...body, ...more }, asDevice);
  expect((await admit({ code: tickets[1]!.code })).status).toBe(400);
  const admitted = await admit();
  expect([admitted.status, admitted.body.ticketId, admitted.body.attendeeName]).toEqual([
    201,
    tickets[1]!.id,
    null,
  ]);
  expect((await admit()).body.id).toBe(admitted.body.id);
  expect((await admit({ nonce: newNonce() })).body.code).toBe('already_used');
  const unknown = { ticketId: 'tkt_01K9ZC4V7R8W3T5XN2M6QHJDEF', nonce: newNonce() };
  expect((await admit(unknown)).body.code).toBe('unknown_ticket');
});

test('a gate without a network hands in the tickets that it found, and a device whose link ended uses none up with them', async () => {
  const { tickets } = await buy(world, buyer, event, { quantity: 4 });
  const ids = tickets.map(({ id }) => id);
  const made = await event.organiser.client.post(`/api/events/${event.id}/door-links`, {
    label: 'South',
    seesNames: true,
    expiresAt: new Date(world.clock.now().getTime() + hours(5)).toISOString(),
  });
  const secret = made.body.url.split('#')[1];
  const client = world.client();
  const { token } = (await client.post('/api/door-devices', { secret, name: 'Phone' })).body;
  const scannedAt = world.clock.now().toISOString();
  const handIn = async (found: Record<string, unknown>) => {
    const scans = [{ nonce: newNonce(), scannedAt, offline: { admitted: true }, ...found }];
    const headers = { authorization: `Door ${token}` };
    const { body } = await client.post(`/api/events/${event.id}/check-ins/batch`, { scans }, headers);
    return body.results[0];
  };
  const first = { ticketId: ids[0], nonce: newNonce() };
  const admitted = await handIn(first);
  expect(admitted).toMatchObject({ outcome: 'admitted', checkIn: { ticketId: ids[0] } });
  expect((await handIn(first)).checkIn.id).toBe(admitted.checkIn.id);
  expect(await handIn({ ticketId: ids[0], scannedAt: undefined })).toMatchObject({
    code: 'already_used',
    conflictId: expect.any(String),
  });
  expect(await handIn({ ticketId: ids[1], code: tickets[1]!.code })).toMatchObject({
    code: 'invalid_request',
  });
  // The gate let the former holder in, and the ticket was passed on since: it stays valid for the new one.
  await world.app.db.run('update tickets set issue = 2 where id = $1', [ids[2]]);
  expect(await handIn({ ticketId: ids[2], issue: 1 })).toMatchObject({ code: 'ticket_reissued' });
  expect(await handIn({ ticketId: 'tkt_01K9ZC4V7R8W3T5XN2M6QHJDEF' })).toMatchObject({
    code: 'unknown_ticket',
  });

  await event.organiser.client.delete(`/api/events/${event.id}/door-links/${made.body.link.id}`);
  expect(await handIn({ ticketId: ids[3] })).toMatchObject({
    outcome: 'refused',
    conflictId: expect.any(String),
  });
  expect((await scan(gate, tickets[3]!.code)).status).toBe(201);
});

test('the others of an order come in with one code, as many as there are, and once', async () => {
  const { tickets } = await buy(world, buyer, event, { quantity: 5 });
  await world.app.db.run(`update tickets set transfer_id = 'ttr_x', holder_id = $2 where id = $1`, [
    tickets[4]!.id,
    gate.userId,
  ]);
  const group = (body: Record<string, unknown>) =>
    gate.client.post(`/api/events/${event.id}/check-ins/group`, { code: tickets[0]!.code, ...body });
  expect((await scan(gate, tickets[0]!.code)).status).toBe(201);
  const nonce = newNonce();
  for (let i = 0; i < 2; i++) {
    const { status, body } = await group({ nonce, count: 2, gate: 'North' });
    expect(status).toBe(200);
    expect(body.results).toMatchObject([
      { outcome: 'admitted', checkIn: { ticketId: tickets[1]!.id, gate: 'North' } },
      { outcome: 'admitted', checkIn: { ticketId: tickets[2]!.id } },
    ]);
  }
  // A gate that lost the answer hands in each ticket alone, with the nonce that the group gave it.
  const alone = await scan(gate, tickets[1]!.code, { nonce: groupNonce(nonce, tickets[1]!.id) });
  expect(alone.status).toBe(201);
  const rest = await group({
    code: undefined,
    ticketId: tickets[0]!.id,
    nonce: newNonce(),
    ticketIds: [tickets[2]!.id, tickets[3]!.id, tickets[4]!.id],
  });
  expect(rest.body.results.map(({ outcome, code }: Record<string, unknown>) => code ?? outcome)).toEqual([
    'already_used',
    'admitted',
  ]);
  expect((await group({ nonce: newNonce() })).body.results).toEqual([]);
  expect((await group({ nonce: newNonce(), code: 'ADMIT1.X' })).body.code).toBe('bad_signature');
});
