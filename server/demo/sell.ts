import type { EventId, OrderId, TicketTypeId, UserId } from '../../contract/ids.ts';
import { asSandbox } from '../adapters/payments/sandbox.ts';
import type { App } from '../app.ts';
import type { Caller } from '../features/accounts/accounts.ts';
import { createUser } from '../features/accounts/create-user.ts';
import { orderIdOf } from '../features/inventory/inventory.ts';
import { readOrder } from '../features/orders/read-order.ts';
import { openPayment } from '../features/payments/open-payment.ts';
import { takePayment } from '../features/payments/take-payment.ts';
import { demoPassword } from './accounts.ts';

interface Sale {
  eventId: EventId;
  ticketTypeId: TicketTypeId;
  places: number;
}

/** Earlier buyers: their orders make some events of the demo nearly sold out. */
const guests = [
  { name: 'Tomasz Wrona', email: 'tomasz@example.com' },
  { name: 'Ingrid Haugen', email: 'ingrid@example.com' },
  { name: 'Leila Haddad', email: 'leila@example.com' },
];

/**
 * Sells places through the ledger and the sandbox's cards, as buyers do. It sells nothing with another payment
 * provider, because that moves real money.
 */
export async function sellDemoPlaces(app: App, sales: Sale[], buyer: Caller): Promise<void> {
  if (!asSandbox(app.payments)) return;
  const accounts = await Promise.all(
    guests.map(async (guest) => ({
      ...guest,
      userId: await createUser(app, { ...guest, password: demoPassword, role: 'user', verified: true }),
    })),
  );
  await Promise.all(
    sales.flatMap((sale) =>
      shares(sale.places, accounts.length).map((places, i) =>
        buy(app, { ...sale, places }, accounts[i] as Guest),
      ),
    ),
  );
  const [first] = sales;
  if (first)
    await buy(
      app,
      { ...first, places: 2 },
      { userId: buyer.userId, name: 'Bea Winter', email: 'buyer@example.com' },
    );
}

type Guest = { userId: UserId; name: string; email: string };

/** Splits places among this many buyers, with no order above the limit. */
const shares = (places: number, buyers: number): number[] =>
  Array.from({ length: buyers }, (_, i) => Math.floor((places + i) / buyers)).filter((share) => share > 0);

/** Buys places as a guest of the demo would, with a card that works. */
export async function buy(app: App, { eventId, ticketTypeId, places }: Sale, guest: Guest): Promise<OrderId> {
  const holdId = app.newId('hold');
  const wants = { kind: 'items' as const, items: [{ ticketTypeId, quantity: places }] };
  const { userId: buyerId, name: buyerName, email: buyerEmail } = guest;
  const place = { kind: 'place', holdId, buyerId, wants, retry: null, network: null } as const;
  const held = await app.ledger.submit(eventId, place);
  if (held.kind !== 'held')
    throw new Error(`the demo could not hold ${places} places of ${eventId}: ${JSON.stringify(held)}`);
  const mailbox = app.marks.ofMailbox(buyerEmail);
  const order = { buyerName, buyerEmail, mailbox, attendees: null, returnUrl: null, language: 'en' as const };
  await app.ledger.submit(eventId, { kind: 'order', holdId, buyerId, order });
  if (held.hold.totalMinor > 0) await pay(app, eventId, holdId);
  return orderIdOf(holdId);
}

async function pay(app: App, eventId: EventId, holdId: Parameters<typeof orderIdOf>[0]): Promise<void> {
  const order = await readOrder(app, orderIdOf(holdId));
  if (!order) throw new Error(`the demo placed an order for ${holdId} and it is not there`);
  const payment = await openPayment(app, order);
  await asSandbox(app.payments)?.presentCard(payment.id, payment.clientSecret, '4242424242424242');
  // The sandbox's webhook arrives after the server listens, and finds the order confirmed.
  const { id: orderId, totalMinor: amountMinor, currency } = order;
  const intentRef = `pi_${payment.id.slice(4)}`;
  const money = {
    orderId,
    eventId,
    intentRef,
    checkoutRef: null,
    amountMinor,
    currency,
    card: null,
  };
  await takePayment(app, null, money);
}
