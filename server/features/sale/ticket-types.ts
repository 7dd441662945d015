import type { EventId, PoolId, PriceStepId, ProductId, TicketTypeId } from '../../../contract/ids.ts';
import { priceOf, type Tax } from '../../../contract/price.ts';
import type { App } from '../../app.ts';
import { poolKeysOf, type SaleDraft, stepPoolKey } from './pools.ts';
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
  min_per_order: number;
  max_per_order: number;
  /** Null if there is none. The same goes for group prices. */
  price_steps: StoredStep[] | null;
  group_prices: StoredGroupPrice[] | null;
  pay_what_you_want: { leastMinor: number; wholeMinor: number } | null;
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

/** A price step as it is stored: `listMinor` is the organiser's price, `wholeMinor` has tax and booking fee. */
export interface StoredStep {
  id: PriceStepId;
  name: string;
  listMinor: number;
  wholeMinor: number;
  until: string | null;
  places: number | null;
  poolId: PoolId;
}

interface StoredGroupPrice {
  from: number;
  listMinor: number;
  wholeMinor: number;
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
    min_per_order: type.minPerOrder,
    max_per_order: type.maxPerOrder,
    ...pricesOf(draft, type, poolIds),
    sale_starts_at: type.saleStartsAt === null ? null : new Date(type.saleStartsAt),
    sale_ends_at: type.saleEndsAt === null ? null : new Date(type.saleEndsAt),
    door_note: type.doorNote,
    hidden: type.hidden,
    product_id: type.productId,
    variant: type.variant,
  }));

function pricesOf(
  draft: Pick<SaleDraft, 'bookingFee' | 'currency'>,
  { tax, ...type }: SaleDraft['ticketTypes'][number],
  poolIds: Map<string, PoolId>,
): Pick<TicketTypeRow, 'price_steps' | 'group_prices' | 'pay_what_you_want'> {
  const priced = (priceMinor: number) => ({
    listMinor: priceMinor,
    wholeMinor: wholePriceOf(draft, { priceMinor, tax }),
  });
  const steps = type.priceSteps.map(({ id, name, priceMinor, until, places }): StoredStep => {
    const poolId = id && poolIds.get(stepPoolKey(id));
    if (!id || !poolId) throw new Error('the steps of a draft must be named before they are stored');
    return { id, name, ...priced(priceMinor), until, places, poolId };
  });
  const groups = type.groupPrices
    .map(({ from, priceMinor }): StoredGroupPrice => ({ from, ...priced(priceMinor) }))
    .sort((a, b) => a.from - b.from);
  const { payWhatYouWant } = type;
  return {
    price_steps: steps.length > 0 ? steps : null,
    group_prices: groups.length > 0 ? groups : null,
    pay_what_you_want: payWhatYouWant && {
      leastMinor: payWhatYouWant.minMinor,
      wholeMinor: priced(payWhatYouWant.minMinor).wholeMinor,
    },
  };
}

/** Converts the stored prices of a ticket type back to what its organiser would write now. */
export const pricesDraft = ({
  min_per_order,
  price_steps,
  group_prices,
  pay_what_you_want,
}: TicketTypeRow): Pick<
  SaleDraft['ticketTypes'][number],
  'minPerOrder' | 'priceSteps' | 'groupPrices' | 'payWhatYouWant'
> => ({
  minPerOrder: min_per_order,
  priceSteps: (price_steps ?? []).map(({ id, name, listMinor, until, places }) => ({
    id,
    name,
    priceMinor: listMinor,
    until,
    places,
  })),
  groupPrices: (group_prices ?? []).map(({ from, listMinor }) => ({ from, priceMinor: listMinor })),
  payWhatYouWant: pay_what_you_want && { minMinor: pay_what_you_want.leastMinor },
});

/** What a buyer pays for a ticket of this type, with tax and booking fee. */
export const wholePriceOf = (
  { bookingFee, currency }: Pick<SaleDraft, 'bookingFee' | 'currency'>,
  { priceMinor, tax }: Pick<SaleDraft['ticketTypes'][number], 'priceMinor' | 'tax'>,
): number => priceOf(partsWith(priceMinor, { tax, fee: bookingFee }, currency));
