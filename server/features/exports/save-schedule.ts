import { Refused } from '../../../contract/errors.ts';
import {
  type ExportSchedule,
  mostExportSchedules,
  type NewExportSchedule,
} from '../../../contract/export-schedules.ts';
import type { EventId, Id, UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type Fields, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { listExporters } from './list-recipients.ts';
import { showSchedules } from './list-schedules.ts';
import { nextDueOf, type ScheduleRow } from './schedule.ts';
import {
  deleteSchedule,
  insertSchedule,
  lockSchedule,
  selectRecipients,
  updateSchedule,
  writeRecipients,
} from './schedules-store.ts';

type OfEvent<Body> = Call<{ eventId: EventId }, undefined, Body, 'team'>;
type OfSchedule<Body = undefined> = Call<
  { eventId: EventId; scheduleId: Id<'exportSchedule'> },
  undefined,
  Body,
  'team'
>;

/** Schedules an export of an event. */
export async function saveSchedule(app: App, call: OfEvent<NewExportSchedule>): Promise<ExportSchedule> {
  const sale = await saleOf(app, call);
  return once(app, call, async (trx) => {
    const now = app.clock.now();
    const row: ScheduleRow = {
      id: app.newId('exportSchedule'),
      ...{ eventId: sale.eventId, organisationId: sale.organisationId },
      ...{ nextDueAt: null, doneUntil: null, ranAt: null, lastError: null },
      ...chosen(call.body, sale, now),
    };
    await requireExporters(trx, row, call.body.recipients);
    if (!(await insertSchedule(trx, row, now, mostExportSchedules)))
      throw new Refused('too_many_export_schedules');
    return finish(app, trx, call, { sale, row, before: null });
  });
}

/** Changes a scheduled export. A due time that has come and is not enqueued yet stays due. */
export async function putSchedule(app: App, call: OfSchedule<NewExportSchedule>): Promise<ExportSchedule> {
  const sale = await saleOf(app, call);
  return once(app, call, async (trx) => {
    const before = await lockOwn(trx, call);
    const now = app.clock.now();
    const after =
      before.nextDueAt && before.nextDueAt <= now ? new Date(before.nextDueAt.getTime() - 1) : now;
    const row = { ...before, ...chosen(call.body, sale, after) };
    await requireExporters(trx, row, call.body.recipients);
    const fields = await fieldsOf(trx, before);
    updateSchedule(trx, row);
    return finish(app, trx, call, { sale, row, before: fields });
  });
}

/** Deletes a scheduled export with its files. */
export async function removeSchedule(app: App, call: OfSchedule): Promise<undefined> {
  const sale = await saleOf(app, call);
  await app.db.transaction(async (trx) => {
    const row = await lockOwn(trx, call);
    const before = await fieldsOf(trx, row);
    deleteSchedule(trx, row.id);
    note(app, trx, call, { sale, before, after: null });
  });
  return undefined;
}

async function saleOf(app: App, { params }: { params: { eventId: EventId } }): Promise<EventSale> {
  const sale = await readEventSale(app, params.eventId);
  if (!sale) throw new Refused('not_found');
  return sale;
}

async function lockOwn(trx: Transaction, { params }: OfSchedule<unknown>): Promise<ScheduleRow> {
  const row = await lockSchedule(trx, params.scheduleId);
  if (row?.eventId !== params.eventId) throw new Refused('not_found');
  return row;
}

/** What a member chooses, with the due time that follows. */
function chosen({ table, format, rhythm, isPaused }: NewExportSchedule, sale: EventSale, after: Date) {
  const nextDueAt = nextDueOf(rhythm, sale, after);
  if (!nextDueAt && !isPaused) throw new Refused('exports_over');
  return { table, format, rhythm, isPaused, nextDueAt: isPaused ? null : nextDueAt };
}

async function requireExporters(
  trx: Transaction,
  row: Pick<ScheduleRow, 'organisationId' | 'eventId'>,
  recipients: UserId[],
): Promise<void> {
  const may = new Set((await listExporters(trx, row)).map(({ userId }) => userId));
  if (!recipients.every((userId) => may.has(userId))) throw new Refused('export_recipient_refused');
}

async function finish(
  app: App,
  trx: Transaction,
  call: OfEvent<NewExportSchedule>,
  { sale, row, before }: { sale: EventSale; row: ScheduleRow; before: Fields | null },
): Promise<ExportSchedule> {
  writeRecipients(trx, row, call.body.recipients);
  note(app, trx, call, { sale, before, after: await fieldsOf(trx, row) });
  const [shown] = await showSchedules(trx, [row], app.clock.now());
  return shown as ExportSchedule;
}

async function fieldsOf(trx: Transaction, row: ScheduleRow): Promise<Fields> {
  const { id, table, format, rhythm, isPaused } = row;
  const { every, hour } = rhythm;
  const day = 'weekday' in rhythm ? ` ${rhythm.weekday}` : 'day' in rhythm ? ` ${rhythm.day}` : '';
  return {
    ...{ table, format, rhythm: `${every}${day}, ${hour}:00` },
    state: isPaused ? 'paused' : 'active',
    recipients: (await selectRecipients(trx, [id])).map(({ userId }) => userId).sort(),
  };
}

function note(
  app: App,
  trx: Transaction,
  call: OfEvent<unknown>,
  { sale, before, after }: { sale: EventSale; before: Fields | null; after: Fields | null },
): void {
  noteAct(app, trx, call, {
    act: after ? 'export_schedule.saved' : 'export_schedule.deleted',
    organisationId: sale.organisationId,
    subject: { type: 'event', id: sale.eventId, title: sale.title },
    before,
    after,
  });
}
