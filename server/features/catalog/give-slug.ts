import type { EventId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { freeSlug, slugOf } from './slug.ts';
import { selectSlugsLike } from './store.ts';

/** Returns a slug for this title that no other event has at the time of the query. */
export async function giveSlug(trx: Transaction, title: string, eventId: EventId): Promise<string> {
  const base = slugOf(title);
  return freeSlug(base, await selectSlugsLike(trx, base, eventId));
}

/**
 * Runs a transaction that assigns a slug, and retries it if a concurrent one took the same slug. By then the other
 * one has committed and is visible. Each round settles at least one of the competitors.
 */
export async function retryWhenSlugTaken<T>(work: () => Promise<T>, rounds = 20): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await work();
    } catch (error) {
      const { code, constraint } = error as { code?: string; constraint?: string };
      if (code !== '23505' || constraint !== 'events_slug_key' || round === rounds) throw error;
    }
  }
}
