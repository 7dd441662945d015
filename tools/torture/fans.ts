import { setTimeout as wait } from 'node:timers/promises';
import type { HoldId, TicketId, UserId } from '../../contract/ids.ts';
import { cards } from '../../server/features/payments/testing/purchase.ts';
import { type Client, createClient } from '../../server/testing/client.ts';
import { ask, expectCode, type Load, signIn } from './buyers.ts';
import { type Entry, newEntry } from './journal.ts';

/*
 * More people than an event has places. Each buys a ticket or waits for one, buys what the line offers, and then resells the
 * ticket, passes it on or returns it, so that the places go around until the load stops.
 */

interface Fan {
  client: Client;
  userId: UserId;
  name: string;
}

export async function fans(load: Load, count = 5): Promise<void> {
  const people = await Promise.all(
    Array.from(
      { length: count },
      async (_, i): Promise<Fan> => ({ ...(await signIn(load.url)), name: `fan-${i}` }),
    ),
  );
  await Promise.all(
    people.map(async (fan) => {
      for (let n = 0; !load.stopped; n++)
        await once(load, fan, n).catch(
          (error) => void load.journal.wrong.push(`${fan.name}: ${(error as Error).message}`),
        );
    }),
  );
}

/** A hold, or an offer of the line, and what its buyer learns about it. */
interface Taken {
  holdId: HoldId;
  entry: Entry;
}

async function once(load: Load, fan: Fan, n: number): Promise<void> {
  const taken = (await takePlace(load, fan, n)) ?? (await waitForPlace(load, fan, n));
  const ticketId = taken && (await buyPlace(load, fan, taken));
  if (!taken || !ticketId) return;
  const { entry } = taken;
  const roll = load.random.below(100);
  if (roll < 60) return resell(load, fan, ticketId, `${fan.name}-resale-${n}`);
  if (roll < 80) return passOn(load, fan, ticketId, n);
  const returned = await ask(load, () => fan.client.post(`/api/orders/${entry.ordered}/cancellation`));
  if (returned.status === 200) entry.cancelled = true;
  else expectCode(returned, ['order_not_cancellable']);
}

/** Holds a place, if one is free and nobody waits for it. */
async function takePlace(load: Load, { client, userId, name }: Fan, n: number): Promise<Taken | null> {
  const { eventId, ticketTypeId } = load.waitedFor;
  const entry = newEntry(userId, eventId, `${name}-wish-${n}`);
  load.journal.entries.push(entry);
  const items = [{ ticketTypeId, quantity: 1 }];
  const held = await ask(load, () =>
    client.post(`/api/events/${eventId}/holds`, { items }, { 'idempotency-key': entry.key }),
  );
  if (held.status !== 201) {
    entry.refused = expectCode(held, ['sold_out', 'hold_again_later', 'limit_reached']);
    return null;
  }
  entry.held = { id: held.body.id, places: 1 };
  entry.costs = held.body.total.amount;
  return { holdId: held.body.id, entry };
}

/** Joins the line and waits for an offer. Who has an entry already keeps it. */
async function waitForPlace(load: Load, { client, userId, name }: Fan, n: number): Promise<Taken | null> {
  const { eventId, ticketTypeId } = load.waitedFor;
  const wish = { ticketTypeId, quantity: 1, email: `${name}@example.com` };
  const joined = await ask(load, () =>
    client.post(`/api/events/${eventId}/waitlist`, wish, { 'idempotency-key': `${name}-join-${n}` }),
  );
  if (joined.status !== 201) {
    const code = expectCode(joined, ['places_available', 'already_waiting', 'limit_reached']);
    if (code !== 'already_waiting') {
      await wait(50);
      return null;
    }
  }
  for (let look = 0; look < 100 && !load.stopped; look++) {
    const { status, body } = await ask(load, () => client.get(`/api/events/${eventId}/waitlist/mine`));
    if (status !== 200) throw new Error(`the line is gone: ${status}`);
    const [latest] = body.items;
    if (latest?.offer) {
      load.journal.offers.push(latest.id);
      const { holdId } = latest.offer;
      // The judge finds it by the id of its hold.
      const entry = newEntry(userId, eventId, holdId);
      load.journal.entries.push(entry);
      return { holdId, entry };
    }
    if (latest?.status !== 'waiting') return null;
    await wait(100);
  }
  return null;
}

/** Orders and pays a hold. Returns the ticket if it was bought. */
async function buyPlace(
  load: Load,
  { client, userId }: Fan,
  { holdId, entry }: Taken,
): Promise<TicketId | null> {
  const buyer = { name: 'Grace Hopper', email: `${userId.toLowerCase()}@example.com` };
  const placed = await ask(load, () => client.post('/api/orders', { holdId, buyer }));
  if (placed.status !== 201) {
    expectCode(placed, ['hold_expired', 'hold_ended', 'not_found', 'event_not_on_sale']);
    return null;
  }
  const { order, payment } = placed.body;
  entry.held = { id: holdId, places: 1 };
  entry.ordered = order.id;
  entry.costs = order.total.amount;
  if (!payment) return null;
  entry.paymentId = payment.id;
  const card = { clientSecret: payment.clientSecret, card: { number: cards.success } };
  const paid = await ask(load, () => client.post(`/api/sandbox/payments/${payment.id}/confirmation`, card));
  if (paid.status === 200) entry.paid = paid.body.status === 'succeeded';
  else expectCode(paid, ['payment_not_open']);
  for (let look = 0; look < 40 && !load.stopped; look++) {
    const { body: seen } = await ask(load, () => client.get(`/api/orders/${order.id}`));
    if (seen.status === 'confirmed') {
      entry.confirmed = true;
      return seen.tickets[0].id;
    }
    if (seen.status !== 'pending') return null;
    await wait(100);
  }
  return null;
}

/** Offers a ticket and waits until somebody has bought it. Who gives up keeps the ticket, unless somebody is paying for it. */
async function resell(load: Load, { client }: Fan, ticketId: TicketId, key: string): Promise<void> {
  const path = `/api/tickets/${ticketId}/resale`;
  const offered = await ask(load, () => client.post(path, undefined, { 'idempotency-key': key }));
  if (offered.status !== 201) return void expectCode(offered, ['resale_pending', 'ticket_cancelled']);
  for (let look = 0; ; look++) {
    const { body: ticket } = await ask(load, () => client.get(`/api/tickets/${ticketId}`));
    if (!ticket.resale) {
      if (ticket.status === 'cancelled') load.journal.cancelledTickets.push(ticketId);
      return;
    }
    // Somebody is paying, and their payment takes its time.
    if (look > 300) return;
    if (look > 40 || load.stopped) {
      const kept = await ask(load, () => client.delete(path));
      if (kept.status === 204) return;
      expectCode(kept, ['resale_in_payment', 'ticket_cancelled']);
    }
    await wait(100);
  }
}

/** Passes a ticket on to somebody new, by the link in the mail. They go in with it or resell it. */
async function passOn(load: Load, fan: Fan, ticketId: TicketId, n: number): Promise<void> {
  const email = `${fan.name}-friend-${n}-${load.random.below(1e9)}@example.com`;
  const before = await ask(load, () => fan.client.get(`/api/tickets/${ticketId}`));
  const offered = await ask(load, () =>
    fan.client.post(`/api/tickets/${ticketId}/transfers`, { email }, { 'idempotency-key': email }),
  );
  if (offered.status !== 201) return void expectCode(offered, ['rate_limited', 'transfer_pending']);
  const secret = await secretFor(load, email);
  if (!secret) return;
  const friend = await signIn(load.url);
  const accepted = await ask(load, () =>
    friend.client.post(`/api/transfers/${offered.body.id}/acceptance`, { secret, name: 'Zoë Holt' }),
  );
  if (accepted.status !== 200) throw new Error(`a ticket is not accepted: ${JSON.stringify(accepted.body)}`);
  const { body: ticket } = await ask(load, () => friend.client.get(`/api/tickets/${ticketId}`));
  if (ticket.code === before.body.code) throw new Error(`${ticketId} has the code of its last holder`);
  load.journal.passedOn.push(offered.body.id);
  if (load.random.chance(30))
    load.atTheDoor.push({ id: ticketId, eventId: load.waitedFor.eventId, code: ticket.code });
  else await resell(load, { ...friend, name: email }, ticketId, `${email}-resale`);
}

/** The secret in the mail to an address; null if the mail does not come in time. */
async function secretFor(load: Load, email: string): Promise<string | null> {
  const client = createClient(load.url);
  for (let look = 0; look < 50 && !load.stopped; look++) {
    const { body } = await ask(load, () => client.get(`/api/mailbox?to=${encodeURIComponent(email)}`));
    const [mail] = body.items;
    if (mail) {
      const { body: read } = await ask(load, () => client.get(`/api/mailbox/${mail.id}`));
      return /\/t\/ttr_\w+#([\w-]+)/.exec(read.text)?.[1] ?? null;
    }
    await wait(200);
  }
  return null;
}
