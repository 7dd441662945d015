import type { EventId, ProductId, TicketTypeId } from '../../../contract/ids.ts';
import type { CollectKind } from '../../../contract/product-fields.ts';
import { nameOfVariant } from '../../../contract/product-names.ts';
import type { App } from '../../app.ts';
import type { SaleDraft, WantedPool } from './pools.ts';
import type { TicketTypeRow } from './ticket-types.ts';

type ProductDraft = SaleDraft['products'][number];

/** A product as it is stored, column by column. Its variants are ticket types. */
export interface ProductRow {
  event_id: EventId;
  id: ProductId;
  position: number;
  name: string;
  description: string;
  picture_url: string | null;
  picture_alt: string;
  max_per_order: number;
  max_per_ticket: number | null;
  needs_ticket: boolean;
  collect: CollectKind;
}

/** What the ledger must know of the product of a variant. */
export interface SaleProduct {
  id: ProductId;
  maxPerOrder: number;
  maxPerTicket: number | null;
  needsTicket: boolean;
  collect: CollectKind;
}

/** The pool that counts the stock of a variant. No organiser's pool has a colon in its key. */
export const stockPoolKey = (id: TicketTypeId): string => `extra:${id}`;
export const isStockPool = (key: string): boolean => key.startsWith('extra:');

type WithIds = ProductDraft & {
  id: ProductId;
  variants: (ProductDraft['variants'][number] & { id: TicketTypeId })[];
};

/** The products of a draft. A product or variant without an id is new and gets one, because its pool is named by it. */
export const withProductIds = <Draft extends Pick<SaleDraft, 'products'>>(
  app: Pick<App, 'newId'>,
  draft: Draft,
): Draft & { products: WithIds[] } => ({
  ...draft,
  products: draft.products.map((product) => ({
    ...product,
    id: product.id ?? app.newId('product'),
    variants: product.variants.map((variant) => ({ ...variant, id: variant.id ?? app.newId('ticketType') })),
  })),
});

/** The pools of a draft's extras. Every variant has an id by now. */
export const stockPools = ({ products }: Pick<SaleDraft, 'products'>): WantedPool[] =>
  products.flatMap(({ name, variants }) =>
    variants.map((variant) => ({
      key: stockPoolKey(variant.id as TicketTypeId),
      name: nameOfVariant(name, variant.name),
      capacity: variant.stock,
    })),
  );

export const productRows = (eventId: EventId, { products }: Pick<SaleDraft, 'products'>): ProductRow[] =>
  products.map((product, position) => ({
    event_id: eventId,
    id: product.id as ProductId,
    position,
    name: product.name,
    description: product.description,
    picture_url: product.pictureUrl,
    picture_alt: product.pictureAlt,
    max_per_order: product.maxPerOrder,
    max_per_ticket: product.maxPerTicket,
    needs_ticket: product.needsTicket,
    collect: product.collect,
  }));

/** A variant in the form of a ticket type, so that one function prices and stores both. */
export const variantsAsTypes = ({ products }: Pick<SaleDraft, 'products'>) =>
  products.flatMap((product) =>
    product.variants.map((variant) => ({
      id: variant.id,
      name: nameOfVariant(product.name, variant.name),
      description: '',
      priceMinor: variant.priceMinor,
      tax: product.tax,
      pools: [stockPoolKey(variant.id as TicketTypeId)],
      zone: null,
      minPerOrder: 1,
      maxPerOrder: product.maxPerOrder,
      priceSteps: [],
      groupPrices: [],
      payWhatYouWant: null,
      saleStartsAt: product.saleStartsAt,
      saleEndsAt: product.saleEndsAt,
      doorNote: '',
      hidden: false,
      productId: product.id as ProductId,
      variant: variant.name,
    })),
  );

/** The ticket types that admit somebody. */
export const ticketsOnly = <Type extends Pick<TicketTypeRow, 'product'>>(types: Type[]): Type[] =>
  types.filter(({ product }) => product === null);

/** The ticket types that the public sees. Only a code opens the others. */
export const shownTickets = <Type extends Pick<TicketTypeRow, 'product' | 'hidden'>>(types: Type[]): Type[] =>
  ticketsOnly(types).filter(({ hidden }) => !hidden);

/** The products of an event in their order, each with its variants, from its ticket types. */
export function productsOf<Type extends Pick<TicketTypeRow, 'product'>>(
  types: Type[],
): { product: ProductRow; variants: [Type, ...Type[]] }[] {
  const byId = Map.groupBy(types, ({ product }) => product?.id);
  return [...byId.values()]
    .flatMap((variants) => {
      const product = variants[0]?.product;
      return product ? [{ product, variants: variants as [Type, ...Type[]] }] : [];
    })
    .toSorted((a, b) => a.product.position - b.product.position);
}

type SoldProduct = {
  product: ProductRow;
  variants: [Pick<TicketTypeRow, 'tax' | 'sale_starts_at' | 'sale_ends_at'>, ...unknown[]];
};

/** What the API says of a product besides its variants. Tax and sale times are those of its first variant: all have the same. */
export const productTerms = ({ product, variants: [first] }: SoldProduct) => ({
  id: product.id,
  name: product.name,
  description: product.description,
  pictureUrl: product.picture_url,
  pictureAlt: product.picture_alt,
  tax: first.tax,
  maxPerOrder: product.max_per_order,
  maxPerTicket: product.max_per_ticket,
  needsTicket: product.needs_ticket,
  collect: product.collect,
  saleStartsAt: first.sale_starts_at?.toISOString() ?? null,
  saleEndsAt: first.sale_ends_at?.toISOString() ?? null,
});

export const saleProductOf = (product: ProductRow | null): SaleProduct | null =>
  product && {
    id: product.id,
    maxPerOrder: product.max_per_order,
    maxPerTicket: product.max_per_ticket,
    needsTicket: product.needs_ticket,
    collect: product.collect,
  };
