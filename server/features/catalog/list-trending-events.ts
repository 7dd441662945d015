import type { EventSummary } from '../../../contract/events.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { toSummary } from './event.ts';
import { heatOf } from './heat.ts';
import { selectHottest } from './heat-store.ts';
import { withSale } from './read-events.ts';

/** Events with less are not trending: one order four days ago, or two views just now. */
const leastCount = 0.06;

/** Lists the events that are bought and viewed most at present. */
export async function listTrendingEvents(
  app: App,
  call: Pick<Call<unknown, { limit: number }>, 'query'>,
): Promise<{ items: EventSummary[] }> {
  const { limit } = call.query;
  const now = app.clock.now();
  // Reads twice as many as requested, because sold-out events are dropped.
  const rows = await selectHottest(app.reads, now, heatOf(leastCount, now), limit * 2);
  const events = await withSale(app.reads, rows, now);
  const summaries = events.map((event) => toSummary(event, now));
  return { items: summaries.filter((event) => !event.soldOut).slice(0, limit) };
}
