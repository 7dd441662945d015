import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { EventId, OrganisationId } from '../../../../contract/ids.ts';
import { listen } from '../../api/live.ts';
import { doorKey } from './queries.ts';

/**
 * Reads again what is on the page when the server says that something at the door has changed. `gapMs` is the pause between two
 * reads, so that a busy door does not make this page read without end.
 */
export function useDoorNews(organisationId: OrganisationId, eventId: EventId, gapMs = 500): boolean {
  const [isLive, setLive] = useState(false);
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let again = false;
    const read = () => {
      if (timer) {
        again = true;
        return;
      }
      again = false;
      void client.invalidateQueries({ queryKey: doorKey(eventId) }, { cancelRefetch: false });
      timer = setTimeout(() => {
        timer = undefined;
        if (again) read();
      }, gapMs);
    };
    const stop = listen({
      query: { organisation: organisationId },
      // Earlier changes were not told.
      onOpen() {
        setLive(true);
        read();
      },
      onRefused: () => setLive(false),
      onMessage: (name, payload) => {
        if (name !== 'door') return;
        const { about, eventIds } = payload as { about: string | null; eventIds: EventId[] };
        if (about === null || eventIds.includes(eventId)) read();
      },
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client, organisationId, eventId, gapMs]);
  return isLive;
}
