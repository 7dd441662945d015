import type { EventId, PoolId, ProductId, TicketTypeId } from '../../../contract/ids.ts';
import { priceOf, type Tax } from '../../../contract/price.ts';
import type { App } from '../../app.ts';
import { poolKeysOf, type SaleDraft } from './pools.ts';
import { partsWith } from './price-parts.ts';
import { type ProductRow, variantsAsTypes } from './products.ts';

/** A ticket type as it is stored, column by column. */
export interface TicketTypeRow {
  event_id: EventId;
  id: TicketTypeId;
  position: number;
  name: string;
  description: string;
  /** What a buyer pays, with tax and booking fee. */
  price_minor: number;
  /** The organiser's price. */
  list_minor: number;
  tax: Tax | null;
  zone: string | null;
  pool_ids: PoolId[];
  max_per_order: number;
  sale_starts_at: Date | null;
  sale_ends_at: Date | null;
  door_note: string;
  /** Only a code opens it. */
  hidden: boolean;
  /** The product whose variant it is; null for tickets. Its other columns come with it. */
  product_id: ProductId | null;
  variant: string;
  product: ProductRow | null;
}

/** Converts the ticket types and the variants of a draft to rows. A type without an id is new and gets one. */
export const ticketTypeRows = (
  app: Pick<App, 'newId'>,
  eventId: EventId,
  draft: Pick<SaleDraft, 'ticketTypes' | 'products' | 'bookingFee' | 'currency'>,
  poolIds: Map<string, PoolId>,
): Omit<TicketTypeRow, 'product'>[] =>
  [
    ...draft.ticketTypes.map((type) => ({ ...type, productId: null, variant: '' })),
    ...variantsAsTypes(draft),
  ].map((type, position) => ({
    event_id: eventId,
    id: type.id ?? app.newId('ticketType'),
    position,
    name: type.name,
    description: type.description,
    price_minor: wholePriceOf(draft, type),
    list_minor: type.priceMinor,
    tax: type.tax,
    zone: type.zone,
    pool_ids: poolKeysOf(type).map((key) => poolIds.get(key) as PoolId),
    max_per_order: type.maxPerOrder,
    sale_starts_at: type.saleStartsAt === null ? null : new Date(type.saleStartsAt),
    sale_ends_at: type.saleEndsAt === null ? null : new Date(type.saleEndsAt),
    door_note: type.doorNote,
    hidden: type.hidden,
    product_id: type.productId,
    variant: type.variant,
  }));

/** What a buyer pays for a ticket of this type, with tax and booking fee. */
export const wholePriceOf = (
  { bookingFee, currency }: Pick<SaleDraft, 'bookingFee' | 'currency'>,
  { priceMinor, tax }: Pick<SaleDraft['ticketTypes'][number], 'priceMinor' | 'tax'>,
): number => priceOf(partsWith(priceMinor, { tax, fee: bookingFee }, currency));
