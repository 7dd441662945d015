import type { EventId, OrderId, TicketTypeId } from '../../../contract/ids.ts';
import type { OrderOrigin } from '../../../contract/order-origins.ts';
import { isExtra } from '../inventory/extras.ts';
import type { HoldLine } from '../inventory/inventory.ts';
import { splitOfOrder } from '../sale/split.ts';

/** The counters of a figure (0034_dashboard.sql). */
export const counters = [
  'placed',
  'paid',
  'tickets',
  'cancelled',
  'admitted',
  'gross',
  'net',
  'tax',
  'fees',
  'refunded',
  'net_refunded',
  'pending',
  'disputed',
] as const;
/** The most rows of one kind that figures show. */
export const mostRows = 100;

type Counter = (typeof counters)[number];
export type Counts = Record<Counter, number>;

/** An order as the tables have it now. */
export interface CountedOrder {
  id: OrderId;
  eventId: EventId;
  lines: HoldLine[];
  confirmedAt: Date | null;
  totalMinor: number;
  refundedMinor: number;
  /** The part of `refundedMinor` that was taken from tax and fees. */
  refundedOthersMinor: number;
  disputedMinor: number;
  /** The part of the disputed money that is the organiser's. */
  disputedNetMinor: number;
  pendingMinor: number;
  link: string | null;
  country: string | null;
  device: string | null;
  /** The tag of the voucher that it was bought with; null without one. */
  codeTag: string | null;
  /** How it came about. */
  origin: OrderOrigin;
  tickets: {
    type: TicketTypeId;
    count: number;
    cancelled: number;
    admitted: number;
    gross: number;
    tax: number;
    fees: number;
    refunded: number;
  }[];
}

export interface Entry {
  by: string;
  key: string;
  counts: Partial<Counts>;
}

/** Decision: what an order adds to the counters of its event. An order that was never paid only counts as placed. */
export function entriesOf(order: CountedOrder): Entry[] {
  const origin = [
    ['link', order.link ?? ''],
    ['country', order.country ?? ''],
    ['device', order.device ?? ''],
  ] as const;
  if (order.confirmedAt === null) return [{ by: 'all', key: '', counts: { placed: 1 } }];
  const split = splitOfOrder(order.lines);
  // Extras are money, and nobody who comes.
  const extras = new Set(order.lines.filter(isExtra).map(({ ticketTypeId }) => ticketTypeId));
  const sum = (of: (each: CountedOrder['tickets'][number]) => number) =>
    order.tickets.filter(({ type }) => !extras.has(type)).reduce((total, each) => total + of(each), 0);
  const counts: Partial<Counts> = {
    placed: 1,
    paid: 1,
    tickets: sum(({ count }) => count),
    cancelled: sum(({ cancelled }) => cancelled),
    admitted: sum(({ admitted }) => admitted),
    gross: order.totalMinor,
    net: split.organiserMinor,
    tax: split.taxMinor,
    fees: split.feeMinor + split.feeTaxMinor,
    refunded: order.refundedMinor,
    net_refunded: order.refundedMinor - order.refundedOthersMinor + order.disputedNetMinor,
    pending: order.pendingMinor,
    disputed: order.disputedMinor,
  };
  const code = order.lines.find(({ promo }) => promo)?.promo?.code ?? '';
  return [
    { by: 'all', key: '', counts },
    { by: 'hour', key: order.confirmedAt.toISOString().slice(0, 13), counts },
    // Whoever reads figures need not know the team's codes, which may have uses left. There may also be thousands of them.
    order.codeTag === null ? { by: 'code', key: code, counts } : { by: 'tag', key: order.codeTag, counts },
    // Orders that their buyers placed are all the others.
    ...(order.origin === 'online' ? [] : [{ by: 'origin', key: order.origin, counts }]),
    ...origin.map(([by, key]) => ({ by, key, counts })),
    ...order.tickets.map(({ type, count: tickets, ...rest }) => ({
      by: extras.has(type) ? 'extra' : 'type',
      key: type,
      counts: { paid: 1, tickets, ...rest },
    })),
  ].map((entry) => ({ ...entry, counts: withoutZeros(entry.counts) }));
}

const withoutZeros = (counts: Partial<Counts>): Partial<Counts> =>
  Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== 0));
