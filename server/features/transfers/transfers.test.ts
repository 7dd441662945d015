import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { lettersTo, offer, scan } from './testing/offer.ts';

let world: World;
let event: TestEvent;
let buyer: Person;
let friend: Person;
let addresses = 0;
const freshAddress = () => `friend-${++addresses}@example.com`;

beforeAll(async () => {
  world = await createWorld();
  // Far away, because tests move the clock by weeks.
  const startsAt = world.clock.now().getTime() + days(300);
  const fields = {
    maxPerBuyer: 1000,
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(startsAt + hours(4)).toISOString(),
  };
  event = await world.event({ capacity: 1000, priceMinor: 2500, fields });
  buyer = await world.guest();
  friend = await world.guest();
});
afterAll(() => world.close());

/** A bought ticket with its code. */
const ticketOf = async (at = event, person = buyer, email = 'ada@example.com') => {
  const { orderId, tickets } = await buy(world, person, at, { buyer: { name: 'Ada Osei', email } });
  return { orderId, ...tickets[0]! };
};
const accept = (person: Person, { id, secret }: { id: string; secret: string }, name = 'Grace Hopper') =>
  person.client.post(`/api/transfers/${id}/acceptance`, { secret, name });
const issueOf = async (ticketId: string) =>
  (await world.app.db.query<{ issue: number }>('select issue from tickets where id = $1', [ticketId]))[0]
    ?.issue;

describe('an offer', () => {
  test('is accepted by a guest with the secret of the mail: new code, old code dead, history for both', async () => {
    const ticket = await ticketOf();
    const offered = await offer(world, buyer, ticket.id, { email: freshAddress(), message: 'Have fun!' });
    expect(offered.transfer).toMatchObject({
      status: 'pending',
      from: { name: 'Ada Osei' },
      to: { name: null },
      message: 'Have fun!',
      expiresAt: new Date(world.clock.now().getTime() + days(7)).toISOString(),
    });
    // Until somebody accepts, the ticket stays the buyer's.
    expect((await buyer.client.get(`/api/tickets/${ticket.id}`)).body.code).toBe(ticket.code);
    const shown = await world.client().post(`/api/transfers/${offered.id}`, { secret: offered.secret });
    expect(shown.body).toMatchObject({
      tickets: [{ ticketTypeName: 'Regular' }],
      event: { title: 'Night Shift' },
    });
    expect(JSON.stringify(shown.body)).not.toContain('ADMIT1.');
    const { status, body } = await accept(friend, offered);
    expect([status, body.attendeeName, body.isReceived]).toEqual([200, 'Grace Hopper', true]);
    expect(body.code).not.toBe(ticket.code);
    expect(await issueOf(ticket.id)).toBe(2);
    expect((await scan(event, ticket.code)).body.code).toBe('ticket_transferred');
    expect((await scan(event, body.code)).body).toMatchObject({ attendeeName: 'Grace Hopper' });
    const history = [
      await buyer.client.get(`/api/orders/${ticket.orderId}/transfers`),
      await event.organiser.client.get(`/api/orders/${ticket.orderId}/transfers`),
      await friend.client.get(`/api/tickets/${ticket.id}/transfers`),
    ];
    for (const each of history)
      expect(each.body.items).toMatchObject([{ status: 'accepted', to: { name: 'Grace Hopper' } }]);
  });

  test('sends a mail to the recipient, and after the acceptance one to each side', async () => {
    const [email, sender] = [freshAddress(), freshAddress()];
    const ticket = await ticketOf(event, buyer, sender);
    const offered = await offer(world, buyer, ticket.id, { email, message: 'See you <b>there</b>' });
    const [first] = await lettersTo(world, email);
    expect(first).toMatchObject({ subject: 'Ada Osei has a ticket for you: Night Shift' });
    expect(first?.text).toContain('See you <b>there</b>');
    expect(first?.html).not.toContain('<b>there</b>');
    await accept(friend, offered);
    const last = (await lettersTo(world, email)).find(
      ({ subject }) => subject === 'Your ticket: Night Shift',
    );

    expect(last?.attachments.map(({ type }) => type)).toEqual(['application/pdf', 'text/calendar']);
    const told = (await lettersTo(world, sender)).find(({ subject }) =>
      subject.startsWith('Ticket passed on'),
    );
    expect(told?.text).toContain('Grace Hopper');
    expect(told?.text).not.toContain(offered.secret);
  });

  test('in another language writes in it', async () => {
    const ticket = await ticketOf();
    const email = freshAddress();
    await buyer.client.post(`/api/tickets/${ticket.id}/transfers`, { email }, { 'accept-language': 'de' });
    const [mail] = await lettersTo(world, email);
    expect(mail?.subject).toBe('Ada Osei hat ein Ticket für dich: Night Shift');
  });

  test('can be declined without an account; the sender hears of it and keeps the ticket', async () => {
    const sender = freshAddress();
    const ticket = await ticketOf(event, buyer, sender);
    const offered = await offer(world, buyer, ticket.id, { email: freshAddress() });
    const path = `/api/transfers/${offered.id}/refusal`;
    for (const round of [1, 2])
      expect([round, (await world.client().post(path, { secret: offered.secret })).status]).toEqual([
        round,
        204,
      ]);
    expect((await accept(friend, offered)).body.code).toBe('transfer_declined');
    const subjects = (await lettersTo(world, sender)).map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject === 'Ticket not passed on: Night Shift')).toHaveLength(1);
    expect((await scan(event, ticket.code)).status).toBe(201);
  });

  test('that was withdrawn accepts nobody', async () => {
    const ticket = await ticketOf();
    const offered = await offer(world, buyer, ticket.id, { email: freshAddress() });
    expect((await friend.client.delete(`/api/transfers/${offered.id}`)).status).toBe(404);
    for (const round of [1, 2])
      expect([round, (await buyer.client.delete(`/api/transfers/${offered.id}`)).status]).toEqual([
        round,
        204,
      ]);
    const refused = await accept(friend, offered);
    expect([refused.status, refused.body.code]).toEqual([409, 'transfer_withdrawn']);
    expect(await issueOf(ticket.id)).toBe(1);
    // Another offer is possible, and the first link stays dead.
    const again = await offer(world, buyer, ticket.id, { email: freshAddress() });
    expect((await accept(friend, offered)).body.code).toBe('transfer_withdrawn');
    expect((await accept(friend, again)).status).toBe(200);
  });

  test('ends by the clock, also before the job has run; then the sender hears of it once', async () => {
    const email = freshAddress();
    const ticket = await ticketOf(event, buyer, email);
    const offered = await offer(world, buyer, ticket.id, { email: freshAddress() });
    world.clock.advance(days(7));
    expect((await accept(friend, offered)).body.code).toBe('transfer_expired');
    const before = (await lettersTo(world, email)).length;
    for (const _ of [1, 2]) {
      await world.app.db.run(`select graphile_worker.add_job('expire-transfers', '{}'::json)`);
      await world.drain();
    }
    expect((await lettersTo(world, email)).length).toBe(before + 1);
    const { items } = (await buyer.client.get(`/api/tickets/${ticket.id}/transfers`)).body;
    expect(items).toMatchObject([{ status: 'expired' }]);
  });

  test('ends at the start of the event', async () => {
    const soon = await world.event({
      fields: {
        startsAt: new Date(world.clock.now().getTime() + days(2)).toISOString(),
        endsAt: new Date(world.clock.now().getTime() + days(2) + hours(4)).toISOString(),
      },
    });
    const ticket = await ticketOf(soon);
    const offered = await offer(world, buyer, ticket.id, { email: freshAddress() });
    expect(offered.transfer.expiresAt).toBe(new Date(world.clock.now().getTime() + days(2)).toISOString());
  });

  test('with a wrong secret, or the secret of another offer, does not exist', async () => {
    const [one, two] = [await ticketOf(), await ticketOf()];
    const first = await offer(world, buyer, one.id, { email: freshAddress() });
    const second = await offer(world, buyer, two.id, { email: freshAddress() });
    for (const secret of ['x'.repeat(32), second.secret]) {
      expect((await accept(friend, { id: first.id, secret })).status).toBe(404);
      for (const path of ['', '/refusal']) {
        const answer = await world.client().post(`/api/transfers/${first.id}${path}`, { secret });
        expect([path, answer.status]).toEqual([path, 404]);
      }
      const opened = await friend.client.post(`/api/transfers/${first.id}/openings`, { secret });
      expect(opened.status).toBe(404);
    }
  });
});

describe('an offer is refused', () => {
  const refusalOf = async (ticketId: string, body: object = { email: freshAddress() }, person = buyer) => {
    const answer = await person.client.post(`/api/tickets/${ticketId}/transfers`, body);
    return answer.status === 201 ? 'accepted' : answer.body.code;
  };

  test('to oneself: the address of the order, in any case, or of the account', async () => {
    const ticket = await ticketOf();
    expect(await refusalOf(ticket.id, { email: 'ADA@example.com' })).toBe('transfer_to_oneself');
    const person = await world.user();
    const mine = await ticketOf(event, person);
    expect(await refusalOf(mine.id, { email: person.email }, person)).toBe('transfer_to_oneself');
    // The sender who gets hold of the link cannot accept it either.
    const offered = await offer(world, buyer, ticket.id, { email: freshAddress() });
    expect((await accept(buyer, offered)).body.code).toBe('transfer_to_oneself');
  });

  test('while another one is under way, also at the same instant', async () => {
    const ticket = await ticketOf();
    const answers = await Promise.all([1, 2, 3, 4].map(() => refusalOf(ticket.id)));
    expect(answers.sort()).toEqual(['accepted', 'transfer_pending', 'transfer_pending', 'transfer_pending']);
  });

  test('of a used, a cancelled and a refunded ticket', async () => {
    const [used, cancelled, refunded] = [await ticketOf(), await ticketOf(), await ticketOf()];
    await scan(event, used.code);
    expect(await refusalOf(used.id)).toBe('ticket_used');
    await buyer.client.post(`/api/orders/${cancelled.orderId}/cancellation`, {});
    expect(await refusalOf(cancelled.id)).toBe('ticket_cancelled');
    const refund = { reason: 'Sorry', keepTickets: true };
    const { status } = await event.organiser.client.post(`/api/orders/${refunded.orderId}/refunds`, refund);
    expect(status).toBe(201);
    expect(await refusalOf(refunded.id)).toBe('ticket_refunded');
  });

  test('if the organiser has switched transfers off, or their time is over, at the offer and at the acceptance', async () => {
    const until = new Date(world.clock.now().getTime() + days(3)).toISOString();
    const timed = await world.event({ fields: { transfers: { allowed: true, until } } });
    const ticket = await ticketOf(timed);
    const offered = await offer(world, buyer, ticket.id, { email: freshAddress() });
    expect(offered.transfer.expiresAt).toBe(until);
    const patch = (transfers: object, version: number) =>
      timed.organiser.client.patch(`/api/events/${timed.id}`, { transfers }, { 'if-match': `"${version}"` });
    const { body } = await patch({ allowed: false }, timed.version);
    expect(body.transfers).toEqual({ allowed: false, until: null });
    expect((await accept(friend, offered)).body.code).toBe('transfers_off');
    expect(await refusalOf((await ticketOf(timed)).id)).toBe('transfers_off');
    await patch({ allowed: true, until }, body.version);
    world.clock.advance(days(3));
    expect(await refusalOf((await ticketOf(timed)).id)).toBe('transfers_ended');
    expect((await accept(friend, offered)).body.code).toBe('transfers_ended');
  });

  test('after the event, and of a cancelled event', async () => {
    const past = await world.event();
    const ticket = await ticketOf(past);
    const gone = await world.event();
    const dead = await ticketOf(gone);
    const offered = await offer(world, buyer, dead.id, { email: freshAddress() });
    await gone.organiser.client.post(`/api/events/${gone.id}/cancellation`, {
      reason: 'Storm',
      refund: 'full',
    });
    expect(await refusalOf(dead.id)).toBe('event_cancelled');
    expect((await accept(friend, offered)).body.code).toBe('event_cancelled');
    world.clock.advance(days(31));
    expect(await refusalOf(ticket.id)).toBe('event_over');
  });

  test('with a message that has a link', async () => {
    const ticket = await ticketOf();
    for (const message of ['see https://evil.example', 'www.evil.example', 'a\u0000b'])
      expect(await refusalOf(ticket.id, { email: freshAddress(), message })).toBe('invalid_request');
    expect(await refusalOf(ticket.id, { email: freshAddress(), message: 'Line one\nline two' })).toBe(
      'accepted',
    );
  });
});

test('nobody is mailed a hundred times: budgets per recipient and per sender', async () => {
  const strict = await createWorld({ RATE_LIMIT_FACTOR: '1' });
  try {
    const night = await strict.event({ priceMinor: 0, fields: { maxPerBuyer: 30 } });
    const person = await strict.guest();
    const { tickets } = await buy(strict, person, night, { quantity: 10 });
    const start = (ticketId: string, email: string) =>
      person.client.post(`/api/tickets/${ticketId}/transfers`, { email });
    const statuses: number[] = [];
    for (const { id } of tickets) statuses.push((await start(id, 'stranger@example.com')).status);
    expect(statuses).toEqual([201, 201, 201, 201, 201, 429, 429, 429, 429, 429]);
    const more: number[] = [];
    for (let i = 0; i < 17; i++) {
      const { status, body } = await start(tickets[9]!.id, `stranger-${i}@example.com`);
      more.push(status);
      if (status === 201) await person.client.delete(`/api/transfers/${body.id}`);
    }
    expect(more.filter((status) => status === 201)).toHaveLength(15);
    expect(more.at(-1)).toBe(429);
  } finally {
    await strict.close();
  }
});

describe('at the same instant', () => {
  test('two people with the link accept: one gets the ticket', async () => {
    for (let round = 0; round < 5; round++) {
      const ticket = await ticketOf();
      const offered = await offer(world, buyer, ticket.id, { email: freshAddress() });
      const other = await world.guest();
      const answers = await Promise.all([accept(friend, offered), accept(other, offered)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(answers.find(({ status }) => status === 409)?.body.code).toBe('transfer_accepted');
      expect(await issueOf(ticket.id)).toBe(2);
    }
  });

  test('one person accepts twice: the same answer, one new code', async () => {
    const ticket = await ticketOf();
    const offered = await offer(world, buyer, ticket.id, { email: freshAddress() });
    const answers = await Promise.all([1, 2, 3].map(() => accept(friend, offered)));
    answers.push(await accept(friend, offered));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.code)).size).toBe(1);
    expect(await issueOf(ticket.id)).toBe(2);
  });

  test('acceptance and check-in of the old code: either the ticket is used, or it has a new holder', async () => {
    for (let round = 0; round < 8; round++) {
      const ticket = await ticketOf();
      const offered = await offer(world, buyer, ticket.id, { email: freshAddress() });
      const [accepted, scanned] = await Promise.all([accept(friend, offered), scan(event, ticket.code)]);
      const outcome = [accepted.status, scanned.status];
      expect([
        [200, 409],
        [409, 201],
      ]).toContainEqual(outcome);
      if (accepted.status === 200) expect(scanned.body.code).toBe('ticket_transferred');
      else expect(accepted.body.code).toBe('ticket_used');
    }
  });

  test('acceptance and cancellation by the buyer: one of the two', async () => {
    for (let round = 0; round < 8; round++) {
      const ticket = await ticketOf();
      const offered = await offer(world, buyer, ticket.id, { email: freshAddress() });
      const [accepted, cancelled] = await Promise.all([
        accept(friend, offered),
        buyer.client.post(`/api/orders/${ticket.orderId}/cancellation`, {}),
      ]);
      expect([
        [200, 409],
        [409, 200],
      ]).toContainEqual([accepted.status, cancelled.status]);
      if (accepted.status === 200) expect(cancelled.body.code).toBe('ticket_transferred');
      else expect(accepted.body.code).toBe('ticket_cancelled');
    }
  });
});
