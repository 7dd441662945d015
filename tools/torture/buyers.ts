import { setTimeout as wait } from 'node:timers/promises';
import type { EventId, TicketTypeId, UserId } from '../../contract/ids.ts';
import { cards } from '../../server/features/payments/testing/purchase.ts';
import type { Random } from '../../server/seeded-random.ts';
import { type Answer, type Client, createClient } from '../../server/testing/client.ts';
import type { House } from './house.ts';
import { type Entry, type Journal, newEntry } from './journal.ts';

export interface OnSale {
  eventId: EventId;
  ticketTypeId: TicketTypeId;
  seated: boolean;
}

export interface Load {
  url: string;
  events: OnSale[];
  /** An event that the organiser cancels when some of its orders are paid. */
  calledOff: OnSale;
  /** An event with few places, for which people wait. */
  waitedFor: OnSale;
  random: Random;
  journal: Journal;
  house: House;
  /** Tickets that were shown at the door. */
  atTheDoor: { id: string; eventId: EventId; code: string }[];
  /** Causes a change that live connections report. */
  stir(eventId: string): void;
  /** From then on buyers begin nothing new, and only finish what they have begun. */
  stopped: boolean;
}

/** After this time without an answer, a request counts as unanswered. */
const patienceMs = 10_000;
/** How long a buyer retries until there is an answer. */
const persistenceMs = 300_000;

export async function signIn(url: string): Promise<{ client: Client; userId: UserId }> {
  const client = createClient(url);
  const { status, body } = await client.post('/api/auth/sign-in/anonymous', {});
  if (status !== 200) throw new Error(`no guest: ${status} ${JSON.stringify(body)}`);
  return { client, userId: body.user.id };
}

/** Buys, drops and cancels until the load stops. Retries every unanswered request with its key. */
export async function buy(load: Load, { client, userId }: { client: Client; userId: UserId }): Promise<void> {
  for (let n = 0; !load.stopped; n++) {
    const wanted = load.random.pick([...load.events, load.calledOff]);
    const entry = newEntry(userId, wanted.eventId, `wish-${n}-${userId.slice(-6)}`);
    load.journal.entries.push(entry);
    await oneWish(load, client, wanted, entry).catch((error) =>
      load.journal.wrong.push(`${entry.key}: ${(error as Error).message}`),
    );
  }
}

/** Holds a place and releases it again, so that live connections report it. */
export async function stir({ url, events }: Load, eventId: string): Promise<void> {
  const sold = events.find((each) => each.eventId === eventId) as OnSale;
  const { client } = await signIn(url);
  const { ticketTypeId, seated } = sold;
  const wish = seated
    ? { bestAvailable: { ticketTypeId, quantity: 1 } }
    : { items: [{ ticketTypeId, quantity: 1 }] };
  const held = await client.post(`/api/events/${eventId}/holds`, wish);
  if (held.status === 201) await client.delete(`/api/holds/${held.body.id}`);
}

async function oneWish(
  load: Load,
  client: Client,
  { eventId, ticketTypeId, seated }: OnSale,
  entry: Entry,
): Promise<void> {
  const { random } = load;
  const quantity = random.between(1, 3);
  const wish = seated
    ? { bestAvailable: { ticketTypeId, quantity } }
    : { items: [{ ticketTypeId, quantity }] };
  const held = await ask(load, () =>
    client.post(`/api/events/${eventId}/holds`, wish, { 'idempotency-key': entry.key }),
  );
  if (held.status !== 201) {
    entry.refused = expectCode(held, ['sold_out', 'limit_reached', 'hold_again_later', 'event_not_on_sale']);
    return wait(20);
  }
  entry.held = { id: held.body.id, places: quantity };
  entry.costs = held.body.total.amount;
  if (random.chance(30)) await redeem(load, client, entry);
  const roll = random.below(100);
  if (roll < 15) return;
  if (roll < 35) return letGo(load, client, entry);
  await order(load, client, entry);
}

async function redeem(load: Load, client: Client, entry: Entry): Promise<void> {
  const answer = await ask(load, () =>
    client.put(`/api/holds/${entry.held?.id}/promo-code`, { code: 'HALF' }),
  );
  if (answer.status === 200) entry.costs = answer.body.total.amount;
  else expectCode(answer, ['promo_code_used_up', 'hold_expired', 'hold_ended']);
}

async function letGo(load: Load, client: Client, entry: Entry): Promise<void> {
  const answer = await ask(load, () => client.delete(`/api/holds/${entry.held?.id}`));
  if (answer.status !== 204) throw new Error(`a hold could not be let go: ${say(answer)}`);
  entry.released = true;
}

async function order(load: Load, client: Client, entry: Entry): Promise<void> {
  // Each buyer has their own mailbox, because all of them with one would soon reach its limit.
  const email = `${entry.buyerId.toLowerCase()}@example.com`;
  const body = { holdId: entry.held?.id, buyer: { name: 'Ada Osei', email } };
  const placed = await ask(load, () => client.post('/api/orders', body));
  if (placed.status !== 201) return void expectCode(placed, ['hold_expired', 'hold_ended']);
  const { order: made, payment } = placed.body;
  entry.ordered = made.id;
  // An order that expired meanwhile has no payment any more.
  if (!payment) return;
  entry.paymentId = payment.id;
  const { random } = load;
  if (random.chance(15)) return cancel(load, client, entry);
  const number = random.pick([
    cards.success,
    cards.success,
    cards.success,
    cards.twice,
    cards.declined,
    cards.late,
    banks.lost,
    banks.won,
  ]);
  const pay = () =>
    client.post(`/api/sandbox/payments/${payment.id}/confirmation`, {
      clientSecret: payment.clientSecret,
      card: { number },
    });
  const paid = await ask(load, pay);
  // Refused as not open: an earlier attempt succeeded without an answer, or the order has ended.
  if (paid.status === 200) entry.paid = paid.body.status === 'succeeded';
  else expectCode(paid, ['payment_not_open']);
  if (entry.paid && (number === banks.lost || number === banks.won)) load.journal.disputed.push(payment.id);
  if (number === cards.declined || number === cards.late || !random.chance(50)) return;
  for (let look = 0; look < 20 && !load.stopped && !entry.confirmed; look++) {
    const { status, body: seen } = await ask(load, () => client.get(`/api/orders/${made.id}`));
    if (status !== 200) throw new Error(`an order is gone: ${status}`);
    entry.confirmed = seen.status === 'confirmed';
    if (!entry.confirmed) await wait(50);
  }
  if (!entry.confirmed) return;
  if (random.chance(20)) return cancel(load, client, entry);
  if (random.chance(20)) await refundOutside(load, payment, random.pick([1, 333, 1250]));
  if (random.chance(25)) await refund(load, client, entry);
  const shown = random.chance(30) ? await cancelOne(load, client, entry) : null;
  await goToTheDoor(load, client, made.id, shown);
}

/** Cards whose bank opens a dispute some seconds later, and decides it a minute after that. */
const banks = { lost: '4000 0000 0000 2685', won: '4000 0000 0000 2693' };

/**
 * Somebody refunds at the provider. The provider has no key for it, so an unanswered request is not sent again: it may have
 * been done.
 */
async function refundOutside(
  load: Load,
  { id, clientSecret }: { id: string; clientSecret: string },
  amount: number,
): Promise<void> {
  const answer = await createClient(load.url)
    .post(`/api/sandbox/payments/${id}/refunds`, { clientSecret, amount })
    .catch(() => null);
  if (answer?.status === 201) load.journal.outside.push(answer.body.reference);
  else if (answer && answer.status < 500) expectCode(answer, ['refund_exceeds_paid']);
}

/** The organiser refunds a ticket or an amount. Every unanswered request is sent again with its key, so it happens once. */
async function refund(load: Load, client: Client, entry: Entry): Promise<void> {
  const { house, random } = load;
  const { body: order } = await ask(load, () => client.get(`/api/orders/${entry.ordered}`));
  const { id } = random.pick(order.tickets as { id: string }[]);
  const what = random.chance(50) ? { tickets: [id] } : { amount: { amount: 100, currency: 'EUR' } };
  const headers = { ...house.headers, 'idempotency-key': `${entry.key}-refund` };
  const answer = await ask(load, () =>
    house.client.post(`/api/orders/${entry.ordered}/refunds`, { ...what, reason: 'Torture' }, headers),
  );
  if (answer.status !== 201) return void expectCode(answer, ['refund_exceeds_paid', 'order_disputed']);
  const { refund: made } = answer.body;
  entry.refundedMinor = made.amount.amount;
  load.journal.refunds.push(made.id);
  if (!made.keepsTickets) load.journal.cancelledTickets.push(id);
}

/** Brings the order's tickets to the door, each once: `shown` is there already. */
async function goToTheDoor(load: Load, client: Client, orderId: string, shown: string | null): Promise<void> {
  const { body: order } = await ask(load, () => client.get(`/api/orders/${orderId}`));
  for (const { id } of order.tickets) {
    const { status, body: ticket } = await ask(load, () => client.get(`/api/tickets/${id}`));
    if (status !== 200) throw new Error(`a ticket is gone: ${status}`);
    // A cancelled ticket has no code.
    if (ticket.code && id !== shown) load.atTheDoor.push({ id, eventId: order.event.id, code: ticket.code });
  }
}

/**
 * Cancels one ticket, half of the time while somebody shows it at the door: exactly one wins. A retry is the same
 * cancellation. Returns the ticket that was shown, or null.
 */
async function cancelOne(load: Load, client: Client, entry: Entry): Promise<string | null> {
  const { body: order } = await ask(load, () => client.get(`/api/orders/${entry.ordered}`));
  const { id } = load.random.pick(order.tickets as { id: string }[]);
  const { body: ticket } = await ask(load, () => client.get(`/api/tickets/${id}`));
  const isShown = load.random.chance(50);
  // The ticket has no code if its event was cancelled.
  if (isShown && ticket.code) load.atTheDoor.push({ id, eventId: order.event.id, code: ticket.code });
  const headers = { 'idempotency-key': `${entry.key}-cancel` };
  const answer = await ask(load, () =>
    client.post(`/api/orders/${entry.ordered}/cancellation`, { tickets: [id] }, headers),
  );
  if (answer.status === 200) load.journal.cancelledTickets.push(id);
  else expectCode(answer, ['ticket_not_cancellable', 'order_not_cancellable', 'order_disputed']);
  return isShown ? id : null;
}

async function cancel(load: Load, client: Client, entry: Entry): Promise<void> {
  const answer = await ask(load, () => client.post(`/api/orders/${entry.ordered}/cancellation`));
  if (answer.status === 200) entry.cancelled = true;
  else expectCode(answer, ['order_not_cancellable', 'order_disputed']);
}

/** Retries until there is an answer. After a 503 the outcome is unknown; any other 5xx is a defect. */
export async function ask(load: Load, request: () => Promise<Answer>): Promise<Answer> {
  const until = performance.now() + persistenceMs;
  for (;;) {
    const answer = await Promise.race([request().catch(() => null), wait(patienceMs, null, { ref: false })]);
    if (answer && answer.status < 500) {
      load.journal.answered++;
      return answer;
    }
    load.journal.unanswered++;
    if (!answer) load.journal.silent++;
    else if (answer.status !== 503 || !answer.headers.has('retry-after'))
      load.journal.wrong.push(`answered ${say(answer)}`);
    if (performance.now() > until) throw new Error('nobody answers any more');
    await wait(100);
  }
}

export function expectCode(answer: Answer, codes: string[]): string {
  if (!codes.includes(answer.body?.code))
    throw new Error(`answered ${say(answer)} instead of ${codes.join(' or ')}`);
  return answer.body.code;
}

const say = ({ status, body }: Answer): string => `${status} ${JSON.stringify(body)}`;
