import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Event } from '../../../../contract/events.ts';
import { Button } from '../../ui/Button.tsx';
import { useNowMs } from '../../ui/clock.ts';
import { Notice } from '../../ui/Notice.tsx';
import { useAvailability } from '../buy/availability.ts';
import { eventQuery } from '../buy/queries.ts';
import { buyState, windowState } from '../buy/sale.ts';
import { usePlaceHold } from '../buy/use-place-hold.ts';
import { ProductList } from './ProductList.tsx';
import { sayRefusal } from './say-refusal.ts';
import { t } from './words.ts';

/** On a page of an order with tickets: extras that its buyer can still buy. Shows nothing if the event sells none now. */
export function MoreExtras({ eventId }: { eventId: Event['id'] }) {
  const { data: event } = useQuery(eventQuery(eventId));
  const nowMs = useNowMs(15_000);
  if (!event?.products.some((product) => windowState(product, nowMs) === 'open')) return null;
  const { kind } = buyState(event, undefined, nowMs);
  return kind === 'open' || kind === 'ended' || kind === 'soldOut' ? <Choice event={event} /> : null;
}

function Choice({ event }: { event: Event }) {
  const [chosen, choose] = useState<Record<string, number>>({});
  const snapshot = useAvailability(event.id);
  const hold = usePlaceHold(event.id);
  const items = Object.entries(chosen).flatMap(([id, quantity]) =>
    quantity > 0 ? [{ ticketTypeId: id as `tty_${string}`, quantity }] : [],
  );
  return (
    <section aria-labelledby="more-extras" className="mt-10">
      <h2 id="more-extras" className="text-xl font-bold tracking-tight">
        {t('moreTitle')}
      </h2>
      <p className="mt-1 text-muted">{t('moreText')}</p>
      <ProductList
        event={event}
        available={snapshot?.available}
        chosen={chosen}
        busy={hold.isPending}
        onChange={(id, quantity) => choose({ ...chosen, [id]: quantity })}
      />
      {hold.error && (
        <Notice tone="bad" live>
          {sayRefusal(hold.error, event)}
        </Notice>
      )}
      <Button
        className="mt-2"
        busy={hold.isPending}
        disabledBecause={items.length === 0 && t('chooseFirst')}
        onClick={() => hold.mutate({ items })}
      >
        {t('buy')}
      </Button>
    </section>
  );
}
