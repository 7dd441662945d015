import type {
  DecisionId,
  EventId,
  OrganisationId,
  ReportCaseId,
  ReportId,
  UserId,
} from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { CaseRow, DecisionRow, ReportRow } from './moderation.ts';

// Waits for a decision that is being made, and then opens another case.
const joinSql = `
  insert into report_cases (id, event_id, organisation_id, title, opened_at, reports) values ($1, $2, $3, $4, $5, 1)
  on conflict (event_id) where decided_at is null do update set reports = report_cases.reports + 1
  returning id`;

/** Returns the open case of an event with one more report, or opens one. */
export const joinCase = async (
  trx: Transaction,
  opened: { id: ReportCaseId; eventId: EventId; organisationId: OrganisationId; title: string; at: Date },
): Promise<ReportCaseId> => {
  const values = [opened.id, opened.eventId, opened.organisationId, opened.title, opened.at];
  const [row] = await trx.query<{ id: ReportCaseId }>(joinSql, values);
  return (row as { id: ReportCaseId }).id;
};

const insertReportSql = `
  insert into reports (id, case_id, category, text, place, name, email, user_id, language, reported_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

export const insertReport = (trx: Writes, row: ReportRow): void =>
  trx.write(insertReportSql, [
    row.id,
    row.caseId,
    row.category,
    row.text,
    row.place,
    row.name,
    row.email,
    row.userId,
    row.language,
    row.reportedAt,
  ]);

const caseColumns = `id, event_id as "eventId", organisation_id as "organisationId", title, opened_at as "openedAt",
  reports as count, decision_id as "decisionId"`;
const openSql = `
  select ${caseColumns} from report_cases
  where decided_at is null and ($1::text is null or id > $1) order by id limit $2`;
const decidedSql = `
  select ${caseColumns} from report_cases
  where decided_at is not null and ($1::text is null or id < $1) order by id desc limit $2`;

export const selectCases = (
  db: Queryable,
  { open, cursor, limit }: { open: boolean; cursor: ReportCaseId | null; limit: number },
): Promise<CaseRow[]> => db.query<CaseRow>(open ? openSql : decidedSql, [cursor, limit]);

const reportColumns = `id, case_id as "caseId", category, text, place, name, email, user_id as "userId", language,
  reported_at as "reportedAt"`;
const firstSql = `
  select shown.* from unnest($1::text[]) as wanted (id)
  cross join lateral (
    select ${reportColumns} from reports where case_id = wanted.id order by id limit $2) as shown`;

/** The first reports of each case. */
export const selectFirstReports = (
  db: Queryable,
  caseIds: ReportCaseId[],
  limit: number,
): Promise<ReportRow[]> => db.query<ReportRow>(firstSql, [caseIds, limit]);

const lockCaseSql = `select ${caseColumns} from report_cases where id = $1 for no key update`;
const lockOpenSql = `
  select ${caseColumns} from report_cases where event_id = $1 and decided_at is null for no key update`;

export const lockCase = async (trx: Transaction, id: ReportCaseId): Promise<CaseRow | null> =>
  (await trx.query<CaseRow>(lockCaseSql, [id]))[0] ?? null;

export const lockOpenCase = async (trx: Transaction, eventId: EventId): Promise<CaseRow | null> =>
  (await trx.query<CaseRow>(lockOpenSql, [eventId]))[0] ?? null;

const decideSql = `update report_cases set decision_id = $2, decided_at = $3 where id = $1`;
export const decideCase = (trx: Writes, id: ReportCaseId, decisionId: DecisionId, at: Date): void =>
  trx.write(decideSql, [id, decisionId, at]);

// If somebody has reported the event again meanwhile, the reports join that case.
const reopenSql = `
  update report_cases set decision_id = null, decided_at = null
  where id = $1 and not exists (
    select from report_cases other where other.event_id = report_cases.event_id and other.decided_at is null)`;
const moveReportsSql = `
  with open as (
    select id from report_cases where decided_at is null
      and event_id = (select event_id from report_cases where id = $1)),
  moved as (update reports set case_id = (select id from open) where case_id = $1 returning id)
  update report_cases set reports = reports + (select count(*) from moved) where id = (select id from open)`;

/** Opens a decided case again, or adds its reports to the open one of the same event. */
export async function reopenCase(trx: Transaction, id: ReportCaseId): Promise<void> {
  if ((await trx.run(reopenSql, [id])) === 0) await trx.run(moveReportsSql, [id]);
}

const caseOfSql = `select ${caseColumns} from report_cases where decision_id = $1`;
export const findCaseOf = async (db: Queryable, decisionId: DecisionId): Promise<CaseRow | null> =>
  (await db.query<CaseRow>(caseOfSql, [decisionId]))[0] ?? null;

const toTellSql = `
  select ${reportColumns} from reports
  where case_id = $1 and ($2::text is null or id > $2) and email is not null order by id limit $3`;

/** Reports with an address, to whom a decision is told. */
export const selectToTell = (
  db: Queryable,
  caseId: ReportCaseId,
  after: ReportId | null,
  limit: number,
): Promise<ReportRow[]> => db.query<ReportRow>(toTellSql, [caseId, after, limit]);

const reportSql = `select ${reportColumns} from reports where id = $1`;
export const findReport = async (db: Queryable, id: ReportId): Promise<ReportRow | null> =>
  (await db.query<ReportRow>(reportSql, [id]))[0] ?? null;

const decisionColumns = `id, kind, event_id as "eventId", organisation_id as "organisationId", title, ground, statement, refund,
  decided_by as "decidedBy", decided_at as "decidedAt"`;
const insertDecisionSql = `
  insert into moderation_decisions (id, kind, event_id, organisation_id, title, ground, statement, refund, decided_by, decided_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

export const insertDecision = (trx: Writes, row: DecisionRow): void =>
  trx.write(insertDecisionSql, [
    row.id,
    row.kind,
    row.eventId,
    row.organisationId,
    row.title,
    row.ground,
    row.statement,
    row.refund,
    row.decidedBy,
    row.decidedAt,
  ]);

const decisionsSql = `select ${decisionColumns} from moderation_decisions where id = any($1)`;
export const selectDecisions = (db: Queryable, ids: DecisionId[]): Promise<DecisionRow[]> =>
  db.query<DecisionRow>(decisionsSql, [ids]);

export const findDecision = async (db: Queryable, id: DecisionId): Promise<DecisionRow | null> =>
  (await selectDecisions(db, [id]))[0] ?? null;

// Names of the table of organisations and states of the table of catalog, which a page of up to 50 cases shows.
const namesSql = `
  select organisations.id, name, suspended_at is not null as "isSuspended"
  from organisations left join organisation_standings on organisation_id = organisations.id where organisations.id = any($1)`;
export const selectOrganisationNames = (
  db: Queryable,
  ids: OrganisationId[],
): Promise<{ id: OrganisationId; name: string; isSuspended: boolean }[]> => db.query(namesSql, [ids]);

// The table of catalog, for the same page.
const statesSql = `select id, slug, status, removed_at is not null as "isRemoved" from events where id = any($1)`;
export const selectEventStates = (
  db: Queryable,
  ids: EventId[],
): Promise<
  { id: EventId; slug: string; status: 'draft' | 'published' | 'cancelled'; isRemoved: boolean }[]
> => db.query(statesSql, [ids]);

const ofPersonSql = `
  select ${reportColumns} from reports where user_id = $1 or ($2::text is not null and lower(email) = lower($2)) order by id`;
/** What a person has reported, with their account or with their confirmed address. */
export const selectReportsOf = (db: Queryable, userId: UserId, email: string | null): Promise<ReportRow[]> =>
  db.query<ReportRow>(ofPersonSql, [userId, email]);

const eraseSql = `
  update reports set name = null, email = null, user_id = null
  where user_id = $1 or ($2::text is not null and lower(email) = lower($2))`;
/** Erases who reported. What they reported stays. */
export const eraseReporter = (trx: Writes, userId: UserId, email: string | null): void =>
  trx.write(eraseSql, [userId, email]);

const forgetSql = `
  delete from report_cases where id in (
    select id from report_cases where decided_at < $1 order by id limit 500 for update skip locked)`;
export const deleteCases = (db: Queryable, before: Date): Promise<number> => db.run(forgetSql, [before]);
