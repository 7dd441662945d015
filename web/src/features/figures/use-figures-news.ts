import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { EventDashboard } from '../../../../contract/dashboard.ts';
import type { EventId, OrganisationId } from '../../../../contract/ids.ts';
import { listen } from '../../api/live.ts';
import { eventFiguresKey } from './queries.ts';

/** The pause between two reads, so that a rush does not make this page read without end. */
const gapMs = 400;

interface FiguresNews {
  eventId: EventId | null;
  counters: { views: number; checkIns: number; sold: number } | null;
}

/** Shows the counters that came with the news, until the page has read all figures again. */
const withCounters =
  ({ views, checkIns, sold }: NonNullable<FiguresNews['counters']>) =>
  (before: EventDashboard | undefined): EventDashboard | undefined =>
    before && {
      ...before,
      counts: { ...before.counts, sold, admitted: checkIns },
      funnel: { ...before.funnel, views },
    };

/** Reads the figures again when the server says that they have changed. Returns whether the page hears of changes. */
export function useFiguresNews(organisationId: OrganisationId, eventId?: EventId): boolean {
  const client = useQueryClient();
  const [isLive, setLive] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let again = false;
    const read = () => {
      if (timer) {
        again = true;
        return;
      }
      again = false;
      // Aborting an answer that is on its way would show nothing during a rush.
      void client.invalidateQueries({ queryKey: ['figures'] }, { cancelRefetch: false });
      timer = setTimeout(() => {
        timer = undefined;
        if (again) read();
      }, gapMs);
    };
    const stop = listen({
      query: { organisation: organisationId },
      onOpen: () => {
        setLive(true);
        // Earlier changes were not told.
        read();
      },
      onRefused: () => setLive(false),
      onMessage: (name, payload) => {
        if (name !== 'figures') return;
        const { eventId: changed, counters } = payload as FiguresNews;
        if (changed && counters) client.setQueryData(eventFiguresKey(changed), withCounters(counters));
        if (!eventId || changed === null || changed === eventId) read();
      },
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client, organisationId, eventId]);
  return isLive;
}
