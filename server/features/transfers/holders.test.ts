import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { moveBuyer } from '../purchases/move-buyer.ts';
import { buy } from '../tickets/testing/buy.ts';
import { lettersTo, offer, scan } from './testing/offer.ts';

/* What the holder of a received ticket may do, and what its buyer may no longer do. */
let world: World;
let event: TestEvent;
let buyer: Person;
let addresses = 0;
const freshAddress = () => `holder-${++addresses}@example.com`;

beforeAll(async () => {
  world = await createWorld();
  event = await world.event({ capacity: 1000, fields: { maxPerBuyer: 1000 } });
  buyer = await world.guest();
});
afterAll(() => world.close());

interface Received {
  orderId: string;
  ticketId: string;
  others: string[];
  oldCode: string;
  code: string;
  secret: string;
  transferId: string;
  payerEmail: string;
  email: string;
}

/** A ticket of an order, passed on to a person. */
async function receive(person: Person, at = event, quantity = 2): Promise<Received> {
  const [payerEmail, email] = [freshAddress(), freshAddress()];
  const { orderId, tickets } = await buy(world, buyer, at, {
    quantity,
    buyer: { name: 'Ada Osei', email: payerEmail },
  });
  const [first, ...others] = tickets;
  const offered = await offer(world, buyer, first!.id, { email });
  const path = `/api/transfers/${offered.id}/acceptance`;
  const { status, body } = await person.client.post(path, { secret: offered.secret, name: 'Grace Hopper' });
  if (status !== 200) throw new Error(`not accepted: ${JSON.stringify(body)}`);
  return {
    orderId,
    ticketId: first!.id,
    others: others.map(({ id }) => id),
    oldCode: first!.code,
    code: body.code,
    secret: offered.secret,
    transferId: offered.id,
    payerEmail,
    email,
  };
}
const subjectsTo = async (email: string) => (await lettersTo(world, email)).map(({ subject }) => subject);

describe('the buyer of a ticket that was passed on', () => {
  test('sees that it was passed on, and neither its code, its name nor a file of it', async () => {
    const friend = await world.guest();
    const { orderId, ticketId, others } = await receive(friend);
    const { body } = await buyer.client.get(`/api/tickets/${ticketId}`);
    expect(body).toMatchObject({ code: null, attendeeName: null, isTransferred: true, isReceived: false });
    for (const file of ['qr.svg', 'ticket.pdf', 'event.ics']) {
      const answer = await buyer.client.get(`/api/tickets/${ticketId}/${file}`);
      expect([file, answer.body.code]).toEqual([file, 'ticket_transferred']);
    }
    const order = (await buyer.client.get(`/api/orders/${orderId}`)).body;
    expect(order.tickets).toMatchObject([
      { isTransferred: true, attendeeName: null },
      { isTransferred: false },
    ]);
    // The quote of the whole order is only about what is still the buyer's.
    expect(order.cancellation.refund.amount).toBe(2500);
    const named = await buyer.client.post(`/api/orders/${orderId}/cancellation`, { tickets: [ticketId] });
    expect([named.status, named.body.code]).toEqual([409, 'ticket_transferred']);
    const quote = await buyer.client.get(`/api/orders/${orderId}/cancellation-quote?tickets=${ticketId}`);
    expect(quote.body.code).toBe('ticket_transferred');
    for (const answer of [
      await buyer.client.post(`/api/tickets/${ticketId}/transfers`, { email: freshAddress() }),
      await buyer.client.post(`/api/tickets/${ticketId}/cancellation`, {}),
      await buyer.client.put(`/api/tickets/${ticketId}/attendee`, { name: 'Mallory' }),
    ])
      expect([answer.status, answer.body.code]).toEqual([409, 'ticket_transferred']);
    // The rest of the order is cancelled as a whole, and the received ticket stays valid.
    expect((await buyer.client.post(`/api/orders/${orderId}/cancellation`, {})).status).toBe(200);
    expect((await buyer.client.get(`/api/tickets/${others[0]}`)).body.status).toBe('cancelled');
    const held = (await friend.client.get(`/api/tickets/${ticketId}`)).body;
    expect(held.status).toBe('valid');
    const again = await buyer.client.post(`/api/orders/${orderId}/cancellation`, {});
    expect(again.body.code).toBe('ticket_transferred');
    expect((await scan(event, held.code)).status).toBe(201);
  });

  test('withdraws their own offers and not those of later holders', async () => {
    const [friend, next] = [await world.guest(), await world.guest()];
    const { ticketId, transferId } = await receive(friend);
    const passed = await offer(world, friend, ticketId, { email: freshAddress() });
    const withdraw = async (person: Person, id: string) => {
      const { status, body } = await person.client.delete(`/api/transfers/${id}`);
      return [status, body?.code];
    };
    expect(await withdraw(buyer, passed.id)).toEqual([404, 'not_found']);
    expect(await withdraw(buyer, transferId)).toEqual([409, 'transfer_accepted']);
    const path = `/api/transfers/${passed.id}/acceptance`;
    expect((await next.client.post(path, { secret: passed.secret, name: 'Next' })).status).toBe(200);
    expect(await withdraw(friend, passed.id)).toEqual([409, 'transfer_accepted']);
  });

  test('gets the PDF of the other tickets only', async () => {
    const { orderId } = await receive(await world.guest(), event, 1);
    const pdf = await buyer.client.get(`/api/orders/${orderId}/tickets.pdf`);
    expect(pdf.body.code).toBe('ticket_not_admissible');
  });
});

describe('the holder of a received ticket', () => {
  test('has its code, QR, PDF and calendar, and finds it under their tickets; nobody else does', async () => {
    const [friend, stranger] = [await world.guest(), await world.user()];
    const { ticketId, orderId, code } = await receive(friend);
    for (const file of ['', '/qr.svg', '/ticket.pdf', '/event.ics', '/transfers', '/cancellation-quote']) {
      expect([file, (await friend.client.get(`/api/tickets/${ticketId}${file}`)).status]).toEqual([
        file,
        200,
      ]);
      expect([file, (await stranger.client.get(`/api/tickets/${ticketId}${file}`)).status]).toEqual([
        file,
        404,
      ]);
    }
    const mine = (await friend.client.get('/api/me/tickets')).body.items;
    expect(mine).toMatchObject([{ id: ticketId, code, isReceived: true }]);
    expect((await stranger.client.get('/api/me/tickets')).body.items).toEqual([]);
    // The order and its money stay the buyer's.
    for (const path of [
      `/api/orders/${orderId}`,
      `/api/orders/${orderId}/tickets.pdf`,
      `/api/orders/${orderId}/transfers`,
    ])
      expect([path, (await friend.client.get(path)).status]).toEqual([path, 404]);
  });

  test('opens it on another device by the link of the mail, until it is passed on', async () => {
    const [friend, phone, next] = [await world.guest(), await world.guest(), await world.guest()];
    const { ticketId, transferId, secret, code } = await receive(friend);
    const opened = await phone.client.post(`/api/transfers/${transferId}/openings`, { secret });
    expect([opened.status, opened.body.code]).toEqual([200, code]);
    expect((await phone.client.get('/api/me/tickets')).body.items).toHaveLength(1);
    const passed = await offer(world, phone, ticketId, { email: freshAddress() });
    const path = `/api/transfers/${passed.id}/acceptance`;
    expect((await next.client.post(path, { secret: passed.secret, name: 'Next' })).status).toBe(200);
    for (const person of [friend, phone]) {
      expect((await person.client.get(`/api/tickets/${ticketId}`)).status).toBe(404);
      expect((await person.client.get('/api/me/tickets')).body.items).toEqual([]);
    }
    const again = await phone.client.post(`/api/transfers/${transferId}/openings`, { secret });
    expect(again.body.code).toBe('ticket_transferred');
    expect((await scan(event, code)).body.code).toBe('ticket_transferred');
    // Each sees their own part of the history, and the organiser all of it.
    const history = async (person: Person) =>
      (await person.client.get(`/api/tickets/${ticketId}/transfers`)).body.items.length;
    expect([await history(buyer), await history(friend), await history(next)]).toEqual([1, 1, 1]);
  });

  test('of an account with the confirmed address gets what a guest accepted with it', async () => {
    const account = await world.user();
    const unconfirmed = await world.user({ verified: false });
    const [guest, payer] = [await world.guest(), await world.guest()];
    for (const { email, client } of [account, unconfirmed]) {
      const { tickets } = await buy(world, payer, event);
      const offered = await offer(world, payer, tickets[0]!.id, { email });
      await guest.client.post(`/api/transfers/${offered.id}/acceptance`, {
        secret: offered.secret,
        name: 'G',
      });
      const seen = (await client.get('/api/me/tickets')).body.items.length;
      expect([email, seen]).toEqual([email, email === account.email ? 1 : 0]);
      expect((await client.get(`/api/tickets/${tickets[0]!.id}`)).status).toBe(seen === 1 ? 200 : 404);
    }
  });

  test('keeps it when they sign in to an account', async () => {
    const guest = await world.guest();
    const { ticketId } = await receive(guest);
    const account = await world.user();
    await moveBuyer(world.app, guest.userId, account.userId);
    expect((await account.client.get('/api/me/tickets')).body.items).toMatchObject([{ id: ticketId }]);
    expect((await guest.client.get(`/api/tickets/${ticketId}`)).status).toBe(404);
  });

  test('returns it: the money goes to the payer, and both hear of it once', async () => {
    const friend = await world.guest();
    const { ticketId, orderId, code, payerEmail, email } = await receive(friend);
    const quote = (await friend.client.get(`/api/tickets/${ticketId}/cancellation-quote`)).body;
    expect(quote.refund.amount).toBe(2500);
    const path = `/api/tickets/${ticketId}/cancellation`;
    const dear = await friend.client.post(path, { refund: { amount: 2600, currency: 'EUR' } });
    expect(dear.body.code).toBe('refund_lower');
    const { status, body } = await friend.client.post(path, { refund: quote.refund });
    expect([status, body.status, body.code]).toEqual([200, 'cancelled', null]);
    expect((await friend.client.post(path, {})).body.code).toBe('ticket_not_cancellable');
    const order = (await buyer.client.get(`/api/orders/${orderId}`)).body;
    expect([order.status, order.refunded.amount]).toEqual(['confirmed', 2500]);
    expect((await scan(event, code)).body.code).toBe('ticket_cancelled');
    const subjects = { payer: await subjectsTo(payerEmail), holder: await subjectsTo(email) };
    expect(subjects.payer.filter((subject) => subject === 'Ticket cancelled: Night Shift')).toHaveLength(1);
    expect(subjects.payer).toContain('Refund sent: Night Shift');
    expect(subjects.holder.filter((subject) => subject === 'Ticket cancelled: Night Shift')).toHaveLength(1);
    expect(subjects.holder).not.toContain('Refund sent: Night Shift');
  });

  test('hears of a refund by the organiser, a cancelled event, a moved event, and is reminded', async () => {
    const friend = await world.user();
    const night = await world.event();
    const { ticketId, orderId, email } = await receive(friend, night);
    const moved = await night.organiser.client.patch(
      `/api/events/${night.id}`,
      { venue: { name: 'Halle', city: 'Berlin', country: 'DE' } },
      { 'if-match': `"${night.version}"` },
    );
    expect(moved.status).toBe(200);
    expect(await subjectsTo(email)).toContain('New time or place: Night Shift');
    world.clock.advance(days(29) + hours(1));
    await world.app.db.run(`select graphile_worker.add_job('remind-of-events', '{}'::json)`);
    expect(await subjectsTo(email)).toContain('Soon: Night Shift');
    const refund = { reason: 'Ill', tickets: [ticketId] };
    const refunded = await night.organiser.client.post(`/api/orders/${orderId}/refunds`, refund);
    expect(refunded.status).toBe(201);
    expect(await subjectsTo(email)).toContain('Ticket cancelled: Night Shift');

    const gone = await world.event();
    const second = await receive(friend, gone);
    const body = { reason: 'Storm', refund: 'full' };
    await gone.organiser.client.post(`/api/events/${gone.id}/cancellation`, body);
    expect(await subjectsTo(second.email)).toContain('Event cancelled: Night Shift');
  });
});

describe('the name on a ticket', () => {
  const rename = (person: Person, ticketId: string, name = 'Zoë Ångström') =>
    person.client.put(`/api/tickets/${ticketId}/attendee`, { name });

  test('is changed by the holder; the code stays and the door shows the new name', async () => {
    const fresh = await world.event();
    const { tickets } = await buy(world, buyer, fresh, { attendees: ['Ada'] });
    const [ticket] = tickets;
    const { status, body } = await rename(buyer, ticket!.id);
    expect([status, body]).toEqual([200, { id: ticket!.id, attendeeName: 'Zoë Ångström' }]);
    expect((await rename(await world.guest(), ticket!.id)).status).toBe(404);
    expect((await scan(fresh, ticket!.code)).body.attendeeName).toBe('Zoë Ångström');
    expect((await rename(buyer, ticket!.id)).body.code).toBe('ticket_used');
  });

  test('is changed by a manager whatever the event allows, with an entry in the audit log', async () => {
    const fresh = await world.event({ fields: { renames: { allowed: false } } });
    const { tickets } = await buy(world, buyer, fresh);
    const [ticket] = tickets;
    expect((await rename(buyer, ticket!.id)).body.code).toBe('renames_off');
    const door = await world.member(fresh.organiser, 'door');
    expect((await rename(door, ticket!.id)).status).toBe(403);
    expect((await rename(fresh.organiser, ticket!.id)).status).toBe(200);
    const log = await fresh.organiser.client.get(
      `/api/organisations/${fresh.organiser.organisationId}/audit-log?limit=50`,
    );
    const entry = log.body.items.find(({ act }: { act: string }) => act === 'ticket.renamed');
    expect(entry).toMatchObject({ act: 'ticket.renamed', subject: { type: 'ticket', id: ticket!.id } });
    expect(JSON.stringify(entry)).not.toContain('Zoë');
  });

  test('is fixed for the holder after the date that the organiser chose', async () => {
    const until = new Date(world.clock.now().getTime() + days(1)).toISOString();
    const fresh = await world.event({ fields: { renames: { allowed: true, until } } });
    const { tickets } = await buy(world, buyer, fresh);
    expect((await rename(buyer, tickets[0]!.id)).status).toBe(200);
    world.clock.advance(days(1));
    expect((await rename(buyer, tickets[0]!.id)).body.code).toBe('renames_ended');
  });
});

test('an export has received tickets without their codes; a deletion counts them and withdraws open offers', async () => {
  const fresh = await world.event();
  const friend = await world.user();
  const { ticketId, code } = await receive(friend, fresh);
  const exported = await friend.client.get('/api/me/export');
  expect(exported.body.receivedTickets).toMatchObject([{ id: ticketId }]);
  expect(exported.body.transfers).toMatchObject([{ ticketId, status: 'accepted' }]);
  expect(exported.bytes.toString()).not.toContain(code);
  expect((await friend.client.get('/api/me/deletion')).body.ticketsAhead).toBe(1);
  const offered = await offer(world, friend, ticketId, { email: freshAddress() });
  const password = { password: 'correct-horse-battery', ticketsLeaveMe: true };
  expect((await friend.client.post('/api/me/deletion', password)).status).toBe(204);
  const next = await world.guest();
  const late = await next.client.post(`/api/transfers/${offered.id}/acceptance`, {
    secret: offered.secret,
    name: 'N',
  });
  expect(late.body.code).toBe('transfer_withdrawn');
  // The deleted person's ticket still admits, like the tickets that they bought.
  expect((await scan(fresh, code)).status).toBe(201);
});
