import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { EventShelf } from '../explore/EventShelf.tsx';
import { similarQuery } from '../explore/queries.ts';
import { load, t } from '../explore/words.ts';

/** Shows nothing if there are no similar events or if they can't be loaded. */
export default function SimilarEvents({ eventId }: { eventId: string }) {
  const { data: events = [] } = useQuery(similarQuery(eventId));
  const ready = useWords();
  if (!ready || events.length === 0) return null;
  return <EventShelf title={t('similar')} items={events.map((event) => ({ event }))} />;
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
