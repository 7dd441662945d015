import { stepMinor } from '../../../contract/currencies.ts';
import type { ErrorCode } from '../../../contract/errors.ts';
import type {
  EventId,
  HoldId,
  PoolId,
  ResaleId,
  TicketId,
  TicketTypeId,
  TransferId,
  UserId,
} from '../../../contract/ids.ts';
import { allocate, type Currency } from '../../../contract/money.ts';
import type { Parts } from '../../../contract/price.ts';
import type { ResaleEnd } from '../../../contract/resale-shapes.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { leastChargeMinor } from '../sale/least-charge.ts';
import { type Split, splitOfParts, sumOf } from '../sale/split.ts';
import type { SeatName } from '../seating/seat-plan.ts';
import type { HoldLine, SoldTicket } from './inventory.ts';
import { type Place, placesOf } from './places.ts';
import { type GivenTicket, leftOfTicket, partsOfAmount, whyNotGive } from './trade-in.ts';

/* A ticket that its holder offers to the waitlist at the price that was paid. docs/transfers.md has the rules. */

/** An offer of a ticket for resale, as the ledger keeps it. */
export interface Resale {
  id: ResaleId;
  eventId: EventId;
  ticketId: TicketId;
  /** The hold of the order that has the ticket, and which ticket of that order. */
  holdId: HoldId;
  position: number;
  /** The transfer by which its holder has it; null for the buyer of the order. */
  transferId: TransferId | null;
  sellerId: UserId;
  ticketTypeId: TicketTypeId;
  /** The line that a buyer gets. It is frozen when the ticket is offered. */
  line: HoldLine;
  priceMinor: number;
  /** What goes back to whoever paid for the ticket. */
  backMinor: number;
  currency: Currency;
  status: 'offered' | 'sold' | 'withdrawn' | 'ended';
  endedBecause: ResaleEnd | null;
  /** The hold of the person who may buy it now, or who has bought it. */
  buyerHoldId: HoldId | null;
  retry: { key: string; fingerprint: string } | null;
  offeredAt: Date;
  endedAt: Date | null;
}

/**
 * Where the place of a line is that is still sold to the seller. Until the resale is finished, the line itself names no pool and
 * no seat, so the place counts once.
 */
export interface OnResale {
  id: ResaleId;
  pools: PoolId[];
  seats?: number[];
  seatNames?: SeatName[];
}

export type ResaleCommand =
  | {
      /** Offers a ticket. */
      kind: 'resell';
      holdId: HoldId;
      ticketId: TicketId;
      transferId: TransferId | null;
      resaleId: ResaleId;
      sellerId: UserId;
      /** A retry with the same key finds the first offer. */
      retry: { key: string; fingerprint: string } | null;
    }
  | { kind: 'withdraw-resale'; holdId: HoldId; ticketId: TicketId; transferId: TransferId | null }
  /** Ends the offers of tickets that were used at the door, or whose payment a bank disputes. */
  | { kind: 'end-resales'; tickets: TicketId[]; because: 'used' | 'disputed' }
  /** Ends the offers whose time is over. */
  | { kind: 'expire-resales' };

const commandKinds: ReadonlySet<string> = new Set<ResaleCommand['kind']>([
  'resell',
  'withdraw-resale',
  'end-resales',
  'expire-resales',
]);
export const isOfResale = (command: { kind: string }): command is ResaleCommand =>
  commandKinds.has(command.kind);

/** Decision: when a ticket of this type stops being offered. Nobody can be offered anything after the end of its sale. */
export function resaleEndOf(
  sale: Pick<EventSale, 'startsAt' | 'endsAt' | 'saleEndsAt' | 'resale' | 'ticketTypes'>,
  ticketTypeId: TicketTypeId,
): Date {
  const type = sale.ticketTypes.find(({ id }) => id === ticketTypeId);
  const times = [sale.startsAt, sale.resale.until, sale.saleEndsAt ?? sale.endsAt, type?.saleEndsAt];
  return new Date(Math.min(...times.flatMap((at) => at?.getTime() ?? [])));
}

/** Decision: why an open offer of this type ends by itself at `now`; null while it lasts. */
export function whyOver(sale: EventSale, ticketTypeId: TicketTypeId, now: Date): ResaleEnd | null {
  if (sale.status === 'cancelled') return 'cancelled';
  const type = sale.ticketTypes.find(({ id }) => id === ticketTypeId);
  if (!sale.resale.allowed || !type || type.product) return 'off';
  return resaleEndOf(sale, ticketTypeId) <= now ? 'unsold' : null;
}

/** Decision: why a ticket cannot be offered for resale at `now`; null if it can. */
export function whyNotResell(
  ticket: GivenTicket,
  sale: EventSale,
  wanted: { transferId: TransferId | null; ticketTypeId: TicketTypeId },
  now: Date,
): ErrorCode | null {
  const refused = whyNotGive(ticket, sale, wanted.transferId, now);
  if (refused) return refused;
  const over = whyOver(sale, wanted.ticketTypeId, now);
  if (over === null) return null;
  return over === 'off' ? 'resales_off' : 'resales_ended';
}

/** What was paid for a ticket and not refunded: of its own order, and of each order before an exchange. */
interface Paid {
  lines: HoldLine[];
  ticket: SoldTicket;
}

/** The price of a resale, what goes back and what the organiser keeps. */
interface ResaleTerms {
  priceMinor: number;
  backMinor: number;
  feeMinor: number;
}

/**
 * Decision: the terms of a resale, or why it is impossible. The price is what was paid and not refunded, so nobody can name
 * another one. What is kept is rounded down, in the favour of the person who paid.
 */
export function resaleTerms(
  paid: Paid[],
  { resale, currency }: Pick<EventSale, 'resale' | 'currency'>,
): ResaleTerms | { code: 'ticket_refunded' } | { code: 'resale_too_cheap'; priceMinor: number } {
  const wholeMinor = paid.reduce(
    (sum, { lines, ticket }) => sum + (placeOf(lines, ticket)?.line.unitMinor ?? 0),
    0,
  );
  const priceMinor = paid.reduce((sum, { lines, ticket }) => sum + leftOfTicket(lines, ticket), 0);
  if (wholeMinor > 0 && priceMinor === 0) return { code: 'ticket_refunded' };
  if (priceMinor > 0 && priceMinor < leastChargeMinor[currency])
    return { code: 'resale_too_cheap', priceMinor };
  const step = stepMinor(currency);
  const kept = (priceMinor * resale.feePercent) / 100 + resale.feePerTicketMinor;
  const feeMinor = Math.min(priceMinor, Math.floor(kept / step) * step);
  return { priceMinor, backMinor: priceMinor - feeMinor, feeMinor };
}

/** The line that a buyer gets: the place of the ticket, at what was paid for it. Its order has no fee of its own. */
export function resaleLine(paid: Paid[], id: ResaleId, priceMinor: number): HoldLine {
  const [own] = paid;
  const place = own && placeOf(own.lines, own.ticket);
  if (!place) throw new Error(`the ticket of ${id} has no place`);
  const { line, seat, seatName } = place;
  const { pricing } = line;
  return {
    ticketTypeId: line.ticketTypeId,
    name: line.name,
    quantity: 1,
    unitMinor: priceMinor,
    parts: paid.map(partsLeft).reduce(plusParts),
    ...(pricing && { pricing: { ...pricing, fee: pricing.fee && { ...pricing.fee, perOrderMinor: 0 } } }),
    pools: [],
    ...(line.seatMapId && { seatMapId: line.seatMapId }),
    resale: {
      id,
      // A promo code's pool counts who redeemed the code. The new buyer has not.
      pools: line.pools.filter((pool) => pool !== line.promo?.poolId),
      ...(seat !== null && { seats: [seat] }),
      ...(seatName && { seatNames: [seatName] }),
    },
  };
}

const placeOf = (lines: HoldLine[], { position }: SoldTicket): Place | undefined => placesOf(lines)[position];

const partsLeft = ({ lines, ticket }: Paid): Parts => {
  const whole = placeOf(lines, ticket)?.line.parts ?? { netMinor: 0, taxMinor: 0, feeMinor: 0 };
  return partsOfAmount(leftOfTicket(lines, ticket), whole);
};

function plusParts(a: Parts, b: Parts): Parts {
  const absorbedMinor = (a.absorbedMinor ?? 0) + (b.absorbedMinor ?? 0);
  const feeTaxMinor = (a.feeTaxMinor ?? 0) + (b.feeTaxMinor ?? 0);
  return {
    netMinor: a.netMinor + b.netMinor,
    taxMinor: a.taxMinor + b.taxMinor,
    feeMinor: a.feeMinor + b.feeMinor,
    ...(absorbedMinor > 0 && { absorbedMinor }),
    ...(feeTaxMinor > 0 && { feeTaxMinor }),
  };
}

/**
 * Decision: from whom the seller's refund is taken. The platform gives its booking fee back whole, because the new buyer pays
 * it again. What the organiser keeps is taken from the organiser's price and its tax, in proportion.
 */
export function splitOfResale(refundMinor: number, parts: Parts): Split {
  const whole = splitOfParts(parts);
  const keptMinor = sumOf(whole) - refundMinor;
  const ofOrganiser = Math.min(keptMinor, whole.organiserMinor + whole.taxMinor);
  if (keptMinor <= 0 || ofOrganiser <= 0) return whole;
  const [net = 0, tax = 0] = allocate(ofOrganiser, [whole.organiserMinor, whole.taxMinor]);
  return { ...whole, organiserMinor: whole.organiserMinor - net, taxMinor: whole.taxMinor - tax };
}

/** True if a hold has tickets of other people, at the price that they paid. */
export const hasResale = ({ lines }: { lines: HoldLine[] }): boolean => lines.some((line) => line.resale);
