import type { BankEntryId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { countEntries, type EntryState, selectEntries, selectStatements } from './entry-store.ts';
import { showEntries } from './show-entries.ts';

export async function listStatements(app: App, call: { params: { organisationId: OrganisationId } }) {
  const rows = await selectStatements(app.db, call.params.organisationId);
  return { items: rows.map((row) => ({ ...row, importedAt: row.importedAt.toISOString() })) };
}

export async function listEntries(
  app: App,
  call: {
    params: { organisationId: OrganisationId };
    query: { state: EntryState; cursor?: BankEntryId | undefined; limit: number };
  },
) {
  const { organisationId } = call.params;
  const { state, cursor, limit } = call.query;
  const [rows, counts] = await Promise.all([
    selectEntries(app.db, { organisationId, state, before: cursor ?? null, limit: limit + 1 }),
    countEntries(app.db, organisationId),
  ]);
  const page = rows.slice(0, limit);
  return {
    items: await showEntries(app, page),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    counts,
  };
}
