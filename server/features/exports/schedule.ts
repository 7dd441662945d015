import { type ExportRhythm, exportDaysAfterEvent } from '../../../contract/export-schedules.ts';
import type { ExportFormat, ExportTable } from '../../../contract/exports.ts';
import type { EventId, Id, OrganisationId } from '../../../contract/ids.ts';
import { instantOnClocks, offsetsIn } from '../../zone-times.ts';

/** A scheduled export, as it is stored. */
export interface ScheduleRow {
  id: Id<'exportSchedule'>;
  eventId: EventId;
  organisationId: OrganisationId;
  table: ExportTable;
  format: ExportFormat;
  rhythm: ExportRhythm;
  isPaused: boolean;
  nextDueAt: Date | null;
  doneUntil: Date | null;
  ranAt: Date | null;
  lastError: string | null;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** A month later every rhythm has been due. The clocks may be a day ahead of UTC. */
const mostDays = 33;

/** Decision: the first due time after an instant, on the clocks of the event's zone. */
export function nextDueAfter(rhythm: ExportRhythm, timeZone: string, after: Date): Date {
  const offsetAt = offsetsIn(timeZone);
  const today = Math.floor((after.getTime() + offsetAt(after)) / dayMs) * dayMs;
  for (let n = -1; n <= mostDays; n++) {
    const day = new Date(today + n * dayMs);
    if (!isDueOn(rhythm, day)) continue;
    const due = instantOnClocks(day.getTime() + rhythm.hour * hourMs, offsetAt);
    if (due > after) return due;
  }
  throw new Error(`no day is due: ${JSON.stringify(rhythm)}`);
}

function isDueOn(rhythm: ExportRhythm, day: Date): boolean {
  switch (rhythm.every) {
    case 'day':
      return true;
    case 'week':
      return day.getUTCDay() === rhythm.weekday % 7;
    case 'month': {
      const lastDay = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
      return day.getUTCDate() === Math.min(rhythm.day, lastDay);
    }
  }
}

/** Decision: the last due time until an instant; `from` if it is the last one. */
export function latestDue(
  rhythm: ExportRhythm,
  timeZone: string,
  { from, until }: { from: Date; until: Date },
): Date {
  const next = nextDueAfter(rhythm, timeZone, from);
  return next > until ? from : latestDue(rhythm, timeZone, { from: next, until });
}

/** Decision: when a schedule is due next; null if the event is over for too long by then. */
export function nextDueOf(
  rhythm: ExportRhythm,
  event: { timeZone: string; endsAt: Date },
  after: Date,
): Date | null {
  const due = nextDueAfter(rhythm, event.timeZone, after);
  return due.getTime() <= event.endsAt.getTime() + exportDaysAfterEvent * dayMs ? due : null;
}

/** Decision: whether a job for a due time has nothing to do: the time is done, or the schedule was paused. */
export const isDone = ({ isPaused, doneUntil }: ScheduleRow, dueAt: Date): boolean =>
  isPaused || (doneUntil !== null && doneUntil >= dueAt);
