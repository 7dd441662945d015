import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { EventShelf } from '../explore/EventShelf.tsx';
import { similarQuery } from '../explore/queries.ts';
import { load, t } from '../explore/words.ts';

/** Nothing where there is nothing like it, or where it can't be fetched. */
export default function SimilarEvents({ eventId }: { eventId: string }) {
  const { data: events = [] } = useQuery(similarQuery(eventId));
  const ready = useWords();
  if (!ready || events.length === 0) return null;
  return <EventShelf title={t('similar')} items={events.map((event) => ({ event }))} />;
}

/** The shelf speaks the words of another feature. */
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
