import type { ProductId } from '../../../contract/ids.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { SaleProduct } from '../sale/products.ts';
import { type HoldLine, type HoldRecord, type Refusal, refuse } from './inventory.ts';
import { livePlaces } from './limits.ts';
import type { LedgerState } from './state.ts';

/*
 * Decisions about extras (docs/extras.md). An extra is a line that admits nobody: it counts as no place. The lines of a hold have
 * their places first and their extras last, so a ticket admits somebody if its position is below the hold's `places`.
 */

export const isExtra = ({ collect }: Pick<HoldLine, 'collect'>): boolean => collect !== undefined;

/** How many people these lines admit. */
export const placesIn = (lines: Pick<HoldLine, 'collect' | 'quantity'>[]): number =>
  lines.reduce((sum, line) => (isExtra(line) ? sum : sum + line.quantity), 0);

/** The same lines with the extras last. Returns the same array if there is nothing to move. */
export function extrasLast(lines: HoldLine[]): HoldLine[] {
  const isMixed = lines.some((line, i) => isExtra(line) && lines.slice(i + 1).some((next) => !isExtra(next)));
  return isMixed ? lines.toSorted((a, b) => Number(isExtra(a)) - Number(isExtra(b))) : lines;
}

/**
 * Refuses extras that this buyer may not have: more than an order or their tickets allow, or any without a ticket. `others` are all
 * other holds of the buyer. Extras of earlier orders count, and so do tickets that the buyer has bought or holds.
 */
export function overExtras(sale: EventSale, lines: HoldLine[], others: HoldRecord[]): Refusal | null {
  for (const { product, quantity, ticketTypeId } of wantedOf(sale, lines).values()) {
    const { maxPerOrder: limit } = product;
    if (quantity > limit) return refuse('extra_limit_reached', { ticketTypeId, limit, have: 0 });
  }
  return overTickets(sale, lines, others);
}

/** Refuses more extras than the tickets of these lines and of `others` allow. */
function overTickets(sale: EventSale, lines: HoldLine[], others: HoldRecord[]): Refusal | null {
  const wanted = wantedOf(sale, lines);
  if (wanted.size === 0) return null;
  const live = others.filter(({ status }) => status === 'active' || status === 'confirmed');
  const tickets = live.reduce((sum, hold) => sum + livePlaces(hold), placesIn(lines));
  for (const { product, quantity, ticketTypeId } of wanted.values()) {
    if (product.needsTicket && tickets === 0) return refuse('ticket_needed', { ticketTypeId });
    const { maxPerTicket } = product;
    if (maxPerTicket === null) continue;
    const have = live.reduce(
      (sum, hold) => sum + (wantedOf(sale, hold.lines).get(product.id)?.quantity ?? 0),
      0,
    );
    const limit = maxPerTicket * tickets;
    if (have + quantity > limit) return refuse('extra_limit_reached', { ticketTypeId, limit, have });
  }
  return null;
}

/**
 * Refuses to order extras if the tickets beside which they were chosen are neither bought nor in this order. The buyer may have let
 * another hold go since.
 */
export function extrasWithoutTicket(
  sale: EventSale,
  { byBuyer }: Pick<LedgerState, 'byBuyer'>,
  hold: HoldRecord,
): Refusal | null {
  if (!hold.lines.some(isExtra)) return null;
  const others = (byBuyer.get(hold.buyerId) ?? []).filter(
    (each) => each.status === 'confirmed' && each.id !== hold.id,
  );
  return overTickets(sale, hold.lines, others);
}

interface Wanted {
  product: SaleProduct;
  quantity: number;
  /** The first variant, for the refusal. */
  ticketTypeId: HoldLine['ticketTypeId'];
}

/** What the lines have of each product, all variants together. */
function wantedOf(sale: EventSale, lines: HoldLine[]): Map<ProductId, Wanted> {
  const wanted = new Map<ProductId, Wanted>();
  for (const { ticketTypeId, quantity, collect } of lines) {
    if (collect === undefined) continue;
    const product = sale.ticketTypes.find(({ id }) => id === ticketTypeId)?.product;
    if (!product) continue;
    const known = wanted.get(product.id);
    if (known) known.quantity += quantity;
    else wanted.set(product.id, { product, quantity, ticketTypeId });
  }
  return wanted;
}
