import type { EventSummary } from '../../../contract/events.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { selectCandidates } from './discovery-store.ts';
import { toSummary } from './event.ts';
import { withSale } from './read-events.ts';
import { type Because, type Liking, rank } from './taste.ts';

interface Wish {
  likings: Liking[];
  except: EventId[];
  /** The closer an event starts to it, the better. */
  around: Date;
  /** Only events that start after it; all that are to come unless told. */
  after?: Date;
  limit: number;
}

/** Upcoming events that fit the likings and are not sold out, the best first. */
export async function findLiked(
  app: App,
  { likings, except, around, after, limit }: Wish,
): Promise<{ event: EventSummary; because: Because }[]> {
  if (likings.length === 0) return [];
  const now = app.clock.now();
  const candidates = await selectCandidates(app.db, {
    after: after && after > now ? after : now,
    categories: [...new Set(likings.flatMap((liking) => ('category' in liking ? liking.category : [])))],
    cities: [...new Set(likings.flatMap((liking) => ('city' in liking ? liking.city : [])))],
    organisationIds: [
      ...new Set(likings.flatMap((liking) => ('organisationId' in liking ? liking.organisationId : []))),
    ],
    except,
  });
  // Twice as many as asked for, because what is sold out falls away.
  const best = rank(candidates, likings, { now, aroundMs: around.getTime(), limit: limit * 2 });
  const events = await withSale(
    app.db,
    best.map(({ row }) => row),
    now,
  );
  return best
    .map(({ because }, i) => ({ event: toSummary(events[i]!, now), because }))
    .filter(({ event }) => !event.soldOut)
    .slice(0, limit);
}
