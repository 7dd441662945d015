import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import { type ImportSource, importPortions } from '../../../contract/import-fields.ts';
import type { EventImport, Imported } from '../../../contract/imports.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { checkDraft, type EventDraft } from '../catalog/draft.ts';
import { eventForAudit } from '../catalog/event-for-audit.ts';
import { retryWhenSlugTaken } from '../catalog/give-slug.ts';
import { timesOfNew } from '../catalog/stand-ins.ts';
import { writeDraft } from '../catalog/write-draft.ts';
import { columnsOf, shownColumns } from './columns.ts';
import { type ForeignEvent, planEvents } from './plan-events.ts';
import { readFile } from './read-file.ts';
import { insertImported, selectKnown } from './store.ts';
import { collectBad } from './table.ts';

type ImportCall = Call<{ organisationId: OrganisationId }, undefined, EventImport, 'team'>;

/** Imports events as drafts, each in a transaction of its own. After a crash the same file imports the rest. */
export async function importEvents(app: App, call: ImportCall): Promise<Imported> {
  const { organisationId } = call.params;
  const { body } = call;
  const table = readFile(body.file, 'events');
  const columns = columnsOf('events', table, body.columns);
  const bad = collectBad(table, columns);
  const { timeZone, currency, dayFirst } = body;
  const drafts = planEvents(table, columns, { organisationId, timeZone, currency, dayFirst }, bad).flatMap(
    (event) => {
      const draft = draftOf(event, app.clock.now());
      if (draft === null) for (const row of event.rows) bad.add(row, 'bad_value');
      return draft === null ? [] : [{ ...event, draft }];
    },
  );
  const known = await selectKnown(
    app.db,
    organisationId,
    table.source,
    drafts.map(({ externalId }) => externalId),
  );
  const isRefused = bad.count() > 0 && !body.skipBad;
  let made = isRefused ? 0 : drafts.length - known.size;
  let next: number | null = null;
  if (!isRefused && !body.dryRun) {
    const portion = drafts.slice(body.from, body.from + importPortions.events);
    made = 0;
    for (const event of portion)
      if (!known.has(event.externalId) && (await writeOnce(app, call, table.source, event))) made++;
    const end = body.from + portion.length;
    next = end < drafts.length && portion.length > 0 ? end : null;
  }
  return {
    source: table.source,
    headings: table.headings,
    columns: shownColumns(table, columns),
    rows: table.rows.length,
    found: drafts.length,
    already: known.size,
    leftOut: 0,
    made,
    next,
    badRows: bad.count(),
    bad: bad.shown(),
  };
}

/** The draft of an event; null if a rule of drafts refuses it. */
function draftOf({ body }: ForeignEvent, now: Date): EventDraft | null {
  const { organisationId: _, ...given } = body;
  const draft: EventDraft = { ...given, ...timesOfNew(given, now) };
  try {
    checkDraft(draft);
    return draft;
  } catch (error) {
    if (error instanceof Refused && error.code === 'invalid_request') return null;
    throw error;
  }
}

/** False if another request has imported the event in the meantime. */
async function writeOnce(
  app: App,
  call: ImportCall,
  source: ImportSource,
  { externalId, draft }: ForeignEvent & { draft: EventDraft },
): Promise<boolean> {
  const { organisationId } = call.params;
  try {
    await retryWhenSlugTaken(() =>
      app.db.transaction(async (trx) => {
        const eventId = await writeDraft(app, trx, organisationId, draft);
        if (!(await insertImported(trx, { organisationId, source, externalId, eventId }, app.clock.now())))
          throw new AlreadyImported();
        noteAct(app, trx, call, {
          act: 'event.created',
          organisationId,
          subject: { type: 'event', id: eventId, title: draft.title },
          before: null,
          after: eventForAudit(draft),
        });
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof AlreadyImported) return false;
    throw error;
  }
}

/** Rolls back the draft of an event that another request has imported at the same time. */
class AlreadyImported extends Error {}
