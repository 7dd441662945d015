import type { BankStatement, EntryProblem, entryStates } from '../../../contract/bank-statements.ts';
import type { BankEntryId, EventId, Id, OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { StatementFormat } from '../../../contract/statement-fields.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { ParsedEntry } from './statement.ts';

export type EntryState = (typeof entryStates)[number];

// Everything that changes the entries of an organisation waits here, so imports and people decide one after the other.
const lockSql = `select pg_advisory_xact_lock(hashtextextended('bank entries ' || $1, 0))`;

export const lockEntriesOf = (trx: Transaction, organisationId: OrganisationId): Promise<unknown> =>
  trx.query(lockSql, [organisationId]);

const statementSql = `
  insert into bank_statements (id, organisation_id, format, file_name, entries, fresh, imported_by, imported_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;

export const insertStatement = (
  trx: Writes,
  id: Id<'bankStatement'>,
  of: {
    organisationId: OrganisationId;
    format: StatementFormat;
    fileName: string;
    entries: number;
    fresh: number;
    by: string;
    now: Date;
  },
): void =>
  trx.write(statementSql, [
    id,
    of.organisationId,
    of.format,
    of.fileName,
    of.entries,
    of.fresh,
    of.by,
    of.now,
  ]);

const statementsSql = `
  select id, format, file_name as "fileName", entries, fresh, imported_at as "importedAt"
  from bank_statements where organisation_id = $1 order by id desc limit 50`;

export const selectStatements = (
  db: Queryable,
  organisationId: OrganisationId,
): Promise<(Omit<BankStatement, 'importedAt'> & { importedAt: Date })[]> =>
  db.query(statementsSql, [organisationId]);

const knownSql = `
  select entry_key as key from bank_entries where organisation_id = $1 and ($2::text is null or account = $2) and entry_key = any($3::text[])`;

/** Which of these entries the organisation has already. `account` is null if the file names none: then they may be of any. */
export const selectKnownKeys = async (
  trx: Queryable,
  organisationId: OrganisationId,
  account: string | null,
  keys: string[],
): Promise<Set<string>> =>
  new Set(
    (await trx.query<{ key: string }>(knownSql, [organisationId, account, keys])).map(({ key }) => key),
  );

export interface NewEntry extends ParsedEntry {
  id: BankEntryId;
  key: string;
  state: EntryState;
  restMinor: number;
  problem: EntryProblem | null;
}

const entriesSql = `
  insert into bank_entries (id, organisation_id, statement_id, account, entry_key, booked_on, kind, amount_minor, currency,
    payer_name, payer_iban, remittance, bank_reference, state, rest_minor, problem, created_at)
  select id, $1, $2, $3, entry_key, booked_on, kind, amount_minor, currency, payer_name, payer_iban, remittance, bank_reference,
    state, rest_minor, problem, $17
  from unnest($4::text[], $5::text[], $6::date[], $7::text[], $8::bigint[], $9::text[], $10::text[], $11::text[],
      $12::text[], $13::text[], $14::text[], $15::bigint[], $16::text[])
    as entry (id, entry_key, booked_on, kind, amount_minor, currency, payer_name, payer_iban, remittance, bank_reference, state,
      rest_minor, problem)`;

export function insertEntries(
  trx: Writes,
  of: { organisationId: OrganisationId; statementId: Id<'bankStatement'>; account: string },
  entries: NewEntry[],
  now: Date,
): void {
  if (entries.length === 0) return;
  trx.write(entriesSql, [
    of.organisationId,
    of.statementId,
    of.account,
    entries.map(({ id }) => id),
    entries.map(({ key }) => key),
    entries.map(({ bookedOn }) => bookedOn),
    entries.map(({ kind }) => kind),
    entries.map(({ amountMinor }) => amountMinor),
    entries.map(({ currency }) => currency),
    entries.map(({ payerName }) => payerName),
    entries.map(({ payerIban }) => payerIban),
    entries.map(({ remittance }) => remittance),
    entries.map(({ bankReference }) => bankReference),
    entries.map(({ state }) => state),
    entries.map(({ restMinor }) => restMinor),
    entries.map(({ problem }) => problem),
    now,
  ]);
}

export interface NewMatch {
  id: Id<'bankMatch'>;
  entryId: BankEntryId;
  orderId: OrderId;
  eventId: EventId;
  minor: number;
  by: string | null;
}

const matchesSql = `
  insert into bank_matches (id, entry_id, event_id, order_id, amount_minor, matched_by, created_at)
  select id, entry_id, event_id, order_id, minor, matched_by, $7
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[])
    as match (id, entry_id, event_id, order_id, minor, matched_by)`;

export function insertMatches(trx: Writes, matches: NewMatch[], now: Date): void {
  if (matches.length === 0) return;
  trx.write(matchesSql, [
    matches.map(({ id }) => id),
    matches.map(({ entryId }) => entryId),
    matches.map(({ eventId }) => eventId),
    matches.map(({ orderId }) => orderId),
    matches.map(({ minor }) => minor),
    matches.map(({ by }) => by),
    now,
  ]);
}

export interface EntryRow {
  id: BankEntryId;
  organisationId: OrganisationId;
  bookedOn: string;
  kind: 'credit' | 'debit' | 'returned';
  amountMinor: number;
  restMinor: number;
  currency: Currency;
  payerName: string | null;
  payerIban: string | null;
  remittance: string;
  state: EntryState;
  problem: EntryProblem | null;
}

const columns = `
  id, organisation_id as "organisationId", booked_on::text as "bookedOn", kind, amount_minor as "amountMinor", rest_minor as "restMinor", currency,
  payer_name as "payerName", payer_iban as "payerIban", remittance, state, problem`;

const listSql = `
  select ${columns} from bank_entries
  where organisation_id = $1 and state = $2 and ($3::text is null or id < $3) order by id desc limit $4`;

export const selectEntries = (
  db: Queryable,
  of: { organisationId: OrganisationId; state: EntryState; before: BankEntryId | null; limit: number },
): Promise<EntryRow[]> => db.query<EntryRow>(listSql, [of.organisationId, of.state, of.before, of.limit]);

const countSql = `
  select count(*) filter (where state = 'partly')::int as partly, count(*) filter (where state = 'unmatched')::int as unmatched
  from bank_entries where organisation_id = $1 and state in ('partly', 'unmatched')`;

export const countEntries = async (
  db: Queryable,
  organisationId: OrganisationId,
): Promise<{ partly: number; unmatched: number }> =>
  (await db.query<{ partly: number; unmatched: number }>(countSql, [organisationId]))[0] ?? {
    partly: 0,
    unmatched: 0,
  };

const findSql = `select ${columns} from bank_entries where id = $1 and organisation_id = $2`;

/** An entry of the organisation; null if it is another one's. */
export const findEntry = async (
  db: Queryable,
  organisationId: OrganisationId,
  id: BankEntryId,
): Promise<EntryRow | null> => (await db.query<EntryRow>(findSql, [id, organisationId]))[0] ?? null;

interface MatchRow {
  entryId: BankEntryId;
  orderId: OrderId;
  eventId: EventId;
  amountMinor: number;
  matchedBy: string | null;
  finalAt: Date | null;
}

const matchesOfSql = `
  select entry_id as "entryId", order_id as "orderId", event_id as "eventId", amount_minor as "amountMinor", matched_by as "matchedBy",
    final_at as "finalAt"
  from bank_matches where entry_id = any($1::text[]) order by id`;

export const selectMatches = (db: Queryable, entryIds: BankEntryId[]): Promise<MatchRow[]> =>
  entryIds.length === 0 ? Promise.resolve([]) : db.query<MatchRow>(matchesOfSql, [entryIds]);

const updateSql = `update bank_entries set rest_minor = $2, state = $3, problem = $4 where id = $1`;

export const updateEntry = (
  trx: Writes,
  id: BankEntryId,
  { restMinor, state, problem }: { restMinor: number; state: EntryState; problem: EntryProblem | null },
): void => trx.write(updateSql, [id, restMinor, state, problem]);

const addSql = `
  insert into bank_matches (id, entry_id, event_id, order_id, amount_minor, matched_by, created_at)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (entry_id, order_id) do update set amount_minor = bank_matches.amount_minor + excluded.amount_minor,
    matched_by = excluded.matched_by`;

/** Adds money of an entry to an order that may have some of it already. */
export const addMatch = (trx: Writes, match: NewMatch, now: Date): void =>
  trx.write(addSql, [match.id, match.entryId, match.eventId, match.orderId, match.minor, match.by, now]);

const deleteSql = `delete from bank_matches where entry_id = $1 and order_id = $2 and final_at is null returning amount_minor as minor`;

/** Deletes an assignment that has not paid its order; returns its amount. */
export const deleteMatch = async (
  trx: Transaction,
  entryId: BankEntryId,
  orderId: OrderId,
): Promise<number | null> =>
  (await trx.query<{ minor: number }>(deleteSql, [entryId, orderId]))[0]?.minor ?? null;

const finalSql = `update bank_matches set final_at = $2 where order_id = any($1::text[]) and final_at is null`;

// A statement of its own before the others: of two orders that one transfer pays, each sees what the other noted, and a person who
// sends the rest back does so before or after.
const lockPayingSql = `
  select from bank_entries where id in (select entry_id from bank_matches where order_id = any($1::text[]))
  order by id for update`;

// Entries of which everything has paid orders need nobody's look any more.
const doneSql = `
  update bank_entries set state = 'done', problem = null
  where rest_minor = 0 and state <> 'done'
    and id in (select entry_id from bank_matches where order_id = any($1::text[]))
    and not exists (select from bank_matches where entry_id = bank_entries.id and final_at is null)`;

/** Notes that the money that is assigned to these orders has paid them. */
export function finishMatches(trx: Writes, orderIds: OrderId[], now: Date): void {
  trx.write(lockPayingSql, [orderIds]);
  trx.write(finalSql, [orderIds, now]);
  trx.write(doneSql, [orderIds]);
}
