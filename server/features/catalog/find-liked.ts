import type { EventSummary } from '../../../contract/events.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { selectCandidates } from './discovery-store.ts';
import { toSummary } from './event.ts';
import { namesOfPlace } from './find-places.ts';
import { withSale } from './read-events.ts';
import { type Because, type Liking, rank } from './taste.ts';

interface Wish {
  likings: Liking[];
  except: EventId[];
  /** The preferred start time. */
  around: Date;
  /** Only events that start after this; all future events by default. */
  after?: Date;
  limit: number;
}

/** Finds upcoming events that match the likings and are not sold out, best first. */
export async function findLiked(
  app: App,
  { likings, except, around, after, limit }: Wish,
): Promise<{ event: EventSummary; because: Because }[]> {
  if (likings.length === 0) return [];
  const now = app.clock.now();
  const candidates = await selectCandidates(app.reads, {
    after: after && after > now ? after : now,
    categories: [...new Set(likings.flatMap((liking) => ('category' in liking ? liking.category : [])))],
    cities: [
      ...new Set(
        likings.flatMap((liking) => ('city' in liking ? [liking.city, ...namesOfPlace(liking.city)] : [])),
      ),
    ],
    organisationIds: [
      ...new Set(likings.flatMap((liking) => ('organisationId' in liking ? liking.organisationId : []))),
    ],
    except,
  });
  // Reads twice as many as requested, because sold-out events are dropped.
  const best = rank(candidates, likings, { now, aroundMs: around.getTime(), limit: limit * 2 });
  const events = await withSale(
    app.reads,
    best.map(({ row }) => row),
    now,
  );
  return best
    .map(({ because }, i) => ({ event: toSummary(events[i]!, now), because }))
    .filter(({ event }) => !event.soldOut)
    .slice(0, limit);
}
