import type { AuditEntry } from '../../../contract/audit-log.ts';
import type { ApiKeyId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';

export interface AuditRow {
  id: AuditEntry['id'];
  at: Date;
  act: AuditEntry['act'];
  organisation_id: AuditEntry['organisationId'];
  organisation_name: string | null;
  actor_kind: AuditEntry['actor']['kind'];
  actor_id: string | null;
  actor_role: AuditEntry['actor']['role'];
  network: string | null;
  user_agent: string | null;
  subject_type: AuditEntry['subject']['type'];
  subject_id: string;
  subject_title: string | null;
  before: AuditEntry['before'];
  after: AuditEntry['after'];
  request_id: string | null;
  api_key_id: ApiKeyId | null;
  api_key_name: string | null;
}

/** Which entries a reader asks for. Undefined means all. */
export interface Wanted {
  organisationId?: string | undefined;
  actor?: string | undefined;
  act?: string | undefined;
  subjectType?: string | undefined;
  subject?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

// Joined with a table of organisations, because each entry shows its organisation's name.
const page = (where: string) => `
  select entry.id, at, act, organisation_id, organisation.name as organisation_name, actor_kind, actor_id, actor_role,
    network, user_agent, subject_type, subject_id, subject_title, before, after, request_id,
    api_key_id, api_key_name
  from audit_log entry left join organisations organisation on organisation.id = entry.organisation_id
  where ${where} and ($2::text is null or actor_id = $2) and ($3::text is null or act = $3)
    and ($4::text is null or subject_type = $4) and ($5::text is null or subject_id = $5)
    and ($6::timestamptz is null or at >= $6) and ($7::timestamptz is null or at < $7)
    and ($8::text is null or entry.id < $8)
  order by entry.id desc
  limit $9`;
// Two statements, so that the one of a team always uses the index of its organisation.
const ofOrganisation = page('organisation_id = $1');
const ofAll = page('$1::text is null');

/** Lists entries, the latest first. */
export function listEntries(db: Queryable, wanted: Wanted): Promise<AuditRow[]> {
  const { organisationId, actor, act, subjectType, subject, from, to, cursor, limit } = wanted;
  const values = [organisationId, actor, act, subjectType, subject, from, to, cursor, limit];
  return db.query<AuditRow>(
    organisationId === undefined ? ofAll : ofOrganisation,
    values.map((value) => value ?? null),
  );
}

const aboutSql = `
  select entry.id, at, act, organisation_id, null as organisation_name, actor_kind, actor_id, actor_role,
    network, user_agent, subject_type, subject_id, subject_title, before, after, request_id,
    api_key_id, api_key_name
  from audit_log entry where subject_id = any($2::text[]) and organisation_id = $1
  order by entry.id desc limit 500`;

/** The entries of an organisation about these things, the latest first. The index by subject finds them. */
export const selectAbout = (db: Queryable, organisationId: string, subjects: string[]): Promise<AuditRow[]> =>
  db.query<AuditRow>(aboutSql, [organisationId, subjects]);
