import { lazy, Suspense } from 'react';
import type { Event } from '../../../../contract/events.ts';
import { Money } from '../../ui/Money.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { t as buyWord } from '../buy/words.ts';
import { t } from './words.ts';

// A static import of this file as well would make the buyers' page a chunk with a namespace object, which costs it 0.7 KB.
const EventArticle = lazy(() =>
  import('../buy/EventPage.tsx').then((file) => ({ default: file.EventArticle })),
);

/** The page of an event with nothing that can be bought. */
export function EventPreview({ event }: { event: Event }) {
  return (
    <Suspense fallback={<Skeleton className="h-96" />}>
      <EventArticle event={event} panel={<PreviewTickets event={event} />} />
    </Suspense>
  );
}

function PreviewTickets({ event }: { event: Event }) {
  return (
    <section className="rounded-3xl border border-line bg-raised p-5 shadow-lift sm:p-6">
      <h2 className="text-2xl font-bold tracking-tight">{buyWord('tickets')}</h2>
      <ul className="mt-2 divide-y divide-line">
        {event.ticketTypes.map(({ id, name, description, price }) => (
          <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-3">
            <div className="min-w-0">
              <p className="font-semibold wrap-anywhere">
                <bdi>{name}</bdi>
              </p>
              {description && (
                <p dir="auto" className="text-sm text-muted wrap-anywhere">
                  {description}
                </p>
              )}
            </div>
            <p className="numeric font-semibold">
              <Money value={price} />
            </p>
          </li>
        ))}
      </ul>
      <p className="mt-4 text-sm text-muted">{t('previewNoSale')}</p>
    </section>
  );
}
