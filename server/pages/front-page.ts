import { type EventSummary, listEventsQuery } from '../../contract/events.ts';
import { coverSet, coverSizes } from '../../web/src/features/explore/card-cover.ts';
import type { App } from '../app.ts';
import { listEvents } from '../features/catalog/list-events.ts';
import { listTrendingEvents } from '../features/catalog/list-trending-events.ts';
import type { Head, Preload } from './head.ts';
import type { MakePage, Page } from './shell.ts';

const keptMs = 10_000;
/** Fewer events than this are no shelf (web/src/features/explore/ExplorePage.tsx). */
const leastTrending = 3;

/**
 * The front page, which names the first picture that it will show, so that it comes with its program and not after
 * the answer that it asks for. It is a hint, so who asks is never kept waiting for a newer one: it is looked for
 * every ten seconds, and what was known before holds until it is there, also while the database is away.
 */
export function createFrontPage(app: App, makePage: MakePage, head: Head): () => Promise<Page> {
  let page = makePage(head);
  let covers = '';
  let untilMs = Number.NEGATIVE_INFINITY;
  const renew = async () => {
    const preloads = await firstCovers(app);
    if (JSON.stringify(preloads) === covers) return;
    covers = JSON.stringify(preloads);
    page = makePage({ ...head, preloads: [...(head.preloads ?? []), ...preloads] });
  };
  return async () => {
    const nowMs = app.clock.now().getTime();
    if (nowMs < untilMs) return page;
    const isFirst = untilMs === Number.NEGATIVE_INFINITY;
    untilMs = nowMs + keptMs;
    const renewed = renew().catch((error: Error) =>
      app.log.warn({ err: error }, 'the front page does not name its first picture'),
    );
    if (isFirst) await renewed;
    return page;
  };
}

/** The picture that a phone shows first: of what is in demand or, where nothing is, of the list. */
async function firstCovers(app: App): Promise<Preload[]> {
  const { items: hot } = await listTrendingEvents(app, { query: { limit: 8 } });
  if (hot.length >= leastTrending) return hot.slice(0, 1).flatMap(coverOf(coverSizes.shelf));
  const { items: next } = await listEvents(app, { query: listEventsQuery.parse({ limit: 1 }) });
  return next.flatMap(coverOf(coverSizes.list));
}

const coverOf =
  (sizes: string) =>
  ({ coverUrl }: EventSummary): Preload[] => {
    if (!coverUrl) return [];
    const set = coverSet(coverUrl);
    return [{ href: coverUrl, as: 'image', ...(set && { set, sizes }) }];
  };
