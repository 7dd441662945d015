import type { FieldPath } from 'react-hook-form';
import type { Draft } from '../organise/draft.ts';
import { isFields } from '../organise/same.ts';
import { t as tOrganise } from '../organise/words.ts';
import type { ProductDraft } from './product-draft.ts';
import { t } from './words.ts';

/* What somebody else changed of an extra, in words: `['products', 'prd_…', 'variants', 'tty_…', 'stock']`. */

const labels: Record<string, () => string> = {
  name: () => t('name'),
  description: () => t('description'),
  pictureUrl: () => t('picture'),
  pictureAlt: () => t('pictureAlt'),
  maxPerOrder: () => t('maxPerOrder'),
  maxPerTicket: () => t('maxPerTicket'),
  needsTicket: () => t('needsTicket'),
  collect: () => t('collect'),
  saleStartsAt: () => t('saleStarts'),
  saleStartsAtNth: () => t('saleStarts'),
  saleEndsAt: () => t('saleEnds'),
  saleEndsAtNth: () => t('saleEnds'),
  taxKind: () => t('tax'),
  taxRate: () => tOrganise('taxRate'),
  taxName: () => tOrganise('taxName'),
  variants: () => t('variants'),
  stock: () => t('stock'),
};

/** Names a value: `Extras · T-shirt · M · Stock`. `entry` is the changed product or variant where the form has none. */
export function labelOfProduct(path: string[], products: ProductDraft[], entry: unknown): string {
  const [, id, field, variantId, part] = path;
  const product = products.find(({ row }) => row === id);
  const variant = product?.variants.find(({ row }) => row === variantId);
  const nameOf = (known: unknown) => (isFields(known) ? String(known.name ?? '') : '');
  return [
    t('products'),
    nameOf(product ?? (variantId ? undefined : entry)),
    variantId ? nameOf(variant ?? entry) || labels.variants?.() : field && labels[field]?.(),
    part === 'price' ? tOrganise('price') : part && labels[part]?.(),
  ]
    .filter(Boolean)
    .join(' · ');
}

const options: Record<string, Record<string, () => string>> = {
  needsTicket: { yes: () => t('needsYes'), no: () => t('needsNo') },
  collect: { door: () => t('collectDoor'), post: () => t('collectPost'), none: () => t('collectNone') },
};

/** A value that the form shows as an option; undefined for any other. */
export const optionOfProduct = (field: string, value: string): string | undefined =>
  options[field]?.[value]?.();

/** The form's field for a path; null for a whole product or variant. */
export function productFieldFor(path: string[], products: ProductDraft[]): FieldPath<Draft> | null {
  const [, id, field, variantId, part] = path;
  const at = products.findIndex(({ row }) => row === id);
  if (at === -1 || field === undefined) return null;
  if (field !== 'variants') return `products.${at}.${field}` as FieldPath<Draft>;
  const of = products[at]?.variants.findIndex(({ row }) => row === variantId) ?? -1;
  return of === -1 || part === undefined
    ? null
    : (`products.${at}.variants.${of}.${part}` as FieldPath<Draft>);
}
