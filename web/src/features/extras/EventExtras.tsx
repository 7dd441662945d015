import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Event } from '../../../../contract/events.ts';
import type { TicketTypeId } from '../../../../contract/ids.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { availabilityQuery } from '../buy/availability.ts';
import { keepExtras, keptExtras } from './kept-extras.ts';
import { ProductList } from './ProductList.tsx';
import { sayRefusal } from './say-refusal.ts';
import { t } from './words.ts';

/** The extras that a buyer has chosen beside the tickets. Nothing of them is held yet. */
export interface ChosenExtras {
  items: { ticketTypeId: TicketTypeId; quantity: number }[];
  amount: number;
  /** Why a hold with them was refused: an extra that is gone is named. */
  say: (error: unknown) => string;
  /** Forgets them in this tab: they are in a hold now, or the buyer chooses again. */
  forget: () => void;
}

export interface EventExtrasProps {
  event: Event;
  onChange: (chosen: ChosenExtras | null) => void;
}

/** What a buyer can add to the tickets of an event, before anything is held. The tab keeps the choice on the way to the seats. */
export function EventExtras({ event, onChange }: EventExtrasProps) {
  const { products, currency, id } = event;
  const [chosen, setChosen] = useState(() => keptExtras(id));
  // The page around it keeps the answer current.
  const { data: snapshot } = useQuery(availabilityQuery(id));
  const variants = products.flatMap((product) => product.variants);
  const items = variants.flatMap((variant) => {
    const quantity = chosen[variant.id] ?? 0;
    return quantity > 0 ? [{ ticketTypeId: variant.id, quantity, price: variant.price.amount }] : [];
  });
  const amount = items.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
  const key = items.map(({ ticketTypeId, quantity }) => `${ticketTypeId} ${quantity}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another choice or price is news
  useEffect(() => {
    onChange(
      items.length > 0
        ? {
            items: items.map(({ price, ...item }) => item),
            amount,
            say: (error) => sayRefusal(error, event),
            forget: () => keepExtras(id, {}),
          }
        : null,
    );
  }, [key, amount]);
  // The buyer may get places of their own, and then the checkout shows the extras.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, at the end
  useEffect(() => () => onChange(null), []);
  return (
    <section aria-labelledby="event-extras" className="mt-6 border-t border-line pt-5">
      <h3 id="event-extras" className="flex flex-wrap justify-between gap-x-3 font-bold">
        {t('title')}
        {amount > 0 && (
          <span className="font-semibold">{t('sum', { amount: formatMoney({ amount, currency }) })}</span>
        )}
      </h3>
      <ProductList
        event={event}
        available={snapshot?.available}
        chosen={chosen}
        busy={false}
        heading="h4"
        onChange={(variantId, quantity) => {
          const next = { ...chosen, [variantId]: quantity };
          setChosen(next);
          keepExtras(id, next);
        }}
      />
    </section>
  );
}
