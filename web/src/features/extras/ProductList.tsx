import type { Event } from '../../../../contract/events.ts';
import { nameOfVariant } from '../../../../contract/product-names.ts';
import type { Product } from '../../../../contract/products.ts';
import { useNowMs } from '../../ui/clock.ts';
import { Money } from '../../ui/Money.tsx';
import { Stepper } from '../../ui/Stepper.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { windowState } from '../buy/sale.ts';
import { t } from './words.ts';

const few = 10;

interface Props {
  event: Event;
  /** What is left of each variant, with what the buyer holds; undefined until the first answer. */
  available: Record<string, number> | undefined;
  chosen: Readonly<Record<string, number>>;
  busy: boolean;
  onChange: (variantId: string, quantity: number) => void;
  /** The level of the names, below the heading of the list. */
  heading?: 'h3' | 'h4';
}

/** The extras of an event, each variant with its price, what is left of it, and a number to choose. */
export function ProductList({ event, heading: Heading = 'h3', ...props }: Props) {
  return (
    <ul className="divide-y divide-line">
      {event.products.map((product) => (
        <li key={product.id} className="py-4">
          <div className="flex gap-4">
            {product.pictureUrl && (
              <img
                src={product.pictureUrl}
                alt={product.pictureAlt}
                width={80}
                height={80}
                loading="lazy"
                className="size-20 shrink-0 rounded-field object-cover"
              />
            )}
            <div className="min-w-0 grow">
              <Heading className="font-semibold wrap-anywhere">
                <bdi>{product.name}</bdi>
              </Heading>
              {product.description && (
                <p dir="auto" className="page-side text-sm text-muted wrap-anywhere">
                  {product.description}
                </p>
              )}
              <p className="text-sm text-muted">{t(`collect.${product.collect}`)}</p>
            </div>
          </div>
          <Variants event={event} product={product} {...props} />
        </li>
      ))}
    </ul>
  );
}

function Variants({
  event,
  product,
  available,
  chosen,
  busy,
  onChange,
}: Omit<Props, 'heading'> & { product: Product }) {
  const state = windowState(product, useNowMs(15_000));
  if (state !== 'open')
    return (
      <p className="mt-2 text-sm text-muted">
        {state === 'soon' && product.saleStartsAt
          ? t('soon', { when: formatWhen(product.saleStartsAt, event.timeZone) })
          : t('ended')}
      </p>
    );
  const ofProduct = product.variants.reduce((sum, { id }) => sum + (chosen[id] ?? 0), 0);
  return (
    <ul className="mt-2 grid gap-2">
      {product.variants.map(({ id, name, price }) => {
        const left = available?.[id];
        const quantity = chosen[id] ?? 0;
        const most = Math.min(left ?? 0, product.maxPerOrder - ofProduct + quantity);
        return (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <p className="min-w-0 grow basis-32">
              {name && (
                <>
                  <bdi className="font-medium">{name}</bdi>{' '}
                </>
              )}
              <Money value={price} free={t('free')} />
              {left !== undefined && left <= few && (
                <span className={`ms-2 text-sm font-semibold ${left === 0 ? 'text-bad' : 'text-warn'}`}>
                  {left === 0 ? t('soldOut') : t('left', { count: left })}
                </span>
              )}
            </p>
            <Stepper
              label={nameOfVariant(product.name, name)}
              fewer={t('fewer')}
              more={t('more')}
              value={quantity}
              max={busy ? quantity : Math.max(most, quantity)}
              onChange={(next) => !busy && onChange(id, next)}
            />
          </li>
        );
      })}
    </ul>
  );
}
