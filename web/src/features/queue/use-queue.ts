import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { EventId } from '../../../../contract/ids.ts';
import type { Queue } from '../../../../contract/waiting-room.ts';
import { listen } from '../../api/live.ts';
import { maySignedIn } from '../../api/session.ts';
import { nowMs, useNowMs } from '../../ui/clock.ts';
import { rememberQueueToken } from '../buy/held.ts';
import { noteBeacon } from './noted.ts';
import { myEntryQuery, queueQuery } from './queries.ts';
import { askAgainMs, type OwnEntry, pollMs, type Stage, stageOf } from './stage.ts';

export interface QueueNow {
  queue: Queue | null;
  entry: OwnEntry | null;
  stage: Stage;
  /** Why nothing new is known at the moment; null if all is well. */
  trouble: 'offline' | 'unreachable' | null;
}

interface Options {
  /** The page has a live connection of its own, which brings the news of the queue (buy/availability.ts). */
  isFed?: boolean;
}

/**
 * The queue and the own place, kept current while the page is open. The live connection pushes each change of the queue, and
 * without one the page polls. It goes on by itself after sleep and after a lost network. The last known state stays on the page.
 */
export function useQueue(eventId: EventId, { isFed = false }: Options = {}): QueueNow {
  const client = useQueryClient();
  const isOnline = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  const [isLive, setLive] = useState(false);
  // Fixed for this page: a new number at each render would start the timers anew.
  const [part] = useState(randomPart);
  const queue = useQuery({
    ...queueQuery(eventId),
    refetchInterval: ({ state }) =>
      pollMs({ isLive, isHidden: document.hidden || isFed, failures: failuresOf(state), part }),
    refetchIntervalInBackground: true,
  });
  const entry = useQuery({
    ...myEntryQuery(eventId),
    enabled: maySignedIn(),
    refetchInterval: ({ state }) => askAgainMs(queue.data ?? null, state.data ?? null, part),
    refetchIntervalInBackground: true,
  });
  useEffect(() => {
    if (isFed) return;
    const { queryKey } = queueQuery(eventId);
    const read = () => void client.invalidateQueries({ queryKey });
    return listen({
      query: { event: eventId },
      // Changes before the connection were not sent to us, and a cache on the way may keep what was true a second before.
      onOpen: () => {
        setLive(true);
        setTimeout(read, 1200);
      },
      onRefused: () => setLive(false),
      onMessage: (name, payload) => {
        if (name === 'queue' && (payload as Queue).eventId === eventId)
          client.setQueryData(queryKey, payload as Queue);
        else if (name === 'event') void client.invalidateQueries({ queryKey: ['event'] });
      },
    });
  }, [client, eventId, isFed]);
  const own = entry.data ?? null;
  const token = own?.status === 'active' ? own.token : null;
  useEffect(() => rememberQueueToken(eventId, token), [eventId, token]);
  const beacon = queue.data?.beacon;
  const offsetMs = own?.offsetMs;
  useEffect(() => {
    if (beacon && offsetMs !== undefined) noteBeacon(eventId, beacon, nowMs() + offsetMs);
  }, [eventId, beacon, offsetMs]);
  const stage = stageOf(queue.data ?? null, own, useNowMs(1000));
  useEndOfTurn(eventId, own, stage);
  const failed = queue.isError || entry.isError;
  return {
    queue: queue.data ?? null,
    entry: own,
    stage,
    trouble: !isOnline ? 'offline' : failed ? 'unreachable' : null,
  };
}

/** When the time to choose is over here, the server knows what became of it: bought, or over. */
function useEndOfTurn(eventId: EventId, entry: OwnEntry | null, stage: Stage): void {
  const client = useQueryClient();
  const isEnding = entry?.status === 'active' && stage !== 'active';
  useEffect(() => {
    if (!isEnding) return;
    const read = () => void client.invalidateQueries({ queryKey: myEntryQuery(eventId).queryKey });
    // The server ends it two seconds later than it said, because clocks differ.
    const timer = setInterval(read, 2500);
    return () => clearInterval(timer);
  }, [client, eventId, isEnding]);
}

/** Reads that failed in a row, counting those of retries. */
const failuresOf = (state: { fetchFailureCount: number; status: string }): number =>
  state.status === 'error' ? Math.max(1, state.fetchFailureCount) : 0;

const randomPart = (): number => (crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) / 255;

function watchNetwork(change: () => void): () => void {
  addEventListener('online', change);
  addEventListener('offline', change);
  return () => {
    removeEventListener('online', change);
    removeEventListener('offline', change);
  };
}
