import type { EventId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { freeSlug, slugOf } from './slug.ts';
import { selectSlugsLike } from './store.ts';

/** A slug for an event of this title that no other event had when this was asked. */
export async function giveSlug(trx: Transaction, title: string, eventId: EventId): Promise<string> {
  const base = slugOf(title);
  return freeSlug(base, await selectSlugsLike(trx, base, eventId));
}

/**
 * Runs a transaction that gives a slug, once more where another one took the same slug meanwhile: by then
 * that one has committed and is seen. Each round settles at least one of those who compete.
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
