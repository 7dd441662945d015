import type { EventDashboard } from '../../../contract/dashboard.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readLive } from '../inventory/read-live.ts';
import { countSoon } from './count-soon.ts';
import { countOf, placesOf, revenueOf, rowsBy, rowsByZone, totalOf, viewsBy } from './figures.ts';
import {
  selectComparable,
  selectCounters,
  selectPublishedAt,
  selectSales,
  selectSpan,
  selectState,
} from './read-store.ts';
import { sumVisits } from './visits-store.ts';

const dayMs = 86_400_000;
/** Sales over fewer days than this are shown by hour. */
const hourlyDays = 4;

/** Reads the figures of an event from its counters, and its places from the inventory. */
export async function getEventDashboard(
  app: App,
  call: Pick<Call<{ eventId: EventId }>, 'params'>,
): Promise<EventDashboard> {
  const { eventId } = call.params;
  const live = await readLive(app, eventId);
  if (!live) throw new Refused('not_found');
  const { sale } = live;
  const { currency } = sale;
  const room = await app.rooms.find(eventId);
  const [counters, state, visits, onSaleAt, comparable, span] = await Promise.all([
    selectCounters(app.reads, eventId),
    selectState(app.reads, eventId),
    sumVisits(app.reads, eventId),
    selectPublishedAt(app.reads, eventId),
    selectComparable(app.reads, eventId),
    selectSpan(app.reads, eventId),
  ]);
  if (!state.counted && !state.isCounting) await countSoon(app, [eventId]);
  const unit = unitOf(span);
  const [sales, before] = await Promise.all([
    selectSales(app.reads, eventId, unit, sale.timeZone),
    comparable && selectSales(app.reads, comparable.id, unit, comparable.timeZone),
  ]);
  const total = totalOf(counters);
  const byOrigin = rowsBy(counters, 'origin', { currency });
  const issued = byOrigin.reduce((sum, { orders }) => sum + orders, 0);
  const { hasSeats: _, ...places } = placesOf(live);
  const typeOf = new Map(sale.ticketTypes.map((type) => [type.id as string, type]));
  const named = { currency, nameOf: (key: string) => typeOf.get(key)?.name ?? key };
  const byTicketType = rowsBy(counters, 'type', named);
  const pointsOf = (points: typeof sales) =>
    points.map(({ at, tickets, gross }) => ({ at, tickets, gross: { amount: gross, currency } }));
  return {
    eventId,
    title: sale.title,
    status: sale.status,
    startsAt: sale.startsAt.toISOString(),
    timeZone: sale.timeZone,
    countedAt: state.changedAt?.toISOString() ?? null,
    counts: { ...places, admitted: total.admitted, waiting: state.waiting },
    queue: room && room.mode !== 'off' && room.phase !== 'ended' ? { waiting: room.waiting } : null,
    revenue: revenueOf(total, currency),
    unsettled: {
      orders: state.pending,
      refunds: { amount: total.pending, currency },
      counting: !state.counted,
    },
    funnel: {
      views: countOf(visits, 'view'),
      clicks: countOf(visits, 'click'),
      holds: state.holds ?? 0,
      orders: total.placed - issued + state.pending,
      paid: total.paid - issued,
    },
    byTicketType,
    byExtra: rowsBy(counters, 'extra', named),
    byZone: rowsByZone(byTicketType, (key) => typeOf.get(key)?.zone ?? null, currency),
    byOrigin,
    byPromoCode: rowsBy(counters, 'code', { currency }),
    byCodeTag: rowsBy(counters, 'tag', { currency }),
    byLink: rowsBy(counters, 'link', { currency }, viewsBy(visits, 'link')),
    byCountry: rowsBy(counters, 'country', { currency }, viewsBy(visits, 'country')),
    byDevice: rowsBy(counters, 'device', { currency }, viewsBy(visits, 'device')),
    sales: { unit, points: pointsOf(sales), onSaleAt: onSaleAt?.toISOString() ?? null },
    comparison: comparable && {
      eventId: comparable.id,
      title: comparable.title,
      unit,
      points: pointsOf(before ?? []),
      onSaleAt: comparable.onSaleAt?.toISOString() ?? null,
    },
  };
}

function unitOf(span: { first: string; last: string } | null): 'hour' | 'day' {
  if (!span) return 'day';
  const ms = Date.parse(`${span.last}:00:00Z`) - Date.parse(`${span.first}:00:00Z`);
  return ms < hourlyDays * dayMs ? 'hour' : 'day';
}
