import { type EventSummary, listEventsQuery } from '../../contract/events.ts';
import { coverSet, coverSizes } from '../../web/src/features/explore/card-cover.ts';
import type { App } from '../app.ts';
import { listEvents } from '../features/catalog/list-events.ts';
import { listTrendingEvents } from '../features/catalog/list-trending-events.ts';
import type { Head, Preload } from './head.ts';
import type { MakePage, Page } from './shell.ts';
import { listContent } from './without-program.ts';

const keptMs = 10_000;
/** The events that a browser without JavaScript lists. */
const listedFirst = 24;
/** With fewer events the page shows no shelf (web/src/features/explore/ExplorePage.tsx). */
const leastTrending = 3;

/**
 * Creates the front page, which preloads its first picture, so that the picture loads together with the program. The
 * preload is only a hint, so no request waits for a fresh one: it is looked up every ten seconds, and the last known
 * one is used until then, also while the database is unavailable.
 */
export function createFrontPage(app: App, makePage: MakePage, head: Head): () => Promise<Page> {
  let page = makePage(head);
  let shown = '';
  let untilMs = Number.NEGATIVE_INFINITY;
  const renew = async () => {
    const { items } = await listEvents(app, { query: listEventsQuery.parse({ limit: listedFirst }) });
    const [preloads, content] = [await firstCovers(app, items), listContent('Admit', items)];
    const next = JSON.stringify([preloads, content]);
    if (next === shown) return;
    shown = next;
    page = makePage({ ...head, content, preloads: [...(head.preloads ?? []), ...preloads] });
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

/** The picture that a phone shows first: of a trending event or, without one, of the list's first event. */
async function firstCovers(app: App, listed: EventSummary[]): Promise<Preload[]> {
  const { items: hot } = await listTrendingEvents(app, { query: { limit: 8 } });
  if (hot.length >= leastTrending) return hot.slice(0, 1).flatMap(coverOf(coverSizes.shelf));
  return listed.slice(0, 1).flatMap(coverOf(coverSizes.list));
}

const coverOf =
  (sizes: string) =>
  ({ coverUrl }: EventSummary): Preload[] => {
    if (!coverUrl) return [];
    const set = coverSet(coverUrl);
    return [{ href: coverUrl, as: 'image', ...(set && { set, sizes }) }];
  };
