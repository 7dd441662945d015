import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { exportFileDays } from '../../../contract/export-schedules.ts';
import type { Id, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { writeJobs } from '../../work/jobs.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { listRecipients } from './list-recipients.ts';
import { readPortion } from './read-portion.ts';
import type { Row } from './row.ts';
import { isDone, type ScheduleRow } from './schedule.ts';
import { findSchedule, insertFile, lockSchedule, noteFailed, noteRan } from './schedules-store.ts';
import { writeTable } from './write-table.ts';

/** Compressed, in memory. 100,000 attendees are 4 MB. */
const mostBytes = 32 * 1024 * 1024;

/**
 * Makes the file of a due time. It writes the file in memory, and then one transaction stores it, marks the due time as done and
 * enqueues the mails. So whatever is interrupted or repeated, a due time has one file and each person one mail.
 */
export async function makeExport(
  app: App,
  { scheduleId, dueAt: dueText }: { scheduleId: Id<'exportSchedule'>; dueAt: string },
): Promise<void> {
  const dueAt = new Date(dueText);
  const schedule = await findSchedule(app.db, scheduleId);
  const sale = schedule && (await readEventSale(app, schedule.eventId));
  if (!schedule || !sale || isDone(schedule, dueAt)) return;
  try {
    // Nobody reads a file that nobody gets.
    const hasReaders = (await listRecipients(app.db, [schedule])).length > 0;
    const content = hasReaders ? await contentOf(app, sale, schedule) : null;
    await app.db.transaction(async (trx) => {
      const locked = await lockSchedule(trx, scheduleId);
      if (!locked || isDone(locked, dueAt)) return;
      if (content) await store(app, trx, { schedule, sale, dueAt, content });
      noteRan(trx, scheduleId, dueAt, app.clock.now());
    });
  } catch (error) {
    const message = (error as Error).message.slice(0, 500);
    await noteFailed(app.db, scheduleId, { dueAt, now: app.clock.now(), error: message });
    throw error;
  }
}

async function contentOf(
  app: App,
  sale: EventSale,
  { table, format }: Pick<ScheduleRow, 'table' | 'format'>,
): Promise<Buffer> {
  async function* portions(): AsyncGenerator<Row[]> {
    let after: OrderId | null = null;
    do {
      const portion = await app.exports.read(() => readPortion(app, sale, table, after));
      yield portion.rows;
      after = portion.next;
    } while (after !== null);
  }
  const file = Readable.from(writeTable(portions(), sale, { table, format, bom: true }));
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of file.compose(createGzip()) as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > mostBytes)
      throw new Error('The file is too large to be kept. Download it from the event’s page.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Whether people are on the team, may download exports and want mails is decided now. */
async function store(
  app: App,
  trx: Transaction,
  of: { schedule: ScheduleRow; sale: EventSale; dueAt: Date; content: Buffer },
): Promise<void> {
  const { schedule, sale, dueAt, content } = of;
  const { table, format } = schedule;
  const id = app.newId('exportFile');
  const endsAt = new Date(app.clock.now().getTime() + exportFileDays * 86_400_000);
  insertFile(trx, { id, scheduleId: schedule.id, dueAt, endsAt, table, format, content });
  const people = await listRecipients(trx, [schedule]);
  writeJobs(
    trx,
    people
      .filter(({ wantsMails }) => wantsMails)
      .map(({ userId, email, name, language }) => ({
        task: 'send-mail',
        payload: {
          ...{ kind: 'export-ready', to: email, name, userId, language: language ?? 'en' },
          url: `${app.config.publicUrl}/organise/events/${sale.eventId}/exports`,
          ...{
            fileId: id,
            scheduleId: schedule.id,
            table,
            format,
            event: sale.title,
            timeZone: sale.timeZone,
          },
          ...{ dueAt: dueAt.toISOString(), endsAt: endsAt.toISOString() },
        },
      })),
  );
}
