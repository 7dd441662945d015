import type { ManagedEvent } from '../../../../contract/events.ts';
import type { ProductId, TicketTypeId } from '../../../../contract/ids.ts';
import type { Currency } from '../../../../contract/money.ts';
import type { CollectKind } from '../../../../contract/product-fields.ts';
import type { Occurrence } from '../../ui/time-zone.ts';
import { majorOf, minorOf, numberOf } from '../organise/numbers.ts';
import { noTax, type TaxDraft, taxDraftOf, taxOf } from '../organise/price-draft.ts';

/** An extra in the organiser's form: every value is text as typed. */
export interface ProductDraft extends TaxDraft {
  /** The product's id. An entry that was never saved has a key of this form. */
  row: string;
  id?: ProductId;
  name: string;
  description: string;
  pictureUrl: string;
  pictureAlt: string;
  maxPerOrder: string;
  /** Empty for no limit. */
  maxPerTicket: string;
  needsTicket: 'yes' | 'no';
  collect: CollectKind;
  saleStartsAt: string;
  saleStartsAtNth: Occurrence;
  saleEndsAt: string;
  saleEndsAtNth: Occurrence;
  variants: VariantDraft[];
}

interface VariantDraft {
  row: string;
  id?: TicketTypeId;
  name: string;
  price: string;
  stock: string;
}

export const newVariant = (row: string): VariantDraft => ({ row, name: '', price: '', stock: '50' });

export const newProduct = (row: string): ProductDraft => ({
  row,
  name: '',
  description: '',
  pictureUrl: '',
  pictureAlt: '',
  ...noTax,
  maxPerOrder: '10',
  maxPerTicket: '',
  needsTicket: 'yes',
  collect: 'door',
  saleStartsAt: '',
  saleStartsAtNth: 'first',
  saleEndsAt: '',
  saleEndsAtNth: 'first',
  variants: [newVariant(`${row}-1`)],
});

interface Times {
  wall(instant: string | null): string;
  nth(instant: string | null): Occurrence;
}

export const productDraftsOf = (
  { products, currency }: Pick<ManagedEvent, 'products' | 'currency'>,
  { wall, nth }: Times,
): ProductDraft[] =>
  products.map((product) => ({
    row: product.id,
    id: product.id,
    name: product.name,
    description: product.description,
    pictureUrl: product.pictureUrl ?? '',
    pictureAlt: product.pictureAlt,
    ...taxDraftOf(product.tax),
    maxPerOrder: String(product.maxPerOrder),
    maxPerTicket: String(product.maxPerTicket ?? ''),
    needsTicket: product.needsTicket ? 'yes' : 'no',
    collect: product.collect,
    saleStartsAt: wall(product.saleStartsAt),
    saleStartsAtNth: nth(product.saleStartsAt),
    saleEndsAt: wall(product.saleEndsAt),
    saleEndsAtNth: nth(product.saleEndsAt),
    variants: product.variants.map(({ id, name, listPrice, stock }) => ({
      row: id,
      id,
      name,
      price: majorOf(listPrice.amount, currency),
      stock: String(stock),
    })),
  }));

/** The products in the body of the API. Wrong input becomes a value that the contract refuses. */
export const productBodies = (
  drafts: ProductDraft[],
  currency: Currency,
  instant: (wall: string, nth: Occurrence) => string,
) =>
  drafts.map((draft) => ({
    ...(draft.id && { id: draft.id }),
    name: draft.name,
    description: draft.description,
    pictureUrl: draft.pictureUrl === '' ? null : draft.pictureUrl,
    pictureAlt: draft.pictureAlt,
    tax: taxOf(draft),
    maxPerOrder: numberOf(draft.maxPerOrder),
    maxPerTicket: draft.maxPerTicket.trim() === '' ? null : numberOf(draft.maxPerTicket),
    needsTicket: draft.needsTicket === 'yes',
    collect: draft.collect,
    saleStartsAt: draft.saleStartsAt === '' ? null : instant(draft.saleStartsAt, draft.saleStartsAtNth),
    saleEndsAt: draft.saleEndsAt === '' ? null : instant(draft.saleEndsAt, draft.saleEndsAtNth),
    variants: draft.variants.map(({ id, name, price, stock }) => ({
      ...(id && { id }),
      name,
      priceMinor: minorOf(price, currency),
      stock: numberOf(stock),
    })),
  }));

/** The products of an event as they would be sent to leave them as they are. */
export const storedProducts = ({ products }: Pick<ManagedEvent, 'products'>) =>
  products.map((product) => ({
    ...product,
    variants: product.variants.map(({ id, name, listPrice, stock }) => ({
      id,
      name,
      priceMinor: listPrice.amount,
      stock,
    })),
  }));

/** Gives new products and variants of a draft the ids that a save has given them. */
export const withSavedIds = (
  drafts: ProductDraft[],
  sent: ProductDraft[],
  saved: ProductDraft[],
): ProductDraft[] =>
  drafts.map((draft) => {
    const at = sent.findIndex(({ row }) => row === draft.row);
    const [before, after] = [sent[at], saved[at]];
    if (!before || !after) return draft;
    const variants = draft.variants.map((variant) => {
      const found = after.variants[before.variants.findIndex(({ row }) => row === variant.row)];
      return found ? { ...variant, row: found.row, ...(found.id && { id: found.id }) } : variant;
    });
    return { ...draft, row: after.row, ...(after.id && { id: after.id }), variants };
  });

/** The form's field for a part of a product in the body. */
export const productFieldOf = (path: string): string =>
  path
    .replace(/^(products\.\d+\.variants\.\d+)\.priceMinor$/, '$1.price')
    .replace(/^(products\.\d+)\.tax\.name$/, '$1.taxName')
    .replace(/^(products\.\d+)\.tax\.ratePercent$/, '$1.taxRate');
