import type { z } from 'zod';
import type * as contract from '../../../contract/audit-log.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { readNames } from '../accounts/read-names.ts';
import { type AuditRow, listEntries, selectAbout, type Wanted } from './store.ts';

type Filters = z.output<NonNullable<typeof contract.listAuditLog.query>>;
type PlatformFilters = z.output<NonNullable<typeof contract.listPlatformAuditLog.query>>;

/** Lists the acts that concern one organisation, the latest first. */
export const listAuditLog = (
  app: App,
  call: { params: { organisationId: OrganisationId }; query: Filters },
) => listPage(app, { ...call.query, organisationId: call.params.organisationId });

/** Lists all acts on the platform, the latest first. */
export const listPlatformAuditLog = (app: App, call: { query: PlatformFilters }) => listPage(app, call.query);

/** Lists the acts of an organisation that are about these things, the latest first. */
export async function listActsAbout(
  app: App,
  organisationId: OrganisationId,
  subjects: string[],
): Promise<contract.AuditEntry[]> {
  const rows = await selectAbout(app.db, organisationId, subjects);
  return showEntries(app, rows);
}

/** The cursor is the id of the last entry shown. */
async function listPage(app: App, wanted: Wanted) {
  const rows = await listEntries(app.db, { ...wanted, limit: wanted.limit + 1 });
  const page = rows.slice(0, wanted.limit);
  return {
    items: await showEntries(app, page),
    nextCursor: rows.length > wanted.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

async function showEntries(app: App, rows: AuditRow[]): Promise<contract.AuditEntry[]> {
  const people = rows.flatMap((row) => [row.actor_id, row.subject_id]).filter((id) => id?.startsWith('usr_'));
  const names = await readNames(app.db, [...new Set(people as string[])]);
  return rows.map((row) => showEntry(row, names));
}

function showEntry(row: AuditRow, names: Map<string, string>): contract.AuditEntry {
  const ofOrganisation = row.subject_type === 'organisation' ? row.organisation_name : null;
  return {
    id: row.id,
    at: row.at.toISOString(),
    act: row.act,
    organisationId: row.organisation_id,
    actor: {
      kind: row.actor_kind,
      id: row.actor_id,
      name: names.get(row.actor_id ?? '') ?? null,
      role: row.actor_role,
      apiKey: row.api_key_id && { id: row.api_key_id, name: row.api_key_name ?? '' },
    },
    from: row.network === null ? null : { network: row.network, userAgent: row.user_agent },
    subject: {
      type: row.subject_type,
      id: row.subject_id,
      name: row.subject_title ?? names.get(row.subject_id) ?? ofOrganisation,
    },
    before: row.before,
    after: row.after,
    requestId: row.request_id,
  };
}
