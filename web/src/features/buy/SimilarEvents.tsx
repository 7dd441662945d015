import { useQuery } from '@tanstack/react-query';
import { lazy, useEffect, useState } from 'react';
import type { Event } from '../../../../contract/events.ts';
import { EventShelf } from '../explore/EventShelf.tsx';
import { similarQuery } from '../explore/queries.ts';
import { load, t } from '../explore/words.ts';

/** Only readers of a date of a series, of a pass, or of an event with tags, load it. */
const SeriesLink = lazy(async () => {
  const { pages } = await import('../../later-pages.ts');
  return { default: (await pages.SeriesLink()).SeriesLink };
});

const ReportLink = lazy(async () => {
  const { pages } = await import('../../later-pages.ts');
  return { default: (await pages.ReportLink()).ReportLink };
});

/** Where to look next. Shows nothing if there are no similar events or if they can't be loaded. */
export default function SimilarEvents({ event }: { event: Event }) {
  const { data: events = [] } = useQuery(similarQuery(event.id));
  const ready = useWords();
  return (
    <>
      {(event.series || event.isPass || event.tags[0]) && <SeriesLink event={event} />}
      {ready && events.length > 0 && (
        <EventShelf title={t('similar')} items={events.map((event) => ({ event }))} />
      )}
      <ReportLink slug={event.slug} />
    </>
  );
}

/** The shelf uses the texts of another feature. */
function useWords(): boolean {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    load().then(
      () => setReady(true),
      () => {},
    );
  }, []);
  return ready;
}
