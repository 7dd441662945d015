import type { ExportSchedule } from '../../../contract/export-schedules.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Queryable } from '../../data/db.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { listExporters, listRecipients } from './list-recipients.ts';
import type { ScheduleRow } from './schedule.ts';
import { selectFiles, selectSchedules } from './schedules-store.ts';

/** Lists the scheduled exports of an event, and who can get them. */
export async function listSchedules(app: App, { params: { eventId } }: { params: { eventId: EventId } }) {
  const [rows, organisationId] = await Promise.all([
    selectSchedules(app.db, eventId),
    organisationOf(app, eventId),
  ]);
  const people = organisationId ? await listExporters(app.db, { organisationId, eventId }) : [];
  return { items: await showSchedules(app.db, rows, app.clock.now()), people: people.map(personOf) };
}

/** Schedules of one event, with who gets them and their files. */
export async function showSchedules(
  db: Queryable,
  rows: ScheduleRow[],
  now: Date,
): Promise<ExportSchedule[]> {
  const ids = rows.map(({ id }) => id);
  const recipients = await listRecipients(db, rows);
  const files = await selectFiles(db, ids, now);
  return rows.map(({ id, table, format, rhythm, isPaused, nextDueAt, ranAt, lastError }) => ({
    ...{ id, table, format, rhythm, isPaused, lastError },
    recipients: recipients.filter(({ scheduleId }) => scheduleId === id).map(personOf),
    nextDueAt: nextDueAt?.toISOString() ?? null,
    ranAt: ranAt?.toISOString() ?? null,
    files: files
      .filter(({ scheduleId }) => scheduleId === id)
      .map((file) => ({ id: file.id, dueAt: file.dueAt.toISOString(), endsAt: file.endsAt.toISOString() })),
  }));
}

const personOf = ({ userId, name, wantsMails }: Awaited<ReturnType<typeof listExporters>>[number]) => ({
  ...{ userId, name, wantsMails },
});
