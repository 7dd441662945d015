import { isProblem } from '../../../../client/problem.ts';
import type { Event } from '../../../../contract/events.ts';
import { nameOfVariant } from '../../../../contract/product-names.ts';
import { refusalText } from '../buy/use-place-hold.ts';
import { t } from './words.ts';

/** Why an extra could not be held, with its name. */
export function sayRefusal(error: unknown, { products }: Pick<Event, 'products'>): string {
  if (!isProblem(error)) return refusalText(error);
  const { ticketTypeId, available, limit } = error.members as {
    ticketTypeId?: string;
    available?: number;
    limit?: number;
  };
  if (error.code === 'extra_limit_reached' && limit !== undefined) return t('most', { limit });
  const name = products
    .flatMap((product) =>
      product.variants.flatMap((variant) =>
        variant.id === ticketTypeId ? nameOfVariant(product.name, variant.name) : [],
      ),
    )
    .at(0);
  if (error.code !== 'sold_out' || name === undefined) return refusalText(error);
  return available ? t('onlyLeft', { count: available, name }) : t('gone', { name });
}
