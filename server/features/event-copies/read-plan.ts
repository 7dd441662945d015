import { Refused } from '../../../contract/errors.ts';
import {
  type EventDates,
  mostDates,
  mostDrawingBytesOfDates,
  mostSeatsOfDates,
  type PlannedDate,
} from '../../../contract/event-dates.ts';
import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import type { EventDraft } from '../catalog/draft.ts';
import { listEventsNear } from '../catalog/list-events-near.ts';
import { runOf } from '../catalog/name-run.ts';
import { readDraftOf } from '../catalog/read-draft.ts';
import { planBytesOf } from '../seat-plans/copy-plan.ts';
import { countSeatsByZone } from '../seating/seat-plan.ts';
import { judgeDates, listDates } from './plan-dates.ts';

interface ReadPlan {
  like: EventDraft;
  run: string;
  items: PlannedDate[];
  more: boolean;
  most: number;
}

interface Asked {
  eventId: EventId;
  organisationId: OrganisationId;
  dates: EventDates;
  /** The name of the series if the event has none. */
  run: string | null;
}

/** Reads an event and lists its new dates. The preview and the making of dates both call this, so they agree. */
export async function readPlan(app: App, trx: Transaction, asked: Asked): Promise<ReadPlan> {
  const { eventId, organisationId } = asked;
  const like = await readDraftOf(app, trx, eventId);
  if (!like) throw new Refused('not_found');
  const run = runOf(like, asked.run);
  const most = mostOf(like, await planBytesOf(trx, eventId));
  const { items, more } = listDates(like, asked.dates, mostDates);
  const [first, last] = [items[0], items.at(-1)];
  if (!first || !last) return { like, run, items, more, most };
  const near = await listEventsNear(trx, organisationId, {
    from: new Date(first.startsAt),
    to: new Date(last.endsAt),
    run,
    starts: items.map(({ startsAt }) => new Date(startsAt)),
  });
  const judged = judgeDates(items, { like, eventId, run, near, now: app.clock.now() });
  return { like, run, items: judged, more, most };
}

/** Decision: how many dates of this event one request makes. Each has a seat map and a drawing of its own. */
function mostOf({ seatLayout }: EventDraft, drawingBytes: number): number {
  const seats = seatLayout
    ? [...countSeatsByZone(seatLayout).values()].reduce((sum, count) => sum + count, 0)
    : 0;
  const bySeats = Math.floor(mostSeatsOfDates / Math.max(1, seats));
  const byDrawing = Math.floor(mostDrawingBytesOfDates / Math.max(1, drawingBytes));
  return Math.max(1, Math.min(mostDates, bySeats, byDrawing));
}
