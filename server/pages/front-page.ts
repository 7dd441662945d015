import { listEventsQuery } from '../../contract/event-search.ts';
import type { EventSummary } from '../../contract/events.ts';
import { coverSizes } from '../../web/src/ui/cover-set.ts';
import type { App } from '../app.ts';
import { listEvents } from '../features/catalog/list-events.ts';
import { listTrendingEvents } from '../features/catalog/list-trending-events.ts';
import { coverPreload } from './cover.ts';
import { frontScreen } from './front-screen.ts';
import type { Head, Preload } from './head.ts';
import type { Demo, MakePage, Page } from './shell.ts';
import { listContent } from './without-program.ts';

const keptMs = 10_000;
/** The events that a browser without JavaScript lists. */
const listedFirst = 24;
/** With fewer events the page shows no shelf (web/src/features/explore/ExplorePage.tsx). */
const leastTrending = 3;
/** As many cards as a wide screen shows. */
const firstCards = 4;

/**
 * Creates the front page, which shows its heading and its first events before the program has loaded (front-screen.ts).
 * No request waits for fresh ones: they are looked up every ten seconds, and the last known ones are shown until then,
 * also while the database is unavailable.
 */
export function createFrontPage(
  app: App,
  { makePage, head, demo }: { makePage: MakePage; head: Head; demo: Demo },
): () => Promise<Page> {
  let page = makePage(head);
  let shown = '';
  let untilMs = Number.NEGATIVE_INFINITY;
  const renew = async () => {
    const [{ items: hot }, { items: listed }] = await Promise.all([
      listTrendingEvents(app, { query: { limit: 8 } }),
      listEvents(app, { query: listEventsQuery.parse({ limit: listedFirst }) }),
    ]);
    const wanted = hot.length < leastTrending ? [] : hot.slice(0, firstCards);
    const preloads = firstCovers(wanted, listed);
    const [screen, content] = [frontScreen(wanted, demo !== null), listContent('Admit', listed)];
    const next = JSON.stringify([preloads, screen, content]);
    if (next === shown) return;
    shown = next;
    page = makePage({ ...head, content, preloads: [...(head.preloads ?? []), ...preloads] }, screen);
  };
  return async () => {
    const nowMs = app.clock.now().getTime();
    if (nowMs < untilMs) return page;
    const isFirst = untilMs === Number.NEGATIVE_INFINITY;
    untilMs = nowMs + keptMs;
    const renewed = renew().catch((error: Error) =>
      app.log.warn({ err: error }, 'the front page does not show its first events'),
    );
    if (isFirst) await renewed;
    return page;
  };
}

/** The picture that a phone shows first: of a trending event or, without one, of the list's first event. */
function firstCovers(wanted: EventSummary[], listed: EventSummary[]): Preload[] {
  if (wanted.length > 0) return wanted.slice(0, 1).flatMap(coverOf(coverSizes.shelf));
  return listed.slice(0, 1).flatMap(coverOf(coverSizes.list));
}

const coverOf =
  (sizes: string) =>
  ({ coverUrl }: EventSummary): Preload[] =>
    coverUrl ? [coverPreload(coverUrl, sizes)] : [];
