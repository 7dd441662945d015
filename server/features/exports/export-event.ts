import { Refused } from '../../../contract/errors.ts';
import type { ExportFormat, ExportTable } from '../../../contract/exports.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Call, Raw } from '../../http/bind.ts';
import type { Caller } from '../accounts/accounts.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { requireEventCapability } from '../sale/event-team.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { readPortion } from './read-portion.ts';
import type { Row } from './row.ts';
import { sendFile } from './send-file.ts';
import { writeTable } from './write-table.ts';

type ExportCall = ActingCall & { caller: Caller } & Pick<
    Call<{ eventId: EventId; file: `${ExportTable}.${ExportFormat}` }, { bom?: 'yes' | 'no' | undefined }>,
    'params' | 'query'
  >;

/**
 * Sends a table of an event as a file, while it reads the rows. The first portion is read and the audit log's entry is
 * committed before the answer begins: until then, whatever goes wrong is a refusal and not a broken file.
 */
export async function exportEvent(app: App, call: ExportCall): Promise<Raw> {
  const { eventId, file } = call.params;
  const [table, format] = file.split('.') as [ExportTable, ExportFormat];
  const [organisationId, sale] = await Promise.all([
    organisationOf(app, eventId),
    readEventSale(app, eventId),
  ]);
  if (!organisationId || !sale) throw new Refused('not_found');
  const end = app.exports.begin(organisationId);
  try {
    const first = await app.exports.read(() => readPortion(app, sale, table, null));
    await app.db.transaction(async (trx) =>
      noteAct(app, trx, call, {
        act: 'event.exported',
        organisationId,
        subject: { type: 'event', id: eventId, title: sale.title },
        before: null,
        after: { table, format },
      }),
    );
    const portions = readOn(app, call, sale, table, first);
    const written = writeTable(portions, sale, { table, format, bom: call.query.bom === 'yes' });
    return sendFile(app, written, { format, name: `${sale.slug ?? eventId} ${table}`, end });
  } catch (error) {
    end();
    throw error;
  }
}

/** The rows of all portions. A person who has lost their role in the middle gets no further ones. */
async function* readOn(
  app: App,
  { caller }: ExportCall,
  sale: EventSale,
  table: ExportTable,
  first: Awaited<ReturnType<typeof readPortion>>,
): AsyncGenerator<Row[]> {
  let portion = first;
  for (;;) {
    yield portion.rows;
    const after = portion.next;
    if (after === null) return;
    if (!app.accounts.isCurrent(caller))
      await requireEventCapability(app, caller, sale.eventId, 'exports.read');
    portion = await app.exports.read(() => readPortion(app, sale, table, after));
  }
}
