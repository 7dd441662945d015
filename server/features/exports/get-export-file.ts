import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Refused } from '../../../contract/errors.ts';
import type { EventId, Id } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import { type Call, Raw } from '../../http/bind.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { findFile } from './schedules-store.ts';
import { fileHeaders } from './write-table.ts';

type FileCall = ActingCall & Pick<Call<{ eventId: EventId; exportFileId: Id<'exportFile'> }>, 'params'>;

/** Sends a file that was made on schedule. Each download has an entry in the audit log. */
export async function getExportFile(app: App, call: FileCall): Promise<Raw> {
  const { eventId, exportFileId } = call.params;
  const [sale, file] = await Promise.all([
    readEventSale(app, eventId),
    findFile(app.db, exportFileId, eventId, app.clock.now()),
  ]);
  if (!sale || !file) throw new Refused('not_found');
  const { table, format, content, dueAt } = file;
  await app.db.transaction(async (trx) =>
    noteAct(app, trx, call, {
      act: 'event.exported',
      organisationId: sale.organisationId,
      subject: { type: 'event', id: eventId, title: sale.title },
      before: null,
      after: { table, format, file: exportFileId },
    }),
  );
  const body = Readable.from([content]).pipe(createGunzip());
  return new Raw(body, fileHeaders(format, `${sale.slug} ${table} ${dueAt.toISOString().slice(0, 10)}`));
}
