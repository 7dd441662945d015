import type { ApiKey } from '../../../contract/api-keys.ts';
import type { OrganisationId, UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { readNames } from '../accounts/read-names.ts';
import { showKey } from './api-key.ts';
import { listKeys, listKeysOf } from './store.ts';

export async function listApiKeys(
  app: App,
  { params }: { params: { organisationId: OrganisationId } },
): Promise<{ items: ApiKey[] }> {
  const now = app.clock.now();
  const rows = await listKeys(app.db, params.organisationId, now);
  const names = await readNames(app.db, [...new Set(rows.map(({ madeBy }) => madeBy))]);
  return { items: rows.map((row) => showKey(row, names, now)) };
}

/** The keys that a person made in any organisation, for the export of their data. */
export async function listApiKeysOf(
  app: App,
  userId: UserId,
): Promise<(Omit<ApiKey, 'madeBy'> & { organisationId: OrganisationId })[]> {
  const now = app.clock.now();
  return (await listKeysOf(app.db, userId)).map((row) => {
    const { madeBy: _, ...key } = showKey(row, new Map(), now);
    return { ...key, organisationId: row.organisationId };
  });
}
