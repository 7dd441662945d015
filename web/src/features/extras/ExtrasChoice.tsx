import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changePlaces } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { Event } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { Notice } from '../../ui/Notice.tsx';
import { availabilityQuery, useAvailability } from '../buy/availability.ts';
import { type HeldPlaces, heldNow, holdQuery } from '../buy/queries.ts';
import { sameAgain } from '../buy/sale.ts';
import { ProductList } from './ProductList.tsx';
import { sayRefusal } from './say-refusal.ts';
import { t } from './words.ts';

interface Props {
  event: Event;
  hold: HeldPlaces;
  /** The hold has ended. */
  onGone: () => void;
}

/** Adds extras to the hold of a checkout. Each step changes the hold at once, so nobody else can take what is shown as chosen. */
export function ExtrasChoice({ event, hold, onGone }: Props) {
  const client = useQueryClient();
  const snapshot = useAvailability(event.id);
  const chosen = Object.fromEntries(
    hold.lines.flatMap(({ ticketTypeId, quantity, collect }) => (collect ? [[ticketTypeId, quantity]] : [])),
  );
  const change = useMutation({
    mutationFn: ([variantId, quantity]: [string, number]) => {
      const { items = [], seats } = sameAgain(hold);
      const others = items.filter(({ ticketTypeId }) => ticketTypeId !== variantId);
      const wanted =
        quantity > 0 ? [...others, { ticketTypeId: variantId as `tty_${string}`, quantity }] : others;
      return call(changePlaces, {
        params: { holdId: hold.id },
        body: { ...(seats && { seats }), ...(wanted.length > 0 && { items: wanted }) },
      });
    },
    onSuccess: (changed) => client.setQueryData(holdQuery(hold.id).queryKey, heldNow(changed)),
    onError: (error) => {
      if (isProblem(error, 'hold_expired', 'hold_ended', 'already_ordered', 'not_found')) onGone();
      if (isProblem(error, 'sold_out'))
        void client.invalidateQueries({ queryKey: availabilityQuery(event.id).queryKey });
    },
  });
  const available =
    snapshot &&
    Object.fromEntries(
      Object.entries(snapshot.available).map(([id, left]) => [id, left + (chosen[id] ?? 0)]),
    );
  return (
    <section aria-labelledby="extras" className="mt-6" aria-busy={change.isPending}>
      <h2 id="extras" className="text-xl font-bold tracking-tight">
        {t('title')}
      </h2>
      <ProductList
        event={event}
        available={available}
        chosen={chosen}
        busy={change.isPending}
        onChange={(variantId, quantity) => change.mutate([variantId, quantity])}
      />
      {change.error && (
        <Notice tone="bad" live>
          {sayRefusal(change.error, event)}
        </Notice>
      )}
    </section>
  );
}
