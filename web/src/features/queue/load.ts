import type { QueryClient } from '@tanstack/react-query';
import { maySignedIn } from '../../api/session.ts';
import { eventQuery } from '../buy/queries.ts';
import { myEntryQuery, queueQuery } from './queries.ts';

/** Loads an event, its queue and the own place in it. If the own place cannot be read now, the page goes on trying. */
export async function loadQueue(client: QueryClient, slug: string): Promise<void> {
  const { id } = await client.ensureQueryData(eventQuery(slug));
  await Promise.all([
    client.fetchQuery(queueQuery(id)),
    maySignedIn() && client.prefetchQuery(myEntryQuery(id)),
  ]);
}
