import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { listen } from '../../api/live.ts';

/** On a page without live availability: hears that the event was cancelled or moved, and loads it again. */
export function useEventNews(eventId: string): void {
  const client = useQueryClient();
  useEffect(() => {
    const refetch = () => void client.invalidateQueries({ queryKey: ['event'] });
    let stood = false;
    return listen({
      query: { event: eventId },
      // After a pause news may have been missed.
      onOpen: () => {
        if (stood) refetch();
        stood = true;
      },
      onRefused: () => {},
      onMessage: (name) => {
        if (name === 'event') refetch();
      },
    });
  }, [client, eventId]);
}
