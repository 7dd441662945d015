import type { EventId, OrderId, TicketTypeId, UserId } from '../../contract/ids.ts';
import type { Source } from '../../contract/source.ts';
import { asSandbox } from '../adapters/payments/sandbox.ts';
import type { App } from '../app.ts';
import { type Clock, systemClock } from '../clock.ts';
import { createUser } from '../features/accounts/create-user.ts';
import { hashPassword } from '../features/accounts/passwords.ts';
import { admitScans } from '../features/door/admit-scans.ts';
import { memberScanner } from '../features/door-links/scanner.ts';
import { readOrder } from '../features/orders/read-order.ts';
import { cancelByPolicy } from '../features/purchases/cancel-by-policy.ts';
import { readTicketsOfOrder } from '../features/tickets/list-tickets.ts';
import { demoPassword } from './accounts.ts';
import { type DemoEvent, instantOf, paragraphs } from './demo-event.ts';
import { buy } from './sell.ts';

/** An event that is over, so that its organiser finds figures, orders, check-ins and money that is due. */
export const pastEvent: DemoEvent = {
  house: 'nachtschicht',
  cover: 'night-shift',
  when: { inWeeks: -4, weekday: 5, at: '23:00', hours: 8, doorsMinutesBefore: 30 },
  event: {
    title: 'Cellar Session',
    summary: 'The small edition: eighty people, one room below the boilers, no photographs.',
    category: 'nightlife',
    timeZone: 'Europe/Berlin',
    venue: {
      name: 'Kesselhaus Ost, Keller',
      address: 'Siegfriedstraße 60',
      city: 'Berlin',
      country: 'DE',
      latitude: 52.5227,
      longitude: 13.4928,
    },
    currency: 'EUR',
    maxPerBuyer: 6,
    refundPolicy: { steps: [{ hoursBefore: 48, refundPercent: 100 }] },
    pools: [{ key: 'cellar', name: 'Cellar', capacity: 80 }],
    ticketTypes: [
      { name: 'Early bird', priceMinor: 1800, pools: ['cellar'], maxPerOrder: 4 },
      { name: 'Regular', priceMinor: 2600, pools: ['cellar'], maxPerOrder: 6 },
    ],
    description: paragraphs(
      'Twice a year we go down one floor. The cellar holds eighty people, and the low frequencies stay where they are made.',
      'Over 18 only; bring a card with your date of birth.',
    ),
  },
};

/** Days before the event, ticket type, places, and how many hours after the doors they came; null if they never did. */
type Visit = [days: number, type: 0 | 1, places: number, cameAfterHours: number | null];

/** The sales of five weeks: many on the first days, many in the last week. */
const visits: Visit[] = [
  [35, 0, 4, 0.4],
  [35, 0, 2, 0.6],
  [35, 0, 3, 1.2],
  [34, 0, 2, 0.3],
  [34, 0, 4, 2.1],
  [33, 0, 1, 0.8],
  [31, 0, 2, 1.1],
  [29, 0, 3, 0.9],
  [26, 1, 2, 1.6],
  [24, 1, 4, 2.4],
  [21, 1, 2, 0.5],
  [19, 1, 1, null],
  [16, 1, 3, 1.4],
  [14, 1, 2, 3.1],
  [12, 1, 2, 0.7],
  [9, 1, 4, 1.9],
  [7, 1, 2, 2.2],
  [6, 1, 3, 1.3],
  [5, 1, 2, 2.6],
  [4, 1, 4, 1.7],
  [3, 1, 2, null],
  [3, 1, 5, 2.8],
  [2, 1, 3, 3.4],
  [2, 1, 2, 1.5],
  [1, 1, 6, 2.0],
  [1, 1, 3, 2.9],
];

/** The order that its buyer cancels, and how many days before the event. */
const cancelled = { index: 12, days: 8 };

const names = [
  ...[
    'Anouk Delacroix',
    'Bartosz Zieliński',
    'Carmen Ibáñez',
    'Dilan Yıldız',
    'Eirik Solheim',
    'Farah Mansour',
  ],
  ...['Giulia Ferrante', 'Henrik Aalto', 'Imani Okafor', 'Jonas Reuter', 'Katarína Nováková', 'Lars Brandt'],
  ...['Maya Cohen', 'Nils Ekström', 'Oriane Petit', 'Paulo Teixeira', 'Quinn Murphy', 'Rosa Marchetti'],
  ...['Salma Idrissi', 'Theo van Dijk', 'Ulrike Sommer', 'Viktor Horvat', 'Wanda Kowal', 'Ximena Rojas'],
  ...['Yara Haddad', 'Zoltán Szabó'],
];

const sources: Source[] = [
  { device: 'phone', timeZone: 'Europe/Berlin', link: 'newsletter' },
  { device: 'phone', timeZone: 'Europe/Berlin' },
  { device: 'desktop', timeZone: 'Europe/Berlin', link: 'instagram' },
  { device: 'phone', timeZone: 'Europe/Warsaw', link: 'instagram' },
  { device: 'tablet', timeZone: 'Europe/Amsterdam' },
];

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** A clock that stands where the demo has put it. */
export interface DemoClock extends Clock {
  set(instant: Date): void;
}

export function createDemoClock(at: Date): DemoClock {
  return {
    now: () => at,
    monotonicMs: systemClock.monotonicMs,
    set(instant) {
      at = instant;
    },
  };
}

export const startOfPastEvent = (now: Date): Date => instantOf(now, pastEvent.when, pastEvent.event.timeZone);

/** When the organiser publishes the event: a day before the first order. */
export const publishedPastEvent = (now: Date): Date =>
  new Date(startOfPastEvent(now).getTime() - ((visits[0]?.[0] ?? 0) + 1) * dayMs);

/** Lives through the sale and the night of the event. `app` runs by `clock`. Sells nothing for real money. */
export async function livePastEvent(
  app: App,
  clock: DemoClock,
  event: { id: EventId; startsAt: Date; ticketTypeIds: TicketTypeId[] },
  steward: UserId,
): Promise<void> {
  if (!asSandbox(app.payments)) return;
  const password = { hash: await hashPassword(demoPassword) };
  const orders: { orderId: OrderId; cameAfterHours: number | null }[] = [];
  let daysLeft = Number.POSITIVE_INFINITY;
  for (const [index, [days, type, places, cameAfterHours]] of visits.entries()) {
    if (daysLeft > cancelled.days && days <= cancelled.days)
      await cancel(app, clock, event.startsAt, orders[cancelled.index]?.orderId);
    daysLeft = days;
    const at = new Date(event.startsAt.getTime() - days * dayMs - (4 + (index % 5) * 2) * hourMs);
    clock.set(at);
    const name = names[index] ?? '';
    const email = `${name
      .toLowerCase()
      .normalize('NFD')
      .replaceAll(/[^a-z ]/g, '')
      .split(' ')
      .join('.')}@example.com`;
    const userId = await createUser(app, { name, email, password, role: 'user', verified: true });
    const ticketTypeId = event.ticketTypeIds[type] as TicketTypeId;
    const orderId = await buy(app, { eventId: event.id, ticketTypeId, places }, { userId, name, email });
    orders.push({ orderId, cameAfterHours });
    // Five people look for each that buys, and two of them begin to choose.
    const source = sources[index % sources.length] as Source;
    for (let n = 0; n < 5; n++)
      app.visits.note(event.id, 'view', source, new Date(at.getTime() - n * hourMs));
    for (let n = 0; n < 2; n++) app.visits.note(event.id, 'click', source, at);
    app.visits.noteOrder(event.id, orderId, source);
  }
  await app.visits.flush();
  await admitAll(app, clock, event, orders, steward);
}

async function cancel(
  app: App,
  clock: DemoClock,
  startsAt: Date,
  orderId: OrderId | undefined,
): Promise<void> {
  clock.set(new Date(startsAt.getTime() - cancelled.days * dayMs - hourMs));
  const order = orderId && (await readOrder(app, orderId));
  if (order) await cancelByPolicy(app, { body: undefined, retry: null }, order, { tickets: 'all' });
}

/** Each group comes at its own time through one of two gates. */
async function admitAll(
  app: App,
  clock: DemoClock,
  event: { id: EventId; startsAt: Date },
  orders: { orderId: OrderId; cameAfterHours: number | null }[],
  steward: UserId,
): Promise<void> {
  const came = orders.flatMap(({ orderId, cameAfterHours }, index) =>
    cameAfterHours === null || index === cancelled.index ? [] : [{ orderId, cameAfterHours, index }],
  );
  for (const { orderId, cameAfterHours, index } of came.toSorted(
    (a, b) => a.cameAfterHours - b.cameAfterHours,
  )) {
    clock.set(new Date(event.startsAt.getTime() + (cameAfterHours - 0.5) * hourMs));
    const tickets = await readTicketsOfOrder(app.db, orderId);
    const gate = index % 3 === 0 ? 'Courtyard' : 'Street';
    const scans = tickets.map((ticket) => ({
      code: app.signer.sign({ eventId: event.id, ticketId: ticket.id, issue: ticket.issue }),
      nonce: app.newId('checkIn'),
      gate,
    }));
    const outcomes = await admitScans(app, event.id, scans, memberScanner(steward));
    if (outcomes.some(({ kind }) => kind !== 'admitted'))
      throw new Error(`the demo could not admit the tickets of ${orderId}: ${JSON.stringify(outcomes)}`);
  }
}
