import type { EventSummary } from '../../../contract/events.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { toSummary } from './event.ts';
import { heatOf } from './heat.ts';
import { selectHottest } from './heat-store.ts';
import { withSale } from './read-events.ts';

/** Less than this, an order of four days ago or two looks of just now, is no trend. */
const leastCount = 0.06;

/** What is being bought and looked at now, the most first. */
export async function listTrendingEvents(
  app: App,
  call: Pick<Call<unknown, { limit: number }>, 'query'>,
): Promise<{ items: EventSummary[] }> {
  const { limit } = call.query;
  const now = app.clock.now();
  // Twice as many as asked for, because what is sold out falls away.
  const rows = await selectHottest(app.db, now, heatOf(leastCount, now), limit * 2);
  const events = await withSale(app.db, rows, now);
  const summaries = events.map((event) => toSummary(event, now));
  return { items: summaries.filter((event) => !event.soldOut).slice(0, limit) };
}
