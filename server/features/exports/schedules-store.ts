/* Scheduled exports, who gets them, and the files that they have made. */
import type { ExportFormat, ExportTable } from '../../../contract/exports.ts';
import type { EventId, Id, UserId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { ScheduleRow } from './schedule.ts';

type ScheduleId = Id<'exportSchedule'>;

const columns = `id, event_id as "eventId", organisation_id as "organisationId", export_table as "table", format, rhythm,
  is_paused as "isPaused", next_due_at as "nextDueAt", done_until as "doneUntil", ran_at as "ranAt", last_error as "lastError"`;

const listSql = `select ${columns} from export_schedules where event_id = $1 order by id`;
export const selectSchedules = (db: Queryable, eventId: EventId): Promise<ScheduleRow[]> =>
  db.query(listSql, [eventId]);

const findSql = `select ${columns} from export_schedules where id = $1`;
export const findSchedule = async (db: Queryable, id: ScheduleId): Promise<ScheduleRow | undefined> =>
  (await db.query<ScheduleRow>(findSql, [id]))[0];

const lockSql = `${findSql} for update`;
export const lockSchedule = async (trx: Transaction, id: ScheduleId): Promise<ScheduleRow | undefined> =>
  (await trx.query<ScheduleRow>(lockSql, [id]))[0];

// Two processes that look at once take different schedules. A schedule that somebody is changing comes with the next look.
const lockDueSql = `
  select ${columns} from export_schedules where next_due_at <= $1 order by next_due_at limit $2 for update skip locked`;
export const lockDueSchedules = (trx: Transaction, now: Date, limit: number): Promise<ScheduleRow[]> =>
  trx.query(lockDueSql, [now, limit]);

const moveSql = `
  update export_schedules set next_due_at = moved.next
  from unnest($1::text[], $2::timestamptz[]) as moved (id, next) where export_schedules.id = moved.id`;
export const moveDue = (trx: Writes, moved: Pick<ScheduleRow, 'id' | 'nextDueAt'>[]): void =>
  trx.write(moveSql, [moved.map(({ id }) => id), moved.map(({ nextDueAt }) => nextDueAt)]);

// Requests that come at once may go a little beyond the bound. It keeps a page readable, so this does not matter.
const insertSql = `
  insert into export_schedules (id, event_id, organisation_id, export_table, format, rhythm, is_paused, next_due_at, created_at)
  select $1, $2, $3, $4, $5, $6, $7, $8, $9
  where (select count(*) from export_schedules where event_id = $2) < $10`;
/** False if the event has so many already. */
export const insertSchedule = async (
  trx: Transaction,
  row: ScheduleRow,
  now: Date,
  most: number,
): Promise<boolean> =>
  (await trx.run(insertSql, [
    ...[row.id, row.eventId, row.organisationId, row.table, row.format, JSON.stringify(row.rhythm)],
    ...[row.isPaused, row.nextDueAt, now, most],
  ])) > 0;

const updateSql = `
  update export_schedules set export_table = $2, format = $3, rhythm = $4, is_paused = $5, next_due_at = $6 where id = $1`;
export const updateSchedule = (trx: Writes, row: ScheduleRow): void =>
  trx.write(updateSql, [
    ...[row.id, row.table, row.format, JSON.stringify(row.rhythm)],
    ...[row.isPaused, row.nextDueAt],
  ]);

const deleteSql = `delete from export_schedules where id = $1`;
export const deleteSchedule = (trx: Writes, id: ScheduleId): void => trx.write(deleteSql, [id]);

const ranSql = `update export_schedules set done_until = $2, ran_at = $3, last_error = null where id = $1`;
export const noteRan = (trx: Writes, id: ScheduleId, dueAt: Date, now: Date): void =>
  trx.write(ranSql, [id, dueAt, now]);

// The error of a due time says nothing any more once a later one is done.
const failedSql = `
  update export_schedules set ran_at = $3, last_error = $4 where id = $1 and (done_until is null or done_until < $2)`;
export const noteFailed = (
  db: Queryable,
  id: ScheduleId,
  { dueAt, now, error }: { dueAt: Date; now: Date; error: string },
): Promise<number> => db.run(failedSql, [id, dueAt, now, error]);

const recipientsSql = `select schedule_id as "scheduleId", user_id as "userId" from export_recipients where schedule_id = any($1)`;
export const selectRecipients = (
  db: Queryable,
  ids: ScheduleId[],
): Promise<{ scheduleId: ScheduleId; userId: UserId }[]> => db.query(recipientsSql, [ids]);

const clearSql = `delete from export_recipients where schedule_id = $1`;
// In the order of their ids, because the key of each locks a row of the team.
const addSql = `
  insert into export_recipients (schedule_id, organisation_id, user_id)
  select $1, $2, user_id from unnest($3::text[]) as user_id order by user_id`;
export function writeRecipients(
  trx: Writes,
  { id, organisationId }: Pick<ScheduleRow, 'id' | 'organisationId'>,
  userIds: UserId[],
): void {
  trx.write(clearSql, [id]);
  trx.write(addSql, [id, organisationId, userIds]);
}

const leaveSql = `delete from export_recipients where schedule_id = $1 and user_id = $2`;
export const deleteRecipient = (trx: Writes, id: ScheduleId, userId: UserId): void =>
  trx.write(leaveSql, [id, userId]);

interface FileRow {
  id: Id<'exportFile'>;
  scheduleId: ScheduleId;
  dueAt: Date;
  endsAt: Date;
}

const insertFileSql = `
  insert into export_files (id, schedule_id, due_at, ends_at, export_table, format, content) values ($1, $2, $3, $4, $5, $6, $7)`;
export const insertFile = (
  trx: Writes,
  file: FileRow & { table: ExportTable; format: ExportFormat; content: Buffer },
): void =>
  trx.write(insertFileSql, [
    ...[file.id, file.scheduleId, file.dueAt, file.endsAt, file.table, file.format],
    file.content,
  ]);

const filesSql = `
  select id, schedule_id as "scheduleId", due_at as "dueAt", ends_at as "endsAt" from export_files
  where schedule_id = any($1) and ends_at > $2 order by due_at desc`;
export const selectFiles = (db: Queryable, ids: ScheduleId[], now: Date): Promise<FileRow[]> =>
  db.query(filesSql, [ids, now]);

const fileSql = `
  select file.export_table as "table", file.format, file.content, file.due_at as "dueAt" from export_files file
  join export_schedules schedule on schedule.id = file.schedule_id
  where file.id = $1 and schedule.event_id = $2 and file.ends_at > $3`;
export const findFile = async (
  db: Queryable,
  id: Id<'exportFile'>,
  eventId: EventId,
  now: Date,
): Promise<{ table: ExportTable; format: ExportFormat; content: Buffer; dueAt: Date } | undefined> =>
  (
    await db.query<{ table: ExportTable; format: ExportFormat; content: Buffer; dueAt: Date }>(fileSql, [
      id,
      eventId,
      now,
    ])
  )[0];

const forgetSql = `
  delete from export_files where id in (
    select id from export_files where ends_at <= $1 order by id limit 100 for update skip locked)`;
/** Deletes up to a hundred files that have ended. */
export const deleteEndedFiles = (db: Queryable, now: Date): Promise<number> => db.run(forgetSql, [now]);
